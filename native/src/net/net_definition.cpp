#include "net/net_definition.h"

#include <algorithm>
#include <caffe/layer_factory.hpp>
#include <caffe/net.hpp>
#include <filesystem>
#include <limits>
#include <map>
#include <set>
#include <utility>

#include "core/file.h"
#include "core/log.h"
#include "core/text.h"
#include "data/hdf5/hdf5_source.h"
#include "data/images/image_list.h"
#include "layers/layer_checks.h"
#include "net/prototxt_parser.h"
#include "net/upgrade.h"

namespace caffesharp {
namespace {

std::string PhaseName(const caffe::NetState& state) { return caffe::Phase_Name(state.phase()); }

bool EndsWith(const std::string& text, const std::string& end) {
  return text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

// Layers that measure a net and that others seldom read.
bool IsMeasure(const caffe::LayerParameter& layer) {
  return layer.type() == "Accuracy" || EndsWith(layer.type(), "Loss");
}

// A net whose only sources are inputs, as those for deployment are.
bool IsDeployed(const caffe::NetParameter& net) {
  bool has_input = false;
  for (const caffe::LayerParameter& layer : net.layer()) {
    if (layer.bottom_size() > 0) continue;
    if (layer.type() != "Input") return false;
    has_input = true;
  }
  return has_input;
}

// At most this many faults are reported at once.
constexpr std::size_t kMostFaults = 20;

// Throws the faults as one, if there are any.
void ThrowFaults(std::vector<ErrorDetail> faults) {
  if (faults.empty()) return;
  ErrorDetail first = std::move(faults.front());
  for (std::size_t i = 1; i < std::min(faults.size(), kMostFaults); ++i) first.message += "\n" + faults[i].message;
  if (faults.size() > kMostFaults) {
    first.message += "\nand " + std::to_string(faults.size() - kMostFaults) + " more faults";
  }
  throw Error(std::move(first));
}

// The file or folder a data layer reads, empty for the other layers.
std::string SourceOf(const caffe::LayerParameter& layer) {
  if (layer.type() == "Data") return layer.data_param().source();
  if (layer.type() == "HDF5Data") return layer.hdf5_data_param().source();
  if (layer.type() == "ImageData") return layer.image_data_param().source();
  if (layer.type() == "WindowData") return layer.window_data_param().source();
  return std::string();
}

}  // namespace

NetDefinition NetDefinition::FromFile(const std::string& path) {
  return NetDefinition(InputFile(path, "prototxt").Read(), path, path);
}

NetDefinition NetDefinition::FromText(const std::string& text, const std::string& name) {
  return NetDefinition(text, name, name.empty() ? "<text>" : name);
}

NetDefinition NetDefinition::FromParameter(caffe::NetParameter parameter, const std::string& name) {
  return NetDefinition(std::move(parameter), name, name.empty() ? "<message>" : name);
}

NetDefinition::NetDefinition(caffe::NetParameter parameter, const std::string& path, const std::string& display)
    : path_(path), display_(display), parameter_(std::move(parameter)) {
  if (parameter_.layer_size() == 0) throw Error(CAFFE_ERROR_FORMAT, display_ + ": the net has no layers").AtPath(path_);
  lines_.assign(static_cast<std::size_t>(parameter_.layer_size()), 0);
}

NetDefinition::NetDefinition(const std::string& text, const std::string& path, const std::string& display)
    : path_(path), display_(display) {
  LayerLines lines;
  parameter_ = ParsePrototxt(text, path_, display_, &lines);
  UpgradeNet(display_, path_, &parameter_);
  // Upgrades rewrite layers and put some in front, but keep the order of those of one name.
  for (const caffe::LayerParameter& layer : parameter_.layer()) {
    std::vector<int>& of_name = lines[layer.name()];
    lines_.push_back(of_name.empty() ? 0 : of_name.front());
    if (!of_name.empty()) of_name.erase(of_name.begin());
  }
}

caffe::NetParameter NetDefinition::TakeWeights() {
  caffe::NetParameter weights;
  for (caffe::LayerParameter& layer : *parameter_.mutable_layer()) {
    if (layer.blobs_size() == 0) continue;
    caffe::LayerParameter* taken = weights.add_layer();
    taken->set_name(layer.name());
    taken->set_type(layer.type());
    taken->mutable_blobs()->Swap(layer.mutable_blobs());
  }
  return weights;
}

int NetDefinition::LineOf(const std::string& layer) const {
  const auto found = line_by_layer_.find(layer);
  return found == line_by_layer_.end() ? 0 : found->second;
}

std::string NetDefinition::Prefix(const std::string& layer, const std::string& type) const {
  const int line = LineOf(layer);
  return display_ + (line > 0 ? ":" + std::to_string(line) : std::string()) + ": layer '" + layer + "'" +
         (type.empty() ? std::string() : " (" + type + ")") + ": ";
}

Error NetDefinition::LayerError(caffe_status status, const std::string& layer, const std::string& type,
                                const std::string& message) const {
  return Error(status, Prefix(layer, type) + message).InLayer(layer).AtPath(path_, LineOf(layer));
}

void NetDefinition::RethrowInLayer(const std::string& layer, const std::string& type) const {
  ErrorDetail detail = DescribeCurrentException();
  if (detail.layer.empty()) {
    // The layer that waited first received the failure of another layer's thread.
    detail.layer = detail.thread_layer.empty() ? layer : detail.thread_layer;
    const caffe::LayerParameter* const failed = Find(detail.layer);
    if (failed != nullptr) detail.message += PlaceInImageList(*failed, detail.path);
    detail.message =
        (detail.layer.empty() ? display_ + ": " : Prefix(detail.layer, failed == nullptr ? type : failed->type())) +
        detail.message;
  }
  if (detail.path.empty()) {
    detail.path = path_;
    detail.path_line = LineOf(detail.layer);
  }
  throw Error(std::move(detail));
}

const caffe::LayerParameter* NetDefinition::Find(const std::string& layer) const {
  for (const caffe::LayerParameter& candidate : parameter_.layer()) {
    if (candidate.name() == layer) return &candidate;
  }
  return nullptr;
}

void NetDefinition::ChooseLayers(const caffe::NetState& state) {
  caffe::NetParameter chosen(parameter_);
  chosen.clear_layer();
  *chosen.mutable_state() = state;
  for (int i = 0; i < parameter_.layer_size(); ++i) {
    const caffe::LayerParameter& layer = parameter_.layer(i);
    // One layer at a time, so that Caffe's own rules are followed and the line stays known.
    caffe::NetParameter one;
    *one.mutable_state() = state;
    *one.add_layer() = layer;
    caffe::NetParameter filtered;
    try {
      caffe::Net<float>::FilterNet(one, &filtered);
    } catch (...) {
      line_by_layer_[layer.name()] = lines_[static_cast<std::size_t>(i)];
      RethrowInLayer(layer.name(), layer.type());
    }
    if (filtered.layer_size() == 0) {
      for (const std::string& top : layer.top()) left_out_makers_.emplace(top, layer.name());
      continue;
    }
    line_by_layer_.emplace(layer.name(), lines_[static_cast<std::size_t>(i)]);
    *chosen.add_layer() = layer;
  }
  if (chosen.layer_size() == 0) {
    throw Error(CAFFE_ERROR_FORMAT, display_ + ": none of the " + std::to_string(parameter_.layer_size()) +
                                        " layers is for the phase " + PhaseName(state) +
                                        " and the level and stages asked for")
        .AtPath(path_);
  }
  parameter_ = std::move(chosen);
  if (state.phase() == caffe::TEST && IsDeployed(parameter_)) LeaveOutMeasures();
  std::vector<ErrorDetail> faults;
  for (const caffe::LayerParameter& layer : parameter_.layer()) {
    try {
      CheckLayer(layer);
    } catch (const Error& error) {
      faults.push_back(error.detail());
    }
  }
  CheckConnections(&faults);
  ThrowFaults(std::move(faults));
  WarnOfSameNames();
}

void NetDefinition::LeaveOutMeasures() {
  std::map<std::string, int> readers;
  for (const caffe::LayerParameter& layer : parameter_.layer()) {
    for (const std::string& bottom : layer.bottom()) ++readers[bottom];
  }
  caffe::NetParameter kept(parameter_);
  kept.clear_layer();
  std::set<std::string> made;
  for (caffe::LayerParameter& layer : *parameter_.mutable_layer()) {
    const auto missing = std::find_if(layer.bottom().begin(), layer.bottom().end(),
                                      [&](const std::string& bottom) { return made.count(bottom) == 0; });
    const bool is_read = std::any_of(layer.top().begin(), layer.top().end(),
                                     [&](const std::string& top) { return readers.count(top) > 0; });
    if (IsMeasure(layer) && missing != layer.bottom().end() && !is_read) {
      if (IsLogged(kLogWarning)) {
        Emit(kLogWarning, __FILE__, __LINE__,
             Prefix(layer.name(), layer.type()) + "the layer is left out: the net has no blob '" + *missing +
                 "', and no layer reads what it makes");
      }
      continue;
    }
    made.insert(layer.top().begin(), layer.top().end());
    kept.add_layer()->Swap(&layer);
  }
  parameter_ = std::move(kept);
}

void NetDefinition::CheckLayer(const caffe::LayerParameter& layer) const {
  const std::vector<std::string> types = caffe::LayerRegistry<float>::LayerTypeList();
  const auto error = [&](caffe_status status, const std::string& message) {
    return LayerError(status, layer.name(), layer.type(), message);
  };
  if (layer.type().empty()) throw error(CAFFE_ERROR_FORMAT, "it has no type");
  if (caffe::LayerRegistry<float>::Registry().count(layer.type()) == 0) {
    throw error(CAFFE_ERROR_FORMAT, "unknown layer type '" + layer.type() + "'; this Caffe has " +
                                        std::to_string(types.size()) + " types" + DidYouMean(layer.type(), types));
  }
  const bool is_input = layer.type() == "Input";
  if (is_input || layer.type() == "DummyData") {
    const auto& shapes = is_input ? layer.input_param().shape() : layer.dummy_data_param().shape();
    for (const caffe::BlobShape& shape : shapes) {
      for (const std::int64_t dimension : shape.dim()) {
        // Caffe keeps the lower half of a larger number, and its layers divide by an empty blob's sizes.
        if (dimension < 1 || dimension > std::numeric_limits<int>::max()) {
          throw error(CAFFE_ERROR_FORMAT, "a shape has the dimension " + std::to_string(dimension) +
                                              "; it must be from 1 to " +
                                              std::to_string(std::numeric_limits<int>::max()));
        }
      }
    }
  }
  try {
    CheckNumbers(layer);
  } catch (...) {
    RethrowInLayer(layer.name(), layer.type());
  }
  const std::string source = SourceOf(layer);
  std::error_code ignored;
  if (!source.empty() && !std::filesystem::exists(source, ignored)) {
    throw error(CAFFE_ERROR_NOT_FOUND, "its source '" + source + "' does not exist (seen from the current folder)");
  }
  if (layer.type() == "HDF5Data") {
    if (const auto fault = FindHdf5Fault(layer)) throw error(fault->status, fault->message).AtPath(fault->path);
  }
  try {
    CheckImageLayer(layer);
  } catch (...) {
    RethrowInLayer(layer.name(), layer.type());
  }
}

void NetDefinition::CheckConnections(std::vector<ErrorDetail>* faults) const {
  std::map<std::string, std::string> maker_by_blob;
  for (const caffe::LayerParameter& layer : parameter_.layer()) {
    const auto add = [&](const std::string& message, const std::string& blob) {
      faults->push_back(LayerError(CAFFE_ERROR_FORMAT, layer.name(), layer.type(), message).InBlob(blob).detail());
    };
    for (const std::string& bottom : layer.bottom()) {
      if (maker_by_blob.count(bottom) > 0) continue;
      std::vector<std::string> known;
      for (const auto& blob : maker_by_blob) known.push_back(blob.first);
      const auto left_out = left_out_makers_.find(bottom);
      add("unknown bottom blob '" + bottom + "': no layer before it has a top of that name" +
              (left_out == left_out_makers_.end()
                   ? DidYouMean(bottom, known)
                   : "; layer '" + left_out->second + "', which makes it, is not for the phase " +
                         PhaseName(parameter_.state()) + " and the level and stages asked for"),
          bottom);
      // Reported once.
      maker_by_blob.emplace(bottom, layer.name());
    }
    for (int i = 0; i < layer.top_size(); ++i) {
      const std::string& top = layer.top(i);
      const bool in_place = i < layer.bottom_size() && layer.bottom(i) == top;
      const auto made = maker_by_blob.emplace(top, layer.name());
      if (made.second || in_place) continue;
      add("top blob '" + top + "' is made by layer '" + made.first->second +
              "' already; only a layer that has it as the bottom of the same place may have it as a top again",
          top);
    }
  }
}

void NetDefinition::WarnOfSameNames() const {
  std::set<std::string> names;
  for (const caffe::LayerParameter& layer : parameter_.layer()) {
    if (names.insert(layer.name()).second || !IsLogged(kLogWarning)) continue;
    Emit(kLogWarning, __FILE__, __LINE__,
         display_ + ": several layers are named '" + layer.name() +
             "'; weights are copied into the first of them alone");
  }
}

}  // namespace caffesharp
