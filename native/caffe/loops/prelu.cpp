// A channel of an image at a time.
#include <algorithm>
#include <cstddef>

#include "caffesharp_caffe/prelu_source.h"

namespace {

inline float Rectified(float value, float slope) { return std::max(value, 0.0f) + slope * std::min(value, 0.0f); }

}  // namespace

namespace caffe {

template <>
void PReLULayer<float>::Forward_cpu(const std::vector<Blob<float>*>& bottom, const std::vector<Blob<float>*>& top) {
  const float* from = bottom[0]->cpu_data();
  float* to = top[0]->mutable_cpu_data();
  const bool in_place = bottom[0] == top[0];
  if (in_place) caffe_copy(bottom[0]->count(), from, bottom_memory_.mutable_cpu_data());
  const std::ptrdiff_t size = bottom[0]->count(2);
  const int channels = bottom[0]->channels();
  const float* const slopes = this->blobs_[0]->cpu_data();
  const int images = bottom[0]->shape(0);
  for (int image = 0; image < images; ++image) {
    for (int channel = 0; channel < channels; ++channel, from += size, to += size) {
      const float slope = slopes[channel_shared_ ? 0 : channel];
      // Two loops, for the compiler has no vectors where either may overlap the other.
      if (in_place) {
        for (std::ptrdiff_t i = 0; i < size; ++i) to[i] = Rectified(to[i], slope);
      } else {
        for (std::ptrdiff_t i = 0; i < size; ++i) to[i] = Rectified(from[i], slope);
      }
    }
  }
}

}  // namespace caffe
