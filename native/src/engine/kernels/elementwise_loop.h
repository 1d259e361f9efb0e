// The loop of a function of each value alone. Included by files of kernels.
#ifndef CAFFESHARP_SRC_ENGINE_KERNELS_ELEMENTWISE_LOOP_H_
#define CAFFESHARP_SRC_ENGINE_KERNELS_ELEMENTWISE_LOOP_H_

#include "engine/kernels/elementwise_kernels.h"
#include "engine/kernels/kernel_source.h"

namespace caffesharp {
namespace engine {

namespace {

template <int kLanes, typename Function>
inline void ForEachValue(const ElementwiseRow& row, Function&& function) {
  using S = Simd<kLanes>;
  for (int channel = 0; channel < row.channels; ++channel) {
    const float* const input = row.input + channel * row.input_channel_step;
    float* const output = row.output + channel * row.output_channel_step;
    for (int x = 0; x < row.vectors; ++x) {
      S::Store(output + x * kLanes, function(channel, S::Load(input + x * kLanes)));
    }
  }
}

}  // namespace

}  // namespace engine
}  // namespace caffesharp

#endif  // CAFFESHARP_SRC_ENGINE_KERNELS_ELEMENTWISE_LOOP_H_
