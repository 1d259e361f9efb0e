#include "data/images/image_list.h"

#include <caffe/blob.hpp>
#include <caffe/util/io.hpp>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <locale>
#include <sstream>

#include "core/error.h"
#include "core/file.h"

namespace caffesharp {
namespace {

// A list of either kind, read whole.
std::string ReadList(const std::string& path, const char* parameter) {
  if (path.empty()) {
    throw Error(CAFFE_ERROR_FORMAT, std::string(parameter) + ".source is not set; it names the list of images");
  }
  return InputFile(path, "image list").Read();
}

bool ParseNumber(const std::string& text, std::int32_t* number) {
  const char* const end = text.data() + text.size();
  const std::from_chars_result result = std::from_chars(text.data(), end, *number);
  return result.ec == std::errc() && result.ptr == end;
}

// GCC 10 has std::from_chars for whole numbers alone.
bool ParseNumber(const std::string& text, float* number) {
  std::istringstream stream(text);
  stream.imbue(std::locale::classic());
  return stream >> std::noskipws >> *number && stream.peek() == std::istringstream::traits_type::eof();
}

Error ListError(const std::string& path, int line, const std::string& message) {
  return Error(CAFFE_ERROR_FORMAT, path + ":" + std::to_string(line) + ": " + message).AtPath(path, line);
}

// The lines of ImageData's list: a path, a space, a label. Caffe takes the last space for the one before the label.
void CheckImageList(const std::string& path) {
  std::istringstream lines(ReadList(path, "image_data_param"));
  int number = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    const std::size_t space = line.find_last_of(' ');
    if (line.find_first_not_of(" \t\r") == std::string::npos) throw ListError(path, number, "the line is empty");
    // A path alone has the label 0.
    if (space == std::string::npos) {
      if (line.find('\t') == std::string::npos) continue;
      throw ListError(path, number, "a tab stands where a space must part the path from the label");
    }
    std::string label = line.substr(space + 1);
    while (!label.empty() && (label.back() == '\r' || label.back() == '\t')) label.pop_back();
    std::int32_t value = 0;
    if (ParseNumber(label, &value)) continue;
    throw ListError(path, number,
                    "after the last space stands '" + label + "', which is not a whole number that could be a label");
  }
}

// The words of WindowData's list, and the line each stands on.
class Words {
 public:
  Words(std::string text, const std::string& path) : text_(std::move(text)), path_(path) {}

  // False at the end of the text.
  bool Next() {
    word_.clear();
    for (; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      const bool space = c == ' ' || (c >= '\t' && c <= '\r');
      if (space && !word_.empty()) break;
      if (c == '\n') ++line_;
      if (!space) word_ += c;
    }
    return !word_.empty();
  }

  const std::string& Text(const char* what) {
    if (!Next()) throw Wrong(std::string("the list ends where ") + what + " should stand");
    return word_;
  }

  template <typename Number>
  Number Value(const char* what) {
    Number value{};
    if (!ParseNumber(Text(what), &value) || !std::isfinite(static_cast<double>(value))) {
      throw Wrong("'" + word_ + "' stands where " + what + " should");
    }
    return value;
  }

  const std::string& word() const { return word_; }
  Error Wrong(const std::string& message) const { return ListError(path_, line_, message); }

 private:
  std::string text_;
  std::string path_;
  std::string word_;
  std::size_t at_ = 0;
  int line_ = 1;
};

struct Windows {
  std::int64_t foreground = 0;
  std::int64_t background = 0;
};

void CheckWindow(Words* words, const caffe::LayerParameter& layer, Windows* windows) {
  const caffe::WindowDataParameter& parameter = layer.window_data_param();
  const auto label = words->Value<std::int32_t>("a window's label");
  const auto overlap = words->Value<float>("a window's overlap");
  const auto x1 = words->Value<std::int32_t>("a window's x1");
  const auto y1 = words->Value<std::int32_t>("a window's y1");
  const auto x2 = words->Value<std::int32_t>("a window's x2");
  const auto y2 = words->Value<std::int32_t>("a window's y2");
  if (x2 < x1 || y2 < y1) {
    throw words->Wrong("the window's second corner (" + std::to_string(x2) + ", " + std::to_string(y2) +
                       ") lies before its first (" + std::to_string(x1) + ", " + std::to_string(y1) + ")");
  }
  // Caffe keeps coordinates as floats, and counts in int with the window enlarged by up to its crop size.
  const std::uint32_t crop = layer.transform_param().crop_size();
  constexpr double kFarthest = 1 << 30;
  for (const std::int32_t coordinate : {x1, y1, x2, y2}) {
    if (std::fabs(coordinate) * (2.0 * crop + 1) > kFarthest) {
      throw words->Wrong("the coordinate " + std::to_string(coordinate) + " is too far away for a crop size of " +
                         std::to_string(crop));
    }
  }
  if (overlap >= parameter.fg_threshold()) {
    if (label <= 0) {
      throw words->Wrong("a foreground window has the label " + std::to_string(label) + "; 0 is the background's");
    }
    ++windows->foreground;
  } else if (overlap < parameter.bg_threshold()) {
    ++windows->background;
  }
}

void CheckWindowList(const caffe::LayerParameter& layer) {
  const caffe::WindowDataParameter& parameter = layer.window_data_param();
  Words words(ReadList(parameter.source(), "window_data_param"), parameter.source());
  Windows windows;
  std::int32_t images = 0;
  for (; words.Next(); ++images) {
    if (words.word() != "#") throw words.Wrong("'" + words.word() + "' stands where '#' should, before an image");
    const auto index = words.Value<std::int32_t>("an image's index");
    if (index != images) {
      throw words.Wrong("the image has the index " + std::to_string(index) + " where " + std::to_string(images) +
                        " is next: images are counted from 0");
    }
    const std::string image = parameter.root_folder() + words.Text("an image's path");
    const auto channels = words.Value<std::int32_t>("an image's number of channels");
    if (channels != 3) {
      throw words.Wrong("the image has " + std::to_string(channels) +
                        " channels; this layer reads in colour, and requires 3 there");
    }
    words.Value<std::int32_t>("an image's height");
    words.Value<std::int32_t>("an image's width");
    // Caffe leaves a layer half made if it cannot read an image here.
    if (parameter.cache_images()) InputFile(image, "image");
    const auto count = words.Value<std::int32_t>("an image's number of windows");
    if (count < 0) throw words.Wrong("an image has " + std::to_string(count) + " windows");
    for (std::int32_t window = 0; window < count; ++window) CheckWindow(&words, layer, &windows);
  }
  if (images == 0) throw words.Wrong("there is no image in the list");
  if (windows.foreground == 0 || windows.background == 0) {
    std::ostringstream text;
    text << parameter.source() << ": " << windows.foreground << " foreground windows (overlap from fg_threshold "
         << parameter.fg_threshold() << ") and " << windows.background << " of the background (below bg_threshold "
         << parameter.bg_threshold() << "); the layer requires some of both";
    throw Error(CAFFE_ERROR_FORMAT, text.str()).AtPath(parameter.source());
  }
}

void CheckWindowParameters(const caffe::LayerParameter& layer) {
  const caffe::WindowDataParameter& parameter = layer.window_data_param();
  const std::int64_t crop = layer.transform_param().crop_size();
  const auto error = [](const std::string& message) { return Error(CAFFE_ERROR_FORMAT, message); };
  if (crop == 0) throw error("transform_param.crop_size is not set; windows are cut to that size");
  if (parameter.batch_size() == 0) throw error("window_data_param.batch_size is not set");
  if (2 * std::int64_t{parameter.context_pad()} >= crop) {
    throw error("window_data_param.context_pad " + std::to_string(parameter.context_pad()) +
                " on both sides leaves nothing of a crop size of " + std::to_string(crop));
  }
  if (!(parameter.fg_fraction() >= 0 && parameter.fg_fraction() <= 1)) {
    throw error("window_data_param.fg_fraction " + std::to_string(parameter.fg_fraction()) + " is not from 0 to 1");
  }
  if (parameter.crop_mode() != "warp" && parameter.crop_mode() != "square") {
    throw error("window_data_param.crop_mode '" + parameter.crop_mode() + "' is neither 'warp' nor 'square'");
  }
  if (!layer.transform_param().has_mean_file()) return;
  const std::string& path = layer.transform_param().mean_file();
  caffe::BlobProto mean;
  caffe::ReadProtoFromBinaryFileOrDie(path, &mean);
  caffe::Blob<float> shape;
  shape.FromProto(mean);
  if (shape.num_axes() != 4 || shape.channels() != 3 || shape.width() < crop ||
      shape.height() < (shape.width() - crop) / 2 + crop) {
    throw Error(CAFFE_ERROR_FORMAT, path + ": a mean of shape " + shape.shape_string() +
                                        " does not cover three channels of a crop of " + std::to_string(crop) + " x " +
                                        std::to_string(crop) + " in its middle")
        .AtPath(path);
  }
}

}  // namespace

void CheckImageLayer(const caffe::LayerParameter& layer) {
  if (layer.type() == "ImageData") CheckImageList(layer.image_data_param().source());
  if (layer.type() == "WindowData") {
    CheckWindowParameters(layer);
    CheckWindowList(layer);
  }
}

std::string PlaceInImageList(const caffe::LayerParameter& layer, const std::string& image) {
  const bool images = layer.type() == "ImageData";
  if (image.empty() || (!images && layer.type() != "WindowData")) return std::string();
  const std::string& path = images ? layer.image_data_param().source() : layer.window_data_param().source();
  const std::string& folder = images ? layer.image_data_param().root_folder() : layer.window_data_param().root_folder();
  if (path.empty() || image == path) return std::string();
  std::istringstream lines(InputFile(path, "image list").Read());
  int number = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    // WindowData gives a path its own line; ImageData puts a label behind it.
    const std::string name = images ? line.substr(0, line.find_last_of(' ')) : line;
    if (folder + name == image) return " (line " + std::to_string(number) + " of '" + path + "')";
  }
  return std::string();
}

}  // namespace caffesharp
