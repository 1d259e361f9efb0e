// The inner loop of inner products of single images.
#ifndef CAFFESHARP_SRC_ENGINE_KERNELS_DENSE_KERNELS_H_
#define CAFFESHARP_SRC_ENGINE_KERNELS_DENSE_KERNELS_H_

#include <cstddef>

namespace caffesharp {
namespace engine {

// Output channels that the kernel computes at a time.
constexpr int kDenseBlock = 64;

// All outputs of an inner product of one image; fields as in ConvolutionRow. Blocks have kDenseBlock channels;
// weights and biases of the last are filled up.
struct DenseRow {
  const float* input;
  const std::ptrdiff_t* taps;
  std::ptrdiff_t tap_count;
  const float* weights;
  int channels;
  const float* bias;
  const float* slopes;
  float* output;
  std::ptrdiff_t output_channel_step;
};

struct DenseKernels {
  void (*dense)(const DenseRow& row);
};

template <int kSet>
struct DenseFamily {
  static const DenseKernels* ByLanes();
};

}  // namespace engine
}  // namespace caffesharp

#endif  // CAFFESHARP_SRC_ENGINE_KERNELS_DENSE_KERNELS_H_
