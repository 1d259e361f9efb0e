// Inner loops that make each value of a row of the values at its place. A file of kernels that has such a loop needs no
// header: it and the operator that uses it both declare the family, in the same words:
//
//   template <int kSet>
//   struct AffineFamily {
//     static const ElementwiseKernel* ByLanes();
//   };
#ifndef CAFFESHARP_SRC_ENGINE_KERNELS_ELEMENTWISE_KERNELS_H_
#define CAFFESHARP_SRC_ENGINE_KERNELS_ELEMENTWISE_KERNELS_H_

#include <cstddef>

namespace caffesharp {
namespace engine {

// One row, all channels.
struct ElementwiseRow {
  const float* input;
  std::ptrdiff_t input_channel_step;
  // By channel, what the function takes; null for what it does not.
  const float* scale;
  const float* shift;
  float* output;
  std::ptrdiff_t output_channel_step;
  int channels;
  int vectors;
};

using ElementwiseKernel = void (*)(const ElementwiseRow& row);

}  // namespace engine
}  // namespace caffesharp

#endif  // CAFFESHARP_SRC_ENGINE_KERNELS_ELEMENTWISE_KERNELS_H_
