#include "engine/graph/graph_builder.h"

#include <algorithm>
#include <string>
#include <utility>

#include "engine/graph/operator.h"
#include "engine/graph/operator_table.h"
#include "engine/operators/engine_operators.h"

namespace caffesharp {
namespace engine {
namespace {

// Images of channels of rows, or of channels alone.
bool HasKnownShape(const caffe::Blob<float>& blob) {
  return (blob.num_axes() == 4 || blob.num_axes() == 2) && blob.count() > 0;
}

}  // namespace

bool SupportsLayer(const caffe::Net<float>& net, int layer) {
  const std::vector<int>& tops = net.top_ids(layer);
  const std::vector<int>& inputs = net.input_blob_indices();
  for (std::size_t i = 0; i < tops.size(); ++i) {
    if (net.layers()[layer]->loss(static_cast<int>(i)) != 0) return false;
    if (std::find(inputs.begin(), inputs.end(), tops[i]) != inputs.end()) return false;
  }
  const Operator* const kind = OperatorOf(net.layers()[layer]->layer_param().type());
  return kind != nullptr && kind->Supports(net, layer);
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
    operation.kind = &ExportOperator();
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
  for (const int bottom : net_.bottom_ids(layer)) {
    if (!Value(bottom).has_value()) return false;
  }
  return OperatorOf(Parameter(layer).type())->Add(this, layer);
}

std::optional<int> GraphBuilder::Value(int blob) {
  const auto known = values_.find(blob);
  if (known != values_.end()) return known->second;
  const caffe::Blob<float>& source = Blob(blob);
  if (!HasKnownShape(source)) return std::nullopt;
  if (graph_.images == 0) graph_.images = source.shape(0);
  if (graph_.images != source.shape(0)) return std::nullopt;
  Operation operation;
  operation.kind = &ImportOperator();
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

std::vector<int> GraphBuilder::Inputs(int layer) const {
  std::vector<int> values;
  for (const int blob : net_.bottom_ids(layer)) values.push_back(values_.at(blob));
  return values;
}

Operation* GraphBuilder::AddTop(const Operator& kind, int layer, int top) {
  const int blob = net_.top_ids(layer)[top];
  const caffe::Blob<float>& result = Blob(blob);
  if (result.shape(0) != graph_.images) return nullptr;
  Operation operation;
  operation.kind = &kind;
  operation.layer = layer;
  operation.inputs = Inputs(layer);
  operation.channels = result.shape(1);
  if (result.num_axes() == 4) {
    operation.height = result.shape(2);
    operation.width = result.shape(3);
  }
  graph_.operations.push_back(std::move(operation));
  values_[blob] = static_cast<int>(graph_.operations.size()) - 1;
  return &graph_.operations.back();
}

void GraphBuilder::AddAliases(int layer) {
  const int value = values_.at(net_.bottom_ids(layer)[0]);
  for (const int top : net_.top_ids(layer)) values_[top] = value;
}

}  // namespace engine
}  // namespace caffesharp
