// Over the channels of each place.
#include "engine/kernels/elementwise_kernels.h"
#include "engine/kernels/kernel_source.h"

namespace caffesharp {
namespace engine {

template <int kSet>
struct SoftmaxFamily {
  static const ElementwiseKernel* ByLanes();
};

namespace {

template <int kLanes>
void Softmax(const ElementwiseRow& row) {
  using S = Simd<kLanes>;
  using Vector = typename S::Vector;
  for (int x = 0; x < row.vectors; ++x) {
    const float* const input = row.input + x * kLanes;
    float* const output = row.output + x * kLanes;
    Vector largest = S::Load(input);
    for (int channel = 1; channel < row.channels; ++channel) {
      largest = S::Maximum(S::Load(input + channel * row.input_channel_step), largest);
    }
    Vector sum = {};
    for (int channel = 0; channel < row.channels; ++channel) {
      const Vector value = S::Exponential(S::Load(input + channel * row.input_channel_step) - largest);
      sum += value;
      S::Store(output + channel * row.output_channel_step, value);
    }
    for (int channel = 0; channel < row.channels; ++channel) {
      float* const at = output + channel * row.output_channel_step;
      S::Store(at, S::Load(at) / sum);
    }
  }
}

struct SoftmaxMaker {
  template <int kLanes>
  static constexpr ElementwiseKernel Make() {
    return Softmax<kLanes>;
  }
};

}  // namespace

template <int kSet>
const ElementwiseKernel* SoftmaxFamily<kSet>::ByLanes() {
  return kByLanes<SoftmaxMaker>;
}
template struct SoftmaxFamily<kInstructionSet>;

}  // namespace engine
}  // namespace caffesharp
