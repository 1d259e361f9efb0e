// Times a factor, plus a term, by channel.
#include "engine/kernels/elementwise_loop.h"

namespace caffesharp {
namespace engine {

template <int kSet>
struct AffineFamily {
  static const ElementwiseKernel* ByLanes();
};

namespace {

template <int kLanes>
void Affine(const ElementwiseRow& row) {
  using Vector = typename Simd<kLanes>::Vector;
  ForEachValue<kLanes>(
      row, [&row](int channel, Vector value) -> Vector { return value * row.scale[channel] + row.shift[channel]; });
}

struct AffineMaker {
  template <int kLanes>
  static constexpr ElementwiseKernel Make() {
    return Affine<kLanes>;
  }
};

}  // namespace

template <int kSet>
const ElementwiseKernel* AffineFamily<kSet>::ByLanes() {
  return kByLanes<AffineMaker>;
}
template struct AffineFamily<kInstructionSet>;

}  // namespace engine
}  // namespace caffesharp
