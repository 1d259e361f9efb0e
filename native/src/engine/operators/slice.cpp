// Slice of channels.
#include "engine/graph/graph_builder.h"
#include "engine/graph/operator_table.h"
#include "engine/operators/parts/copy_channels.h"

namespace caffesharp {
namespace engine {
namespace {

class Slice final : public Operator {
 public:
  std::vector<const char*> LayerTypes() const override { return {"Slice"}; }

  bool Supports(const caffe::Net<float>& net, int layer) const override {
    const auto& slice = net.layers()[layer]->layer_param().slice_param();
    // Of one top alone Caffe makes a view.
    return net.bottom_ids(layer).size() == 1 && net.top_ids(layer).size() > 1 && slice.axis() == 1 &&
           !slice.has_slice_dim();
  }

  bool Add(GraphBuilder* builder, int layer) const override {
    // The first top may have the bottom's name.
    const std::vector<int> inputs = builder->Inputs(layer);
    int first_channel = 0;
    for (int top = 0; top < builder->TopCount(layer); ++top) {
      Operation* const operation = builder->AddTop(*this, layer, top);
      if (operation == nullptr) return false;
      operation->inputs = inputs;
      operation->first_channel = first_channel;
      first_channel += operation->channels;
    }
    return true;
  }

  void Run(const Worker& worker, int index, Rows rows) const override {
    const Operation& operation = worker.Of(index);
    for (int row = rows.begin; row < rows.end; ++row) {
      CopyChannels(worker, index, operation.inputs[0], operation.first_channel, 0, operation.channels, row);
    }
  }
};

const RegisteredOperator<Slice> slice;

}  // namespace
}  // namespace engine
}  // namespace caffesharp
