// Flatten: channels, rows and columns become channels.
#include "engine/graph/operator_table.h"
#include "engine/operators/parts/copy_channels.h"

namespace caffesharp {
namespace engine {
namespace {

class Flatten final : public Operator {
 public:
  std::vector<const char*> LayerTypes() const override { return {"Flatten"}; }

  bool Supports(const caffe::Net<float>& net, int layer) const override {
    const auto& flatten = net.layers()[layer]->layer_param().flatten_param();
    return Operator::Supports(net, layer) && flatten.axis() == 1 && flatten.end_axis() == -1;
  }

  Rows InputRows(const Operation& /*operation*/, const Operation& input, Rows /*rows*/) const override {
    return {0, input.height};
  }

  int ReachableEnd(const Operation& /*operation*/, int /*input_end*/) const override { return 0; }

  void Run(const Worker& worker, int index, Rows /*rows*/) const override {
    const int input = worker.Of(index).inputs[0];
    const Operation& source = worker.Of(input);
    const PlannedOperation& from = worker.Planned(input);
    const PlannedOperation& to = worker.Planned(index);
    float* target = worker.Row(index, 0);
    for (int channel = 0; channel < source.channels; ++channel) {
      for (int row = 0; row < source.height; ++row) {
        const float* const values = worker.Row(input, row) + channel * from.channel_step;
        for (int x = 0; x < source.width; ++x) {
          CopyFloats(values + x * from.pixel_step, to.pixel_step, target);
          target += to.channel_step;
        }
      }
    }
  }
};

const RegisteredOperator<Flatten> flatten;

}  // namespace
}  // namespace engine
}  // namespace caffesharp
