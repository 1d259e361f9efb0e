// The inner loops of pooling.
#ifndef CAFFESHARP_SRC_ENGINE_KERNELS_POOLING_KERNELS_H_
#define CAFFESHARP_SRC_ENGINE_KERNELS_POOLING_KERNELS_H_

#include <cstddef>

namespace caffesharp {
namespace engine {

// One output row of a pooling layer, all channels. Steps are in floats.
struct PoolingRow {
  // Column 0 of the first row of the window that lies inside; row_count of them do.
  const float* input;
  std::ptrdiff_t row_step;
  std::ptrdiff_t input_channel_step;
  int row_count;
  int width;
  int kernel;
  int stride;
  int pad;
  bool maximum;
  // For averages: 1 / the size of the window in either direction, padding included; by output column.
  float row_factor;
  const float* column_factors;
  int channels;
  int output_width;
  float* output;
  std::ptrdiff_t output_channel_step;
  // For pixel lanes: room for a row with what the last windows overhang.
  float* scratch;
};

struct PoolingKernels {
  void (*pool_pixels)(const PoolingRow& row);
  void (*pool_images)(const PoolingRow& row);
};

template <int kSet>
struct PoolingFamily {
  static const PoolingKernels* ByLanes();
};

}  // namespace engine
}  // namespace caffesharp

#endif  // CAFFESHARP_SRC_ENGINE_KERNELS_POOLING_KERNELS_H_
