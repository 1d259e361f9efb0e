#include "engine/kernels/interleave_kernels.h"

#include "engine/kernels/kernel_source.h"

namespace caffesharp {
namespace engine {
namespace {

template <int kLanes>
void Interleave(const float* images, std::ptrdiff_t image_step, int count, int length, float* values) {
  using S = Simd<kLanes>;
  using Vector = typename S::Vector;
  int i = 0;
  if (count == kLanes) {
    for (; i + kLanes <= length; i += kLanes) {
      Vector square[kLanes];
#pragma GCC unroll 16
      for (int image = 0; image < kLanes; ++image) square[image] = S::Load(images + image * image_step + i);
      Transpose<kLanes>(square);
#pragma GCC unroll 16
      for (int value = 0; value < kLanes; ++value) S::Store(values + (i + value) * kLanes, square[value]);
    }
  }
  for (; i < length; ++i) {
    for (int image = 0; image < kLanes; ++image) {
      values[i * kLanes + image] = image < count ? images[image * image_step + i] : 0.0f;
    }
  }
}

struct InterleaveMaker {
  template <int kLanes>
  static constexpr InterleaveKernels Make() {
    return {Interleave<kLanes>};
  }
};

}  // namespace

template <int kSet>
const InterleaveKernels* InterleaveFamily<kSet>::ByLanes() {
  return kByLanes<InterleaveMaker>;
}
template struct InterleaveFamily<kInstructionSet>;

}  // namespace engine
}  // namespace caffesharp
