// Negative values times a slope, by channel.
#include "engine/kernels/elementwise_loop.h"

namespace caffesharp {
namespace engine {

template <int kSet>
struct RectifyFamily {
  static const ElementwiseKernel* ByLanes();
};

namespace {

template <int kLanes>
void Rectify(const ElementwiseRow& row) {
  using Vector = typename Simd<kLanes>::Vector;
  ForEachValue<kLanes>(
      // The added zero makes 0 of -0, as Caffe's formula does; it is part of a fused multiply-add.
      row, [&row](int channel, Vector value) -> Vector {
        return value > 0 ? value : value * row.scale[channel] + Vector{};
      });
}

struct RectifyMaker {
  template <int kLanes>
  static constexpr ElementwiseKernel Make() {
    return Rectify<kLanes>;
  }
};

}  // namespace

template <int kSet>
const ElementwiseKernel* RectifyFamily<kSet>::ByLanes() {
  return kByLanes<RectifyMaker>;
}
template struct RectifyFamily<kInstructionSet>;

}  // namespace engine
}  // namespace caffesharp
