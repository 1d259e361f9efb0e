// ReLU and PReLU: negative values times a slope, by channel.
#include "engine/operators/parts/elementwise.h"
#include "engine/operators/parts/slopes.h"

namespace caffesharp {
namespace engine {

template <int kSet>
struct RectifyFamily {
  static const ElementwiseKernel* ByLanes();
};

namespace {

class Rectify : public ElementwiseOperator {
 public:
  bool FoldInto(const Operation& operation, Operation* source) const final {
    if (!source->kind->AppliesSlopes() || source->slope_layer >= 0) return false;
    source->slope_layer = operation.layer;
    source->slope_constants = operation.constants;
    return true;
  }

  void Pack(const PackingRequest& request, PackedLayer* packed) const final {
    PackSlopes(request.constants, request.parameters, request.channels, &packed->weights);
  }

 protected:
  ~Rectify() = default;

  ElementwiseKernel Kernel(const KernelSet& kernels, int lanes) const final { return kernels.Of<RectifyFamily>(lanes); }
};

class ReLU final : public Rectify {
 public:
  std::vector<const char*> LayerTypes() const override { return {"ReLU"}; }

  std::vector<float> Constants(const caffe::LayerParameter& layer) const override {
    return {layer.relu_param().negative_slope()};
  }
};

class PReLU final : public Rectify {
 public:
  std::vector<const char*> LayerTypes() const override { return {"PReLU"}; }
};

const RegisteredOperator<ReLU> relu;
const RegisteredOperator<PReLU> prelu;

}  // namespace
}  // namespace engine
}  // namespace caffesharp
