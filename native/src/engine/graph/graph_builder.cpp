#include "engine/graph/graph_builder.h"

#include <algorithm>
#include <string>
#include <utility>

#include "engine/graph/layer_window.h"

namespace caffesharp {
namespace engine {
namespace {

// Inner products beyond it are memory-bound: packing their weights would cost more than it gives.
constexpr int kMostDenseWeights = 4 << 20;

// Pictures of channels of rows, or of channels alone.
bool HasKnownShape(const caffe::Blob<float>& blob) {
  return (blob.num_axes() == 4 || blob.num_axes() == 2) && blob.count() > 0;
}

}  // namespace

bool KnowsLayer(const caffe::Net<float>& net, int layer) {
  const caffe::LayerParameter& parameter = net.layers()[layer]->layer_param();
  const std::string& type = parameter.type();
  const std::size_t bottoms = net.bottom_ids(layer).size();
  const std::vector<int>& tops = net.top_ids(layer);
  for (std::size_t i = 0; i < tops.size(); ++i) {
    if (net.layers()[layer]->loss(static_cast<int>(i)) != 0) return false;
    const std::vector<int>& inputs = net.input_blob_indices();
    if (std::find(inputs.begin(), inputs.end(), tops[i]) != inputs.end()) return false;
  }
  if (type == "Split") return bottoms == 1;
  if (type == "Eltwise") return tops.size() == 1;
  if (type == "Concat")
    return tops.size() == 1 && parameter.concat_param().axis() == 1 && !parameter.concat_param().has_concat_dim();
  if (bottoms != 1) return false;
  if (type == "Slice") return parameter.slice_param().axis() == 1 && !parameter.slice_param().has_slice_dim();
  if (tops.size() != 1) return false;
  if (type == "Convolution") return parameter.convolution_param().axis() == 1;
  if (type == "InnerProduct") {
    const auto& product = parameter.inner_product_param();
    return product.axis() == 1 && !product.transpose() && net.layers()[layer]->blobs()[0]->count() <= kMostDenseWeights;
  }
  if (type == "Pooling") {
    return parameter.pooling_param().pool() == caffe::PoolingParameter_PoolMethod_MAX ||
           parameter.pooling_param().pool() == caffe::PoolingParameter_PoolMethod_AVE;
  }
  if (type == "BatchNorm") {
    return !parameter.batch_norm_param().has_use_global_stats() || parameter.batch_norm_param().use_global_stats();
  }
  if (type == "Scale") {
    return parameter.scale_param().axis() == 1 && net.layers()[layer]->blobs()[0]->num_axes() == 1;
  }
  if (type == "Softmax") return parameter.softmax_param().axis() == 1;
  if (type == "Flatten") return parameter.flatten_param().axis() == 1 && parameter.flatten_param().end_axis() == -1;
  return type == "ReLU" || type == "PReLU" || type == "Dropout";
}

std::optional<Graph> GraphBuilder::Build(int first, int last, const std::set<int>& exports) {
  graph_ = Graph();
  values_.clear();
  for (int layer = first; layer <= last; ++layer) {
    for (const int top : net_.top_ids(layer)) {
      if (!HasKnownShape(Blob(top))) return std::nullopt;
    }
    if (!Add(layer)) return std::nullopt;
  }
  for (const int blob : exports) {
    const auto value = values_.find(blob);
    if (value == values_.end()) continue;
    Operation operation;
    operation.kind = OperationKind::kExport;
    operation.blob = blob;
    operation.inputs = {value->second};
    const Operation& source = graph_.operations[value->second];
    operation.channels = source.channels;
    operation.height = source.height;
    operation.width = source.width;
    graph_.operations.push_back(std::move(operation));
  }
  graph_.Simplify();
  return std::move(graph_);
}

bool GraphBuilder::Add(int layer) {
  const std::string& type = Parameter(layer).type();
  for (const int bottom : net_.bottom_ids(layer)) {
    if (!Value(bottom).has_value()) return false;
  }
  if (type == "Split" || type == "Dropout") {
    AddAliases(layer);
    return true;
  }
  if (type == "Convolution") return AddConvolution(layer);
  if (type == "InnerProduct") return AddDense(layer);
  if (type == "Pooling") return AddPooling(layer);
  if (type == "ReLU" || type == "PReLU") return AddChannelwise(layer, OperationKind::kRectify);
  if (type == "BatchNorm" || type == "Scale") return AddChannelwise(layer, OperationKind::kAffine);
  if (type == "Softmax") return AddChannelwise(layer, OperationKind::kSoftmax);
  if (type == "Eltwise") return AddCombination(layer);
  if (type == "Concat") return AddConcatenation(layer);
  if (type == "Slice") return AddSlices(layer);
  if (type == "Flatten") return AddFlatten(layer);
  return false;
}

std::optional<int> GraphBuilder::Value(int blob) {
  const auto known = values_.find(blob);
  if (known != values_.end()) return known->second;
  const caffe::Blob<float>& source = Blob(blob);
  if (!HasKnownShape(source)) return std::nullopt;
  if (graph_.pictures == 0) graph_.pictures = source.shape(0);
  if (graph_.pictures != source.shape(0)) return std::nullopt;
  Operation operation;
  operation.blob = blob;
  operation.channels = source.shape(1);
  if (source.num_axes() == 4) {
    operation.height = source.shape(2);
    operation.width = source.shape(3);
  }
  graph_.operations.push_back(std::move(operation));
  const int value = static_cast<int>(graph_.operations.size()) - 1;
  values_[blob] = value;
  return value;
}

std::vector<int> GraphBuilder::Values(const std::vector<int>& blobs) {
  std::vector<int> values;
  for (const int blob : blobs) values.push_back(values_.at(blob));
  return values;
}

Operation* GraphBuilder::AddTop(OperationKind kind, int layer, std::vector<int> inputs, int top) {
  const int blob = net_.top_ids(layer)[top];
  const caffe::Blob<float>& result = Blob(blob);
  if (result.shape(0) != graph_.pictures) return nullptr;
  Operation operation;
  operation.kind = kind;
  operation.layer = layer;
  operation.inputs = std::move(inputs);
  operation.channels = result.shape(1);
  if (result.num_axes() == 4) {
    operation.height = result.shape(2);
    operation.width = result.shape(3);
  }
  graph_.operations.push_back(std::move(operation));
  values_[blob] = static_cast<int>(graph_.operations.size()) - 1;
  return &graph_.operations.back();
}

bool GraphBuilder::AddConvolution(int layer) {
  if (Blob(net_.bottom_ids(layer)[0]).num_axes() != 4) return false;
  Operation* const operation = AddTop(OperationKind::kConvolution, layer, Values(net_.bottom_ids(layer)));
  if (operation == nullptr) return false;
  operation->window = ConvolutionWindow(Parameter(layer).convolution_param());
  operation->groups = static_cast<int>(Parameter(layer).convolution_param().group());
  return true;
}

bool GraphBuilder::AddDense(int layer) {
  const std::vector<int> inputs = Values(net_.bottom_ids(layer));
  Operation* const operation = AddTop(OperationKind::kDense, layer, inputs);
  if (operation == nullptr || operation->height != 1 || operation->width != 1) return false;
  const Operation& input = graph_.operations[inputs[0]];
  operation->window.kernel_height = input.height;
  operation->window.kernel_width = input.width;
  return true;
}

bool GraphBuilder::AddPooling(int layer) {
  const std::vector<int> inputs = Values(net_.bottom_ids(layer));
  const caffe::PoolingParameter& parameter = Parameter(layer).pooling_param();
  Operation* const operation = AddTop(OperationKind::kPooling, layer, inputs);
  if (operation == nullptr) return false;
  operation->window = PoolingWindow(parameter, Blob(net_.bottom_ids(layer)[0]));
  operation->maximum = parameter.pool() == caffe::PoolingParameter_PoolMethod_MAX;
  const Operation& input = graph_.operations[inputs[0]];
  const Window& window = operation->window;
  // Rounded up, the last window can lie outside altogether.
  return (operation->height - 1) * window.stride_height - window.pad_height < input.height &&
         (operation->width - 1) * window.stride_width - window.pad_width < input.width;
}

bool GraphBuilder::AddChannelwise(int layer, OperationKind kind) {
  return AddTop(kind, layer, Values(net_.bottom_ids(layer))) != nullptr;
}

bool GraphBuilder::AddCombination(int layer) {
  const caffe::EltwiseParameter& parameter = Parameter(layer).eltwise_param();
  const std::vector<int> inputs = Values(net_.bottom_ids(layer));
  Operation* const operation = AddTop(OperationKind::kCombine, layer, inputs);
  if (operation == nullptr) return false;
  operation->coefficients.assign(inputs.size(), 1.0f);
  switch (parameter.operation()) {
    case caffe::EltwiseParameter_EltwiseOp_SUM:
      operation->combination = Combination::kSum;
      for (int i = 0; i < parameter.coeff_size(); ++i) operation->coefficients[i] = parameter.coeff(i);
      return true;
    case caffe::EltwiseParameter_EltwiseOp_PROD:
      operation->combination = Combination::kProduct;
      return true;
    case caffe::EltwiseParameter_EltwiseOp_MAX:
      operation->combination = Combination::kMaximum;
      return true;
  }
  return false;
}

bool GraphBuilder::AddConcatenation(int layer) {
  return AddTop(OperationKind::kConcatenate, layer, Values(net_.bottom_ids(layer))) != nullptr;
}

bool GraphBuilder::AddSlices(int layer) {
  const std::vector<int> inputs = Values(net_.bottom_ids(layer));
  int first_channel = 0;
  for (std::size_t i = 0; i < net_.top_ids(layer).size(); ++i) {
    Operation* const operation = AddTop(OperationKind::kSlice, layer, inputs, static_cast<int>(i));
    if (operation == nullptr) return false;
    operation->first_channel = first_channel;
    first_channel += operation->channels;
  }
  return true;
}

bool GraphBuilder::AddFlatten(int layer) {
  return AddTop(OperationKind::kFlatten, layer, Values(net_.bottom_ids(layer))) != nullptr;
}

void GraphBuilder::AddAliases(int layer) {
  const int value = values_.at(net_.bottom_ids(layer)[0]);
  for (const int top : net_.top_ids(layer)) values_[top] = value;
}

}  // namespace engine
}  // namespace caffesharp
