// Slopes of ReLU and PReLU, which convolutions and inner products apply as they go.
#ifndef CAFFESHARP_SRC_ENGINE_OPERATORS_PARTS_SLOPES_H_
#define CAFFESHARP_SRC_ENGINE_OPERATORS_PARTS_SLOPES_H_

#include <caffe/blob.hpp>
#include <vector>

#include "engine/parameters/packing.h"

namespace caffesharp {
namespace engine {

// One slope per channel: constants holds ReLU's, which all have; without it parameters are PReLU's.
inline void PackSlopes(const std::vector<float>& constants,
                       const std::vector<boost::shared_ptr<caffe::Blob<float>>>& parameters, int channels,
                       WorkingFloats* slopes) {
  if (!constants.empty()) {
    slopes->assign(static_cast<std::size_t>(channels), constants[0]);
    return;
  }
  const caffe::Blob<float>& blob = *parameters[0];
  slopes->resize(static_cast<std::size_t>(channels));
  for (int channel = 0; channel < channels; ++channel) {
    (*slopes)[channel] = blob.cpu_data()[blob.count() == 1 ? 0 : channel];
  }
}

}  // namespace engine
}  // namespace caffesharp

#endif  // CAFFESHARP_SRC_ENGINE_OPERATORS_PARTS_SLOPES_H_
