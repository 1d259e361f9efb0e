// ELU: exp(x) - 1 of negative values, times a factor.
#include "engine/operators/parts/elementwise.h"

namespace caffesharp {
namespace engine {

template <int kSet>
struct EluFamily {
  static const ElementwiseKernel* ByLanes();
};

namespace {

class Elu final : public ElementwiseOperator {
 public:
  std::vector<const char*> LayerTypes() const override { return {"ELU"}; }

  std::vector<float> Constants(const caffe::LayerParameter& layer) const override {
    return {layer.elu_param().alpha()};
  }

  void Pack(const PackingRequest& request, PackedLayer* packed) const override {
    packed->weights.assign(static_cast<std::size_t>(request.channels), request.constants[0]);
  }

 protected:
  ElementwiseKernel Kernel(const KernelSet& kernels, int lanes) const override { return kernels.Of<EluFamily>(lanes); }
};

const RegisteredOperator<Elu> elu;

}  // namespace
}  // namespace engine
}  // namespace caffesharp
