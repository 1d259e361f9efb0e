#include "engine/training/maximum_pooling_training.h"

#include <algorithm>

#include "engine/graph/layer_window.h"

namespace caffesharp {
namespace engine {

bool MaximumPoolingTraining::Supports() const { return place_.bottom->num_axes() == 4 && place_.top->count() > 0; }

void MaximumPoolingTraining::Forward(ParallelRunner* runner) {
  const caffe::Blob<float>& bottom = *place_.bottom;
  const Window window = PoolingWindow(place_.layer->layer_param().pooling_param(), bottom);
  MaximumPlane plane = {};
  plane.height = bottom.shape(2);
  plane.width = bottom.shape(3);
  plane.kernel_height = window.kernel_height;
  plane.kernel_width = window.kernel_width;
  plane.stride_height = window.stride_height;
  plane.stride_width = window.stride_width;
  plane.pad_height = window.pad_height;
  plane.pad_width = window.pad_width;
  plane.pooled_height = place_.top->shape(2);
  plane.pooled_width = place_.top->shape(3);
  plane.input = bottom.cpu_data();
  plane.readable_end = plane.input + bottom.count();
  plane.output = place_.top->mutable_cpu_data();
  places_.resize(static_cast<std::size_t>(place_.top->count()));
  plane.places = places_.data();
  const int channels = bottom.shape(1);
  runner->Run(bottom.shape(0), 0, [&](int image, float*) {
    MaximumPlane of_channel = plane;
    for (int channel = 0; channel < channels; ++channel) {
      const std::size_t index = std::size_t(image) * channels + channel;
      of_channel.input = plane.input + index * plane.height * plane.width;
      of_channel.output = plane.output + index * plane.pooled_height * plane.pooled_width;
      of_channel.places = plane.places + index * plane.pooled_height * plane.pooled_width;
      runner->kernels().maximum(of_channel);
    }
  });
}

void MaximumPoolingTraining::Backward(ParallelRunner* runner) {
  if (!place_.requires_bottom_gradient) return;
  const std::size_t size = static_cast<std::size_t>(place_.bottom->count(2));
  const std::size_t pooled_size = static_cast<std::size_t>(place_.top->count(2));
  const float* const top_gradients = place_.top->cpu_diff();
  float* const bottom_gradients = place_.bottom->mutable_cpu_diff();
  const int channels = place_.bottom->shape(1);
  runner->Run(place_.bottom->shape(0), 0, [&](int image, float*) {
    for (int channel = 0; channel < channels; ++channel) {
      const std::size_t index = std::size_t(image) * channels + channel;
      float* const plane = bottom_gradients + index * size;
      std::fill(plane, plane + size, 0.0f);
      const float* const from = top_gradients + index * pooled_size;
      const int* const places = places_.data() + index * pooled_size;
      for (std::size_t i = 0; i < pooled_size; ++i) {
        if (places[i] >= 0) plane[places[i]] += from[i];
      }
    }
  });
}

}  // namespace engine
}  // namespace caffesharp
