// Reads the graph of a run of layers from a net that Caffe made.
#ifndef CAFFESHARP_SRC_ENGINE_GRAPH_GRAPH_BUILDER_H_
#define CAFFESHARP_SRC_ENGINE_GRAPH_GRAPH_BUILDER_H_

#include <caffe/net.hpp>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include "engine/graph/graph.h"

namespace caffesharp {
namespace engine {

// Whether a graph can hold the layer, as far as its definition tells.
bool SupportsLayer(const caffe::Net<float>& net, int layer);

class GraphBuilder {
 public:
  explicit GraphBuilder(const caffe::Net<float>& net) : net_(net) {}

  // The layers from first to last, all of which SupportsLayer, in the shapes that the blobs have now; writes the blobs
  // of exports. Nothing if a shape is beyond what a graph can hold.
  std::optional<Graph> Build(int first, int last, const std::set<int>& exports);

  // For operators, while they add a layer. Operations are found by their index in the graph.
  const caffe::LayerParameter& Parameter(int layer) const { return net_.layers()[layer]->layer_param(); }
  const caffe::Blob<float>& Bottom(int layer) const { return Blob(net_.bottom_ids(layer)[0]); }
  int TopCount(int layer) const { return static_cast<int>(net_.top_ids(layer).size()); }
  // The operations whose results the layer's bottoms are.
  std::vector<int> Inputs(int layer) const;
  const Operation& operation(int index) const { return graph_.operations[index]; }
  // An operation that reads the layer's bottoms and has the shape of a top; its result is the top from now on. Null
  // where a graph cannot hold the shape.
  Operation* AddTop(const Operator& kind, int layer, int top = 0);
  // The tops are what the bottom is.
  void AddAliases(int layer);

 private:
  bool Add(int layer);
  const caffe::Blob<float>& Blob(int blob) const { return *net_.blobs()[blob]; }
  // The operation whose result the blob is by now.
  std::optional<int> Value(int blob);

  const caffe::Net<float>& net_;
  Graph graph_;
  std::map<int, int> values_;
};

}  // namespace engine
}  // namespace caffesharp

#endif  // CAFFESHARP_SRC_ENGINE_GRAPH_GRAPH_BUILDER_H_
