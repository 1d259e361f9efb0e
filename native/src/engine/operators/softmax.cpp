// Softmax over the channels.
#include "engine/operators/parts/elementwise.h"

namespace caffesharp {
namespace engine {

template <int kSet>
struct SoftmaxFamily {
  static const ElementwiseKernel* ByLanes();
};

namespace {

class Softmax final : public ElementwiseOperator {
 public:
  std::vector<const char*> LayerTypes() const override { return {"Softmax"}; }

  bool Supports(const caffe::Net<float>& net, int layer) const override {
    return Operator::Supports(net, layer) && net.layers()[layer]->layer_param().softmax_param().axis() == 1;
  }

 protected:
  ElementwiseKernel Kernel(const KernelSet& kernels, int lanes) const override {
    return kernels.Of<SoftmaxFamily>(lanes);
  }
  bool IsPacked() const override { return false; }
};

const RegisteredOperator<Softmax> softmax;

}  // namespace
}  // namespace engine
}  // namespace caffesharp
