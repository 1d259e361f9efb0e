#include "layers/layer_checks.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <algorithm>
#include <caffe/layers/concat_layer.hpp>
#include <caffe/layers/contrastive_loss_layer.hpp>
#include <caffe/layers/flatten_layer.hpp>
#include <caffe/layers/pooling_layer.hpp>
#include <caffe/layers/split_layer.hpp>
#include <caffe/layers/spp_layer.hpp>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>

#include "core/error.h"
#include "core/text.h"

namespace caffesharp {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using Blobs = std::vector<caffe::Blob<float>*>;

constexpr std::int64_t kMostOfAnything = std::numeric_limits<int>::max();
// The product of two such lengths, and twice one of them, still are numbers that Caffe counts with.
constexpr std::int64_t kLongestWindow = 32767;
// Of a recurrent layer.
constexpr int kMostSteps = 5000;

void RequireRange(const std::string& field, std::int64_t value, std::int64_t least, std::int64_t most) {
  if (value >= least && value <= most) return;
  throw Error(CAFFE_ERROR_FORMAT,
              field + " is " + std::to_string(value) + "; it must be " +
                  (value < least ? "at least " + std::to_string(least) : "at most " + std::to_string(most)));
}

// The values of a whole number's field, be it one or a list of them.
std::vector<std::int64_t> ValuesOf(const Message& message, const FieldDescriptor* field) {
  const google::protobuf::Reflection& reflection = *message.GetReflection();
  const int count = field->is_repeated() ? reflection.FieldSize(message, field) : 1;
  std::vector<std::int64_t> values;
  for (int i = 0; i < count; ++i) {
    switch (field->cpp_type()) {
      case FieldDescriptor::CPPTYPE_UINT32:
        values.push_back(field->is_repeated() ? reflection.GetRepeatedUInt32(message, field, i)
                                              : reflection.GetUInt32(message, field));
        break;
      case FieldDescriptor::CPPTYPE_INT32:
        values.push_back(field->is_repeated() ? reflection.GetRepeatedInt32(message, field, i)
                                              : reflection.GetInt32(message, field));
        break;
      case FieldDescriptor::CPPTYPE_INT64:
        values.push_back(field->is_repeated() ? reflection.GetRepeatedInt64(message, field, i)
                                              : reflection.GetInt64(message, field));
        break;
      default:
        break;
    }
  }
  return values;
}

struct Range {
  std::int64_t least;
  std::int64_t most;
};

// What Caffe can work with in a field of that name, of whatever layer.
Range RangeOf(const std::string& name) {
  for (const char* length : {"stride", "stride_h", "stride_w", "dilation"}) {
    if (name == length) return {1, kLongestWindow};
  }
  for (const char* length : {"kernel_size", "kernel_h", "kernel_w", "pad", "pad_h", "pad_w", "local_size"}) {
    if (name == length) return {0, kLongestWindow};
  }
  if (name == "group") return {1, kMostOfAnything};
  // Caffe makes blobs for each of them before it looks at anything else.
  if (name == "pyramid_height") return {1, 16};
  // With none the thread that reads ahead and the one that waits for it would both wait for ever.
  if (name == "prefetch") return {1, 1000};
  // -1 stands for all of them, or for the one that is left.
  if (name == "num_axes") return {-1, kMaxBlobAxes};
  if (name == "dim") return {-1, kMostOfAnything};
  return {-kMostOfAnything, kMostOfAnything};
}

void CheckFields(const Message& message, const std::string& prefix) {
  const google::protobuf::Reflection& reflection = *message.GetReflection();
  std::vector<const FieldDescriptor*> fields;
  reflection.ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    const std::string name(field->name());
    if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
      // The weights have their own checks where they are copied.
      if (field->message_type() == caffe::BlobProto::descriptor()) continue;
      const int count = field->is_repeated() ? reflection.FieldSize(message, field) : 1;
      for (int i = 0; i < count; ++i) {
        CheckFields(field->is_repeated() ? reflection.GetRepeatedMessage(message, field, i)
                                         : reflection.GetMessage(message, field),
                    prefix + name + ".");
      }
      continue;
    }
    const Range range = RangeOf(name);
    for (const std::int64_t value : ValuesOf(message, field)) {
      RequireRange(prefix + name, value, range.least, range.most);
    }
  }
}

// Caffe's data layers would ignore the fields that native/community adds for definitions of SSD.
void CheckTransformation(const caffe::TransformationParameter& parameter) {
  constexpr int kFirstAdded = 50000;
  std::vector<const FieldDescriptor*> fields;
  parameter.GetReflection()->ListFields(parameter, &fields);
  for (const FieldDescriptor* field : fields) {
    if (field->number() < kFirstAdded) continue;
    throw Error(CAFFE_ERROR_FORMAT, "transform_param." + std::string(field->name()) +
                                        " of SSD is not supported; prepare the images before they reach the net");
  }
}

// A product of sizes, up to one more than Caffe counts.
std::int64_t Product(std::int64_t a, std::int64_t b) {
  return a == 0 || b <= (kMostOfAnything + 1) / a ? std::min(a * b, kMostOfAnything + 1) : kMostOfAnything + 1;
}

std::int64_t CountOf(const caffe::Blob<float>& blob, int start, int end) {
  std::int64_t count = 1;
  for (int axis = start; axis < end; ++axis) count = Product(count, blob.shape(axis));
  return count;
}

// The axis counted from the first; -1 if there is none, which Caffe says itself.
int AxisOf(const caffe::Blob<float>& blob, int axis) {
  const int counted = axis < 0 ? axis + blob.num_axes() : axis;
  return counted >= 0 && counted < blob.num_axes() ? counted : -1;
}

[[noreturn]] void RefuseLargeTop(const std::string& what) {
  throw Error(CAFFE_ERROR_FORMAT, what + " is more than a blob can hold (" + std::to_string(kMostOfAnything) + ")");
}

void CheckTile(const caffe::LayerParameter& layer, const Blobs& bottoms) {
  const int axis = AxisOf(*bottoms[0], layer.tile_param().axis());
  if (axis < 0) return;
  const std::int64_t tiles = layer.tile_param().tiles();
  if (tiles < 1 || Product(bottoms[0]->count(), tiles) <= kMostOfAnything) return;
  RefuseLargeTop(std::to_string(tiles) + " times its bottom, " + FormatShape(bottoms[0]->shape()) + ",");
}

void CheckConcat(const caffe::LayerParameter&, const Blobs& bottoms) {
  std::int64_t count = 0;
  for (const caffe::Blob<float>* bottom : bottoms) count += bottom->count();
  if (count > kMostOfAnything) RefuseLargeTop("the sum of its bottoms, " + std::to_string(count) + " elements,");
}

// Caffe divides by the product of the sizes that are given to find the one that is not.
void CheckReshape(const caffe::LayerParameter& layer, const Blobs& bottoms) {
  const caffe::Blob<float>& bottom = *bottoms[0];
  const caffe::ReshapeParameter& parameter = layer.reshape_param();
  const int axes = bottom.num_axes();
  const std::int64_t start = parameter.axis() < 0 ? std::int64_t{parameter.axis()} + axes + 1 : parameter.axis();
  const std::int64_t end = parameter.num_axes() < 0 ? axes : start + parameter.num_axes();
  // Caffe says itself what is wrong with these.
  if (start < 0 || start > axes || end > axes) return;
  std::int64_t count =
      Product(CountOf(bottom, 0, static_cast<int>(start)), CountOf(bottom, static_cast<int>(end), axes));
  for (int i = 0; i < parameter.shape().dim_size(); ++i) {
    const std::int64_t size = parameter.shape().dim(i);
    const std::int64_t copied = start + i;
    if (size > 0) count = Product(count, size);
    if (size == 0 && copied < axes) count = Product(count, bottom.shape(static_cast<int>(copied)));
  }
  if (count > kMostOfAnything) RefuseLargeTop("the shape in reshape_param, with what is kept of its bottom's,");
}

// The layer looks when it is set up alone.
void CheckArgMax(const caffe::LayerParameter& layer, const Blobs& bottoms) {
  const caffe::ArgMaxParameter& parameter = layer.argmax_param();
  const caffe::Blob<float>& bottom = *bottoms[0];
  const int axis = AxisOf(bottom, parameter.axis());
  if (bottom.num_axes() == 0 || axis < 0) return;
  const int values = parameter.has_axis() ? bottom.shape(axis) : bottom.count(1);
  if (parameter.top_k() <= static_cast<std::uint32_t>(values)) return;
  throw Error(CAFFE_ERROR_FORMAT, "argmax_param.top_k is " + std::to_string(parameter.top_k()) + "; there are " +
                                      std::to_string(values) + " values to choose from in " +
                                      FormatShape(bottom.shape()));
}

void CheckIm2col(const caffe::LayerParameter& layer, const Blobs& bottoms) {
  const caffe::ConvolutionParameter& parameter = layer.convolution_param();
  const caffe::Blob<float>& bottom = *bottoms[0];
  const int axis = AxisOf(bottom, parameter.axis());
  if (axis < 0) return;
  std::int64_t rows = bottom.shape(axis);
  for (int i = axis + 1; i < bottom.num_axes(); ++i) {
    if (parameter.kernel_size_size() == 1) rows = Product(rows, parameter.kernel_size(0));
  }
  if (parameter.kernel_size_size() > 1) {
    for (const std::uint32_t size : parameter.kernel_size()) rows = Product(rows, size);
  }
  if (parameter.has_kernel_h()) rows = Product(rows, parameter.kernel_h());
  if (parameter.has_kernel_w()) rows = Product(rows, parameter.kernel_w());
  if (rows > kMostOfAnything) RefuseLargeTop("what its windows hold of " + FormatShape(bottom.shape()));
}

// The layer looks at the first two bottoms alone.
void CheckContrastiveLoss(const caffe::LayerParameter&, const Blobs& bottoms) {
  if (bottoms.size() < 3 || bottoms[0]->num_axes() == 0) return;
  if (bottoms[2]->count() >= bottoms[0]->shape(0)) return;
  throw Error(CAFFE_ERROR_FORMAT, "there are " + std::to_string(bottoms[2]->count()) + " labels for " +
                                      std::to_string(bottoms[0]->shape(0)) + " pairs");
}

// Caffe makes a net with some layers for each step, whose time and memory nothing else limits.
void CheckSteps(const caffe::LayerParameter&, const Blobs& bottoms) {
  if (bottoms[0]->num_axes() == 0 || bottoms[0]->shape(0) <= kMostSteps) return;
  throw Error(CAFFE_ERROR_FORMAT, "its bottom, " + FormatShape(bottoms[0]->shape()) + ", has more than " +
                                      std::to_string(kMostSteps) + " steps");
}

struct ShapeCheck {
  const char* type;
  void (*check)(const caffe::LayerParameter&, const Blobs&);
};

constexpr ShapeCheck kShapeChecks[] = {{"ArgMax", &CheckArgMax},   {"Concat", &CheckConcat},
                                       {"Im2col", &CheckIm2col},   {"ContrastiveLoss", &CheckContrastiveLoss},
                                       {"Reshape", &CheckReshape}, {"Tile", &CheckTile},
                                       {"LSTM", &CheckSteps},      {"RNN", &CheckSteps}};

// What a layer indexes by its second bottom.
struct Indexed {
  // How many there are of it.
  int size;
  const char* what;
  bool has_ignored;
  int ignored;
};

// Nothing if the layer looks at its second bottom itself.
std::optional<Indexed> IndexedBy(const caffe::LayerParameter& layer, const Blobs& bottoms, bool backward) {
  const caffe::Blob<float>& values = *bottoms[0];
  const std::string& type = layer.type();
  if (type == "HingeLoss" || type == "MultinomialLogisticLoss") {
    return Indexed{values.count() / values.shape(0), "classes", false, 0};
  }
  // These look on their way forward alone.
  if (!backward) return std::nullopt;
  if (type == "BatchReindex") return Indexed{values.shape(0), "examples", false, 0};
  const caffe::LossParameter& loss = layer.loss_param();
  int axis = -1;
  if (type == "SoftmaxWithLoss") axis = AxisOf(values, layer.softmax_param().axis());
  if (type == "InfogainLoss") axis = AxisOf(values, layer.infogain_loss_param().axis());
  if (axis < 0) return std::nullopt;
  return Indexed{values.shape(axis), "classes", loss.has_ignore_label(), loss.ignore_label()};
}

void CheckIndices(const caffe::LayerParameter& layer, const Blobs& bottoms, bool backward) {
  if (bottoms.size() < 2 || bottoms[0]->num_axes() == 0) return;
  const std::optional<Indexed> indexed = IndexedBy(layer, bottoms, backward);
  if (!indexed) return;
  const float* const values = bottoms[1]->cpu_data();
  for (int i = 0; i < bottoms[1]->count(); ++i) {
    if (values[i] > -1 && values[i] < static_cast<float>(indexed->size)) continue;
    if (indexed->has_ignored && values[i] == static_cast<float>(indexed->ignored)) continue;
    throw Error(CAFFE_ERROR_CHECK, "value " + std::to_string(i) + " of its bottom '" + layer.bottom(1) + "' is " +
                                       std::to_string(values[i]) + "; there are " + std::to_string(indexed->size) +
                                       " " + indexed->what + ", counted from 0");
  }
}

// The way to what the layer sized when it was set up, and does not size again.
struct ContrastiveAccess : caffe::ContrastiveLossLayer<float> {
  static const caffe::Blob<float>& Differences(const caffe::ContrastiveLossLayer<float>& layer) {
    return layer.*(&ContrastiveAccess::diff_);
  }
};

// The way to where a pooling layer keeps the places of its largest values.
struct PoolingAccess : caffe::PoolingLayer<float> {
  static const caffe::Blob<int>& Places(const caffe::PoolingLayer<float>& layer) {
    return layer.*(&PoolingAccess::max_idx_);
  }
};

struct PyramidAccess : caffe::SPPLayer<float> {
  static const std::vector<boost::shared_ptr<caffe::PoolingLayer<float>>>& Poolings(
      const caffe::SPPLayer<float>& layer) {
    return layer.*(&PyramidAccess::pooling_layers_);
  }
};

template <typename Place>
void RequirePlaces(const Place* places, int count, int size) {
  if (std::all_of(places, places + count, [size](Place place) { return place >= 0 && static_cast<int>(place) < size; }))
    return;
  throw Error(CAFFE_ERROR_CHECK,
              "a window has no largest value to give its gradient to: its values are not numbers, or the window lies "
              "outside of the bottom (a stride longer than the kernel)");
}

void CheckPlacesOf(const caffe::PoolingLayer<float>& pooling, const caffe::Blob<float>& bottom) {
  const caffe::Blob<int>& places = PoolingAccess::Places(pooling);
  if (places.count() > 0) RequirePlaces(places.cpu_data(), places.count(), bottom.height() * bottom.width());
}

}  // namespace

void CheckNumbers(const caffe::LayerParameter& layer) {
  CheckFields(layer, "");
  CheckTransformation(layer.transform_param());
  const caffe::ConvolutionParameter& convolution = layer.convolution_param();
  // Of the two one may be given, and the other then is 0.
  if (!convolution.has_stride_h() && !convolution.has_stride_w()) return;
  RequireRange("convolution_param.stride_h", convolution.stride_h(), 1, kLongestWindow);
  RequireRange("convolution_param.stride_w", convolution.stride_w(), 1, kLongestWindow);
}

const Blobs& RequireShapes(const caffe::LayerParameter& layer, const Blobs& bottoms) {
  for (std::size_t i = 0; i < bottoms.size(); ++i) {
    if (bottoms[i]->count() > 0) continue;
    const std::string& name = layer.bottom(static_cast<int>(i));
    throw Error(CAFFE_ERROR_ARGUMENT, "its bottom '" + name + "' is empty (" + FormatShape(bottoms[i]->shape()) + ")")
        .InBlob(name);
  }
  if (bottoms.empty()) return bottoms;
  for (const ShapeCheck& of_type : kShapeChecks) {
    if (layer.type() == of_type.type) of_type.check(layer, bottoms);
  }
  return bottoms;
}

void CheckForward(caffe::Layer<float>& layer, const Blobs& bottoms, const Blobs& tops) {
  CheckIndices(layer.layer_param(), RequireShapes(layer.layer_param(), bottoms), false);
  if (const auto* loss = dynamic_cast<caffe::ContrastiveLossLayer<float>*>(&layer)) {
    if (ContrastiveAccess::Differences(*loss).count() != bottoms[0]->count()) layer.LayerSetUp(bottoms, tops);
  }
}

void CheckBackward(caffe::Layer<float>& layer, const Blobs& bottoms, const Blobs& tops) {
  CheckIndices(layer.layer_param(), bottoms, true);
  if (layer.layer_param().type() == "Filter" && tops[0]->count() == 0) {
    throw Error(CAFFE_ERROR_CHECK, "its selector chose nothing, which gives no gradient");
  }
  if (caffe::Caffe::mode() != caffe::Caffe::CPU) return;
  if (const auto* pyramid = dynamic_cast<caffe::SPPLayer<float>*>(&layer)) {
    if (layer.layer_param().spp_param().pool() != caffe::SPPParameter_PoolMethod_MAX) return;
    for (const auto& pooling : PyramidAccess::Poolings(*pyramid)) CheckPlacesOf(*pooling, *bottoms[0]);
  }
  const auto* pooling = dynamic_cast<caffe::PoolingLayer<float>*>(&layer);
  if (pooling == nullptr) return;
  if (layer.layer_param().pooling_param().pool() != caffe::PoolingParameter_PoolMethod_MAX) return;
  if (tops.size() > 1) {
    RequirePlaces(tops[1]->cpu_data(), tops[1]->count(), bottoms[0]->height() * bottoms[0]->width());
  } else {
    CheckPlacesOf(*pooling, *bottoms[0]);
  }
}

}  // namespace caffesharp
