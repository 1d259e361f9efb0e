// Concat of channels.
#include "engine/graph/operator_table.h"
#include "engine/operators/parts/copy_channels.h"

namespace caffesharp {
namespace engine {
namespace {

class Concatenate final : public Operator {
 public:
  std::vector<const char*> LayerTypes() const override { return {"Concat"}; }

  bool Supports(const caffe::Net<float>& net, int layer) const override {
    const auto& concat = net.layers()[layer]->layer_param().concat_param();
    // Of one bottom alone Caffe makes a view.
    return net.top_ids(layer).size() == 1 && net.bottom_ids(layer).size() > 1 && concat.axis() == 1 &&
           !concat.has_concat_dim();
  }

  void Run(const Worker& worker, int index, Rows rows) const override {
    for (int row = rows.begin; row < rows.end; ++row) {
      int first = 0;
      for (const int input : worker.Of(index).inputs) {
        CopyChannels(worker, index, input, 0, first, worker.Of(input).channels, row);
        first += worker.Of(input).channels;
      }
    }
  }
};

const RegisteredOperator<Concatenate> concatenate;

}  // namespace
}  // namespace engine
}  // namespace caffesharp
