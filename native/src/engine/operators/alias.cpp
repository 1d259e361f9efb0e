// Split, and Dropout in the test phase: the tops are the bottom. No operation of a graph is of this kind.
#include "community/community_layer.h"
#include "engine/graph/graph_builder.h"
#include "engine/graph/operator_table.h"

namespace caffesharp {
namespace engine {
namespace {

class Alias : public Operator {
 public:
  bool Add(GraphBuilder* builder, int layer) const final {
    builder->AddAliases(layer);
    return true;
  }

  void Run(const Worker& /*worker*/, int /*index*/, Rows /*rows*/) const final {}

 protected:
  ~Alias() = default;
};

class Split final : public Alias {
 public:
  std::vector<const char*> LayerTypes() const override { return {"Split"}; }

  bool Supports(const caffe::Net<float>& net, int layer) const override { return net.bottom_ids(layer).size() == 1; }
};

class Dropout final : public Alias {
 public:
  std::vector<const char*> LayerTypes() const override { return {"Dropout"}; }

  // A fork's Dropout changes its values in the phase TEST, too.
  bool Supports(const caffe::Net<float>& net, int layer) const override {
    return Operator::Supports(net, layer) && !community::IsVariant(net.layers()[layer]->layer_param());
  }
};

const RegisteredOperator<Split> split;
const RegisteredOperator<Dropout> dropout;

}  // namespace
}  // namespace engine
}  // namespace caffesharp
