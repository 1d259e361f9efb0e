#include "engine/kernels/dense_kernels.h"

#include "engine/kernels/kernel_source.h"

namespace caffesharp {
namespace engine {
namespace {

// Lanes are outputs here: a single value has none to spare.
template <int kLanes>
void Dense(const DenseRow& row) {
  using S = Simd<kLanes>;
  using Vector = typename S::Vector;
  constexpr int kVectors = 4;
  constexpr int kOutputs = kVectors * kLanes;
  static_assert(kDenseBlock % kOutputs == 0, "a block is computed in whole parts");
  for (int block = 0; block < row.channels; block += kDenseBlock) {
    const float* const block_weights = row.weights + row.tap_count * block;
    for (int part = 0; part < kDenseBlock && block + part < row.channels; part += kOutputs) {
      // From the bias on, as in a convolution: sums are the same bit for bit.
      Vector sums[kVectors];
#pragma GCC unroll 4
      for (int v = 0; v < kVectors; ++v) sums[v] = S::Load(row.bias + block + part + v * kLanes);
      const float* weights = block_weights + part;
      for (std::ptrdiff_t tap = 0; tap < row.tap_count; ++tap, weights += kDenseBlock) {
        const Vector value = S::Fill(row.input[row.taps[tap]]);
#pragma GCC unroll 4
        for (int v = 0; v < kVectors; ++v) sums[v] += value * S::Load(weights + v * kLanes);
      }
      float results[kOutputs];
#pragma GCC unroll 4
      for (int v = 0; v < kVectors; ++v) S::Store(results + v * kLanes, sums[v]);
      for (int i = 0; i < kOutputs && block + part + i < row.channels; ++i) {
        const int channel = block + part + i;
        const float sum = results[i];
        row.output[channel * row.output_channel_step] =
            row.slopes == nullptr || sum > 0 ? sum : sum * row.slopes[channel] + 0.0f;
      }
    }
  }
}

struct DenseMaker {
  template <int kLanes>
  static constexpr DenseKernels Make() {
    return {Dense<kLanes>};
  }
};

}  // namespace

template <int kSet>
const DenseKernels* DenseFamily<kSet>::ByLanes() {
  return kByLanes<DenseMaker>;
}
template struct DenseFamily<kInstructionSet>;

}  // namespace engine
}  // namespace caffesharp
