// Decoding, encoding and resizing, by the codec.
#include <opencv2/highgui/highgui.hpp>
#include <opencv2/imgproc/imgproc.hpp>

#include "core/data_item.h"
#include "core/error.h"
#include "core/file.h"
#include "data/images/image_codec.h"

namespace cv {
namespace {

Mat Decode(const char* bytes, std::size_t length, int flags) {
  Mat image;
  caffesharp::RequireImageCodec().Decode(bytes, length, flags, &image);
  return image;
}

}  // namespace

Mat imread(const std::string& path, int flags) {
  caffesharp::SetDataItem(path, "");
  const std::string bytes = caffesharp::InputFile(path, "image").Read();
  return Decode(bytes.data(), bytes.size(), flags);
}

Mat imdecode(const std::vector<char>& bytes, int flags) { return Decode(bytes.data(), bytes.size(), flags); }

bool imencode(const std::string& extension, const Mat& image, std::vector<uchar>& bytes) {
  Mat row;
  caffesharp::RequireImageCodec().Encode(image, extension, &row);
  bytes.assign(row.data, row.data + row.cols);
  return true;
}

void resize(const Mat& from, Mat& to, Size size, double, double, int interpolation) {
  if (from.empty()) throw caffesharp::Error(CAFFE_ERROR_FORMAT, "an empty image cannot be resized");
  Mat resized(size.height, size.width, from.type());
  caffesharp::RequireImageCodec().Resize(from, interpolation, &resized);
  to = std::move(resized);
}

}  // namespace cv
