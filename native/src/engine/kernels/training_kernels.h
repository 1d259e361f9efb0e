// The inner loops of training.
#ifndef CAFFESHARP_SRC_ENGINE_KERNELS_TRAINING_KERNELS_H_
#define CAFFESHARP_SRC_ENGINE_KERNELS_TRAINING_KERNELS_H_

#include <cstddef>

namespace caffesharp {
namespace engine {

// One channel of one image of a maximum pooling layer.
struct MaximumPlane {
  const float* input;
  // Where the memory ends that may be read, at the end of this plane or later.
  const float* readable_end;
  int height;
  int width;
  int kernel_height;
  int kernel_width;
  int stride_height;
  int stride_width;
  int pad_height;
  int pad_width;
  int pooled_height;
  int pooled_width;
  float* output;
  // Where in the plane each maximum was; -1 if no value is above the lowest number.
  int* places;
};

struct TrainingKernels {
  // Negative values times a slope. copy, where it is not null, gets the input; output may be the input.
  void (*rectify)(const float* input, float slope, std::ptrdiff_t count, float* copy, float* output);
  // Gives the gradient of the slope, and writes that of the input, which may be null or gradients.
  float (*rectify_gradients)(const float* input, const float* gradients, float slope, std::ptrdiff_t count,
                             float* result);
  void (*maximum)(const MaximumPlane& plane);
};

template <int kSet>
struct TrainingFamily {
  static const TrainingKernels* ByLanes();
};

}  // namespace engine
}  // namespace caffesharp

#endif  // CAFFESHARP_SRC_ENGINE_KERNELS_TRAINING_KERNELS_H_
