#include "engine/kernels/combination_kernels.h"

#include "engine/kernels/kernel_source.h"

namespace caffesharp {
namespace engine {
namespace {

template <int kLanes>
void Combine(const CombinationRow& row) {
  using S = Simd<kLanes>;
  using Vector = typename S::Vector;
  for (int channel = 0; channel < row.channels; ++channel) {
    const float* const input = row.input + channel * row.input_channel_step;
    float* const output = row.output + channel * row.output_channel_step;
    for (int x = 0; x < row.vectors; ++x) {
      Vector value = S::Load(input + x * kLanes) * row.coefficient;
      if (row.accumulate) {
        const Vector before = S::Load(output + x * kLanes);
        switch (row.combination) {
          case Combination::kSum:
            value = before + value;
            break;
          case Combination::kProduct:
            value = before * value;
            break;
          case Combination::kMaximum:
            value = row.keeps_output ? S::Maximum(value, before) : S::Maximum(before, value);
            break;
        }
      }
      S::Store(output + x * kLanes, value);
    }
  }
}

struct CombinationMaker {
  template <int kLanes>
  static constexpr CombinationKernels Make() {
    return {Combine<kLanes>};
  }
};

}  // namespace

template <int kSet>
const CombinationKernels* CombinationFamily<kSet>::ByLanes() {
  return kByLanes<CombinationMaker>;
}
template struct CombinationFamily<kInstructionSet>;

}  // namespace engine
}  // namespace caffesharp
