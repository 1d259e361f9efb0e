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
bool KnowsLayer(const caffe::Net<float>& net, int layer);

class GraphBuilder {
 public:
  explicit GraphBuilder(const caffe::Net<float>& net) : net_(net) {}

  // The layers from first to last, all of which KnowsLayer, in the shapes that the blobs have now; writes the blobs of
  // exports. Nothing where a shape is beyond what a graph can hold.
  std::optional<Graph> Build(int first, int last, const std::set<int>& exports);

 private:
  bool Add(int layer);
  bool AddConvolution(int layer);
  bool AddDense(int layer);
  bool AddPooling(int layer);
  bool AddChannelwise(int layer, OperationKind kind);
  bool AddCombination(int layer);
  bool AddConcatenation(int layer);
  bool AddSlices(int layer);
  bool AddFlatten(int layer);
  void AddAliases(int layer);

  const caffe::LayerParameter& Parameter(int layer) const { return net_.layers()[layer]->layer_param(); }
  const caffe::Blob<float>& Blob(int blob) const { return *net_.blobs()[blob]; }
  // The operation whose result the blob is by now.
  std::optional<int> Value(int blob);
  std::vector<int> Values(const std::vector<int>& blobs);
  // An operation with the shape of a top; its result is the top from now on.
  Operation* AddTop(OperationKind kind, int layer, std::vector<int> inputs, int top = 0);

  const caffe::Net<float>& net_;
  Graph graph_;
  std::map<int, int> values_;
};

}  // namespace engine
}  // namespace caffesharp

#endif  // CAFFESHARP_SRC_ENGINE_GRAPH_GRAPH_BUILDER_H_
