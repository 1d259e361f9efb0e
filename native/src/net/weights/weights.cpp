#include "net/weights/weights.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl.h>

#include <algorithm>
#include <iterator>
#include <limits>
#include <utility>
#include <vector>

#include "core/error.h"
#include "core/file.h"
#include "core/protobuf_log.h"
#include "core/text.h"
#include "net/upgrade.h"
#include "net/weights/hdf5_weights.h"
#include "net/weights/raw_blobs.h"
#include "net/weights/recurrent_weights.h"

namespace caffesharp {
namespace {

constexpr int kHeadLength = 512;

// Where weights come from, for messages.
struct Source {
  std::string path;
  std::string display;

  Error Refuse(caffe_status status, const std::string& message) const {
    return Error(status, display + ": " + message).AtPath(path);
  }
  Error RefuseLayer(caffe_status status, const std::string& layer, const std::string& message) const {
    return Error(status, display + ": layer '" + layer + "': " + message).InLayer(layer).AtPath(path);
  }
};

void RefuseWhatIsNoCaffemodel(const std::string& head, const Source& source) {
  if (head.compare(0, 4, "\x89HDF") == 0) {
    throw source.Refuse(CAFFE_ERROR_FORMAT, "this is an HDF5 file; it can be loaded from a path, not from memory");
  }
  if (!LooksBinary(head.data(), head.size())) {
    throw source.Refuse(CAFFE_ERROR_FORMAT,
                        "this is a text file, perhaps a prototxt; weights come in a binary caffemodel or an HDF5 file");
  }
}

// Takes a net from the stream; length is that of the whole.
caffe::NetParameter ParseCaffemodel(google::protobuf::io::ZeroCopyInputStream* stream, std::int64_t length,
                                    const Source& source) {
  RouteProtobufLog();
  if (length > std::numeric_limits<int>::max()) {
    throw source.Refuse(CAFFE_ERROR_UNSUPPORTED, "a caffemodel of " + FormatBytes(length) +
                                                     " is more than protobuf reads (2.1 GB); HDF5 has no such limit");
  }
  google::protobuf::io::CodedInputStream coded(stream);
  coded.SetTotalBytesLimit(std::numeric_limits<int>::max());
  caffe::NetParameter weights;
  if (!weights.ParseFromCodedStream(&coded) || !coded.ConsumedEntireMessage()) {
    throw source.Refuse(CAFFE_ERROR_FORMAT, "the caffemodel is truncated or damaged (" + FormatBytes(length) +
                                                "), or is none; get it again and compare its size or checksum");
  }
  UpgradeNet(source.display, source.path, &weights);
  ReadRawBlobs(source.display, source.path, &weights);
  if (weights.layer_size() == 0)
    throw source.Refuse(CAFFE_ERROR_FORMAT, "this is not a caffemodel: it holds no layers");
  return weights;
}

std::vector<int> ShapeOf(const caffe::BlobProto& blob) {
  if (blob.has_num() || blob.has_channels() || blob.has_height() || blob.has_width()) {
    return {blob.num(), blob.channels(), blob.height(), blob.width()};
  }
  std::vector<int> shape;
  for (const std::int64_t dimension : blob.shape().dim()) shape.push_back(static_cast<int>(dimension));
  return shape;
}

// Index of the first layer of that name, as Caffe finds it; -1 if there is none.
int FindLayer(const NetState& state, const std::string& name) {
  for (int i = 0; i < state.layer_count(); ++i) {
    if (state.layer_name(i) == name) return i;
  }
  return -1;
}

// The lengths other than 1.
std::vector<int> LongAxes(const std::vector<int>& shape) {
  std::vector<int> lengths;
  std::copy_if(shape.begin(), shape.end(), std::back_inserter(lengths), [](int length) { return length != 1; });
  return lengths;
}

// NVCaffe stores a parameter per channel as 1 x C x 1 x 1, older versions of Caffe as 1 x 1 x 1 x C. Gives such a
// parameter the shape that the net requires.
void MatchAxesOfOne(const caffe::Blob<float>& target, caffe::BlobProto* blob) {
  if (LongAxes(ShapeOf(*blob)) != LongAxes(target.shape())) return;
  blob->clear_num();
  blob->clear_channels();
  blob->clear_height();
  blob->clear_width();
  blob->mutable_shape()->clear_dim();
  for (const int length : target.shape()) blob->mutable_shape()->add_dim(length);
}

// Everything that Caffe would stumble over in the middle of the copy. Marks the layers that get parameters.
void CheckWeights(const NetState& state, const Source& source, caffe::NetParameter* weights,
                  std::vector<bool>* copied) {
  for (caffe::LayerParameter& layer : *weights->mutable_layer()) {
    const int index = FindLayer(state, layer.name());
    if (index < 0) continue;
    const auto& targets = state.net().layers()[static_cast<std::size_t>(index)]->blobs();
    if (static_cast<int>(targets.size()) != layer.blobs_size()) {
      throw source.RefuseLayer(CAFFE_ERROR_FORMAT, layer.name(),
                               "the file has " + std::to_string(layer.blobs_size()) +
                                   " parameter blobs for it, the net requires " + std::to_string(targets.size()) +
                                   "; these weights belong to another net");
    }
    for (int i = 0; i < layer.blobs_size(); ++i) {
      caffe::BlobProto& blob = *layer.mutable_blobs(i);
      const caffe::Blob<float>& target = *targets[static_cast<std::size_t>(i)];
      const std::string parameter = "parameter " + std::to_string(i);
      if (!targets[static_cast<std::size_t>(i)]->ShapeEquals(blob)) MatchAxesOfOne(target, &blob);
      if (!targets[static_cast<std::size_t>(i)]->ShapeEquals(blob)) {
        throw source.RefuseLayer(CAFFE_ERROR_FORMAT, layer.name(),
                                 parameter + " has the shape " + FormatShape(ShapeOf(blob)) +
                                     " in the file, but the net requires " + FormatShape(target.shape()) +
                                     "; these weights belong to another net, or the layer requires another name to be "
                                     "learned afresh");
      }
      const std::string fault = FaultOfValues(blob, target);
      if (!fault.empty()) throw source.RefuseLayer(CAFFE_ERROR_FORMAT, layer.name(), parameter + " " + fault);
    }
    if (!targets.empty()) (*copied)[static_cast<std::size_t>(index)] = true;
  }
}

int Count(const std::vector<bool>& flags) {
  int count = 0;
  for (const bool flag : flags) count += flag ? 1 : 0;
  return count;
}

int CopyCaffemodel(NetState& state, caffe::NetParameter weights, const Source& source) {
  std::vector<bool> copied(state.net().layers().size(), false);
  CheckWeights(state, source, &weights, &copied);
  state.net().CopyTrainedLayersFrom(weights);
  state.copied_layers = copied;
  return Count(copied);
}

int CopyHdf5(NetState& state, const Source& source) {
  const Hdf5Session session;
  std::vector<bool> copied(state.net().layers().size(), false);
  CopyHdf5Weights(state, source.path, &copied);
  state.copied_layers = copied;
  return Count(copied);
}

}  // namespace

std::string FaultOfValues(const caffe::BlobProto& blob, const caffe::Blob<float>& target) {
  const int values = blob.double_data_size() > 0 ? blob.double_data_size() : blob.data_size();
  const int diffs = blob.double_diff_size() > 0 ? blob.double_diff_size() : blob.diff_size();
  const bool values_fit = values == target.count();
  if (values_fit && (diffs == 0 || diffs == target.count())) return "";
  return "holds " + (values_fit ? std::to_string(diffs) + " gradients" : std::to_string(values) + " values") +
         ", its shape " + FormatShape(target.shape()) + " requires " + std::to_string(target.count());
}

int CopyWeightsFromFile(NetState& state, const std::string& path) {
  const Source source{path, path};
  const InputFile file(path, "weights");
  const std::string head = file.Head(kHeadLength);
  const NetCall call(state);
  if (head.compare(0, 4, "\x89HDF") == 0) return CopyHdf5(state, source);
  RefuseWhatIsNoCaffemodel(head, source);
  google::protobuf::io::FileInputStream stream(file.descriptor());
  return CopyCaffemodel(state, ParseCaffemodel(&stream, file.size(), source), source);
}

int CopyWeightsFromBytes(NetState& state, const void* bytes, std::int64_t length, const std::string& name) {
  const Source source{name, name.empty() ? "<bytes>" : name};
  if (length == 0) throw source.Refuse(CAFFE_ERROR_FORMAT, "the weights are empty");
  const std::int64_t head_length = std::min<std::int64_t>(length, kHeadLength);
  RefuseWhatIsNoCaffemodel(std::string(static_cast<const char*>(bytes), static_cast<std::size_t>(head_length)), source);
  // The stream counts in int; ParseCaffemodel refuses what is longer before it reads.
  const int readable = static_cast<int>(std::min<std::int64_t>(length, std::numeric_limits<int>::max()));
  google::protobuf::io::ArrayInputStream stream(bytes, readable);
  const NetCall call(state);
  return CopyCaffemodel(state, ParseCaffemodel(&stream, length, source), source);
}

int CopyWeightsFromParameter(NetState& state, const caffe::NetParameter& weights, const std::string& name) {
  const NetCall call(state);
  return CopyCaffemodel(state, weights, Source{name, name.empty() ? "<message>" : name});
}

void ShareWeights(NetState& target, NetState& source) {
  if (&target == &source) return;
  if (!(target.device() == source.device())) {
    throw Error(CAFFE_ERROR_ARGUMENT, "two nets on different devices cannot share their weights");
  }
  const NetCall target_call(target);
  const NetCall source_call(source);
  for (int i = 0; i < source.layer_count(); ++i) {
    const std::string& name = source.layer_name(i);
    const int index = FindLayer(target, name);
    if (index < 0) continue;
    const auto& from = source.net().layers()[static_cast<std::size_t>(i)]->blobs();
    const auto& to = target.net().layers()[static_cast<std::size_t>(index)]->blobs();
    const auto refuse = [&](const std::string& message) {
      return target.definition().LayerError(CAFFE_ERROR_ARGUMENT, name, target.layer_parameter(index).type(), message);
    };
    if (from.size() != to.size()) {
      throw refuse("it has " + std::to_string(to.size()) + " parameter blobs, the net to share with has " +
                   std::to_string(from.size()));
    }
    for (std::size_t j = 0; j < to.size(); ++j) {
      if (from[j]->shape() == to[j]->shape()) continue;
      throw refuse("its parameter " + std::to_string(j) + " has the shape " + FormatShape(to[j]->shape()) +
                   ", in the net to share with " + FormatShape(from[j]->shape()));
    }
#ifndef CPU_ONLY
    // The first use moves memory to the device; after sharing, two threads might do so at once.
    for (const auto& blob : from) {
      if (target.device().mode == CAFFE_MODE_GPU && blob->count() > 0) blob->gpu_data();
    }
#endif
  }
  target.net().ShareTrainedLayersWith(&source.net());
  ShareWithinRecurrentLayers(target.net());
}

caffe::NetParameter DescribeNet(NetState& state, bool write_diff, const std::string& path) {
  RouteProtobufLog();
  const NetCall call(state);
  caffe::NetParameter parameter;
  state.net().ToProto(&parameter, write_diff);
  const std::size_t bytes = parameter.ByteSizeLong();
  if (bytes > static_cast<std::size_t>(std::numeric_limits<int>::max())) {
    throw Error(CAFFE_ERROR_UNSUPPORTED, path + ": a caffemodel of " + FormatBytes(static_cast<std::int64_t>(bytes)) +
                                             " is more than protobuf writes (2.1 GB); save as HDF5")
        .AtPath(path);
  }
  return parameter;
}

void SaveCaffemodel(NetState& state, const std::string& path, bool write_diff) {
  const caffe::NetParameter parameter = DescribeNet(state, write_diff, path);
  OutputFile file(path, "caffemodel");
  if (!parameter.SerializeToFileDescriptor(file.descriptor())) file.Fail();
  file.Commit();
}

void SaveHdf5(NetState& state, const std::string& path, bool write_diff) {
  const NetCall call(state);
  const Hdf5Session session;
  CheckHdf5Names(state, path);
  OutputFile file(path, "HDF5 file");
  WriteHdf5Weights(state, path, file.temporary_path(), write_diff);
  file.Commit();
}

}  // namespace caffesharp
