// How images become lanes.
#ifndef CAFFESHARP_SRC_ENGINE_KERNELS_INTERLEAVE_KERNELS_H_
#define CAFFESHARP_SRC_ENGINE_KERNELS_INTERLEAVE_KERNELS_H_

#include <cstddef>

namespace caffesharp {
namespace engine {

struct InterleaveKernels {
  // length values of each of count <= lanes pictures that lie picture_step apart, to value after value of all pictures.
  // Missing pictures are 0.
  void (*interleave)(const float* pictures, std::ptrdiff_t picture_step, int count, int length, float* values);
};

template <int kSet>
struct InterleaveFamily {
  static const InterleaveKernels* ByLanes();
};

}  // namespace engine
}  // namespace caffesharp

#endif  // CAFFESHARP_SRC_ENGINE_KERNELS_INTERLEAVE_KERNELS_H_
