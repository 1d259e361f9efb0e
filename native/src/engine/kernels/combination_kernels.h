// The inner loop of sums, products and maxima of several inputs.
#ifndef CAFFESHARP_SRC_ENGINE_KERNELS_COMBINATION_KERNELS_H_
#define CAFFESHARP_SRC_ENGINE_KERNELS_COMBINATION_KERNELS_H_

#include <cstddef>

namespace caffesharp {
namespace engine {

// output = (accumulate ? output : 0) combined with coefficient * input.
enum class Combination { kSum, kProduct, kMaximum };

struct CombinationRow {
  const float* input;
  std::ptrdiff_t input_channel_step;
  float coefficient;
  bool accumulate;
  // Of a maximum with NaN: the output is kept; otherwise the input is taken.
  bool keeps_output;
  Combination combination;
  float* output;
  std::ptrdiff_t output_channel_step;
  int channels;
  int vectors;
};

struct CombinationKernels {
  void (*combine)(const CombinationRow& row);
};

template <int kSet>
struct CombinationFamily {
  static const CombinationKernels* ByLanes();
};

}  // namespace engine
}  // namespace caffesharp

#endif  // CAFFESHARP_SRC_ENGINE_KERNELS_COMBINATION_KERNELS_H_
