// How images become lanes.
#ifndef CAFFESHARP_SRC_ENGINE_KERNELS_INTERLEAVE_KERNELS_H_
#define CAFFESHARP_SRC_ENGINE_KERNELS_INTERLEAVE_KERNELS_H_

#include <cstddef>

namespace caffesharp {
namespace engine {

struct InterleaveKernels {
  // length values of each of count <= lanes images that lie image_step apart, to value after value of all images.
  // Missing images are 0.
  void (*interleave)(const float* images, std::ptrdiff_t image_step, int count, int length, float* values);
};

template <int kSet>
struct InterleaveFamily {
  static const InterleaveKernels* ByLanes();
};

}  // namespace engine
}  // namespace caffesharp

#endif  // CAFFESHARP_SRC_ENGINE_KERNELS_INTERLEAVE_KERNELS_H_
