// exp(x) - 1 of negative values, times a factor, by channel.
#include "engine/kernels/elementwise_loop.h"

namespace caffesharp {
namespace engine {

template <int kSet>
struct EluFamily {
  static const ElementwiseKernel* ByLanes();
};

namespace {

template <int kLanes>
void Elu(const ElementwiseRow& row) {
  using S = Simd<kLanes>;
  using Vector = typename S::Vector;
  ForEachValue<kLanes>(row, [&row](int channel, Vector value) -> Vector {
    return value > 0 ? value : (S::Exponential(value) - 1.0f) * row.scale[channel];
  });
}

struct EluMaker {
  template <int kLanes>
  static constexpr ElementwiseKernel Make() {
    return Elu<kLanes>;
  }
};

}  // namespace

template <int kSet>
const ElementwiseKernel* EluFamily<kSet>::ByLanes() {
  return kByLanes<EluMaker>;
}
template struct EluFamily<kInstructionSet>;

}  // namespace engine
}  // namespace caffesharp
