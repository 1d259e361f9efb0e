// Copies of values, and of channels from one operation's result to another's.
#ifndef CAFFESHARP_SRC_ENGINE_OPERATORS_PARTS_COPY_CHANNELS_H_
#define CAFFESHARP_SRC_ENGINE_OPERATORS_PARTS_COPY_CHANNELS_H_

#include <cstddef>
#include <cstring>

#include "engine/schedule/worker.h"

namespace caffesharp {
namespace engine {

inline void CopyFloats(const float* from, std::ptrdiff_t count, float* to) {
  std::memcpy(to, from, static_cast<std::size_t>(count) * sizeof(float));
}

// Some channels of a row of the input's result, from first_from on, become those of the operation's from first_to on.
inline void CopyChannels(const Worker& worker, int index, int input, int first_from, int first_to, int channels,
                         int row) {
  const PlannedOperation& from = worker.Planned(input);
  const PlannedOperation& to = worker.Planned(index);
  for (int channel = 0; channel < channels; ++channel) {
    CopyFloats(worker.Row(input, row) + (first_from + channel) * from.channel_step,
               worker.Of(index).width * to.pixel_step, worker.Row(index, row) + (first_to + channel) * to.channel_step);
  }
}

}  // namespace engine
}  // namespace caffesharp

#endif  // CAFFESHARP_SRC_ENGINE_OPERATORS_PARTS_COPY_CHANNELS_H_
