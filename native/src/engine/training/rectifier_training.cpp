#include "engine/training/rectifier_training.h"

namespace caffesharp {
namespace engine {
namespace {

// A value read, computed and written takes about as long as so many multiply-adds.
constexpr double kCostOfValue = 32;

}  // namespace

RectifierTraining::RectifierTraining(const LayerInNet& place)
    : place_(place),
      has_slopes_(!place.layer->blobs().empty()),
      shares_slope_(place.layer->layer_param().prelu_param().channel_shared()),
      fixed_slope_(place.layer->layer_param().relu_param().negative_slope()) {}

bool RectifierTraining::Supports() const { return place_.bottom->num_axes() >= 2 && place_.bottom->count() > 0; }

RectifierTraining::Sizes RectifierTraining::Measure() const {
  Sizes sizes;
  sizes.images = place_.bottom->shape(0);
  sizes.channels = place_.bottom->shape(1);
  sizes.pixels = place_.bottom->count(2);
  sizes.parts = ParallelRunner::Parts(sizes.images, kCostOfValue * place_.bottom->count());
  return sizes;
}

void RectifierTraining::EachPlane(const Sizes& sizes, ParallelRunner* runner,
                                  const std::function<void(int, std::size_t, int)>& work) const {
  runner->Run(sizes.parts, 0, [&](int part, float*) {
    const int end = static_cast<int>(static_cast<long long>(sizes.images) * (part + 1) / sizes.parts);
    for (int image = static_cast<int>(static_cast<long long>(sizes.images) * part / sizes.parts); image < end;
         ++image) {
      for (int channel = 0; channel < sizes.channels; ++channel) {
        work(part, (std::size_t(image) * sizes.channels + channel) * sizes.pixels, channel);
      }
    }
  });
}

float RectifierTraining::Slope(const float* slopes, int channel) const {
  return has_slopes_ ? slopes[shares_slope_ ? 0 : channel] : fixed_slope_;
}

void RectifierTraining::Forward(ParallelRunner* runner) {
  const Sizes sizes = Measure();
  const float* const slopes = has_slopes_ ? place_.layer->blobs()[0]->cpu_data() : nullptr;
  const float* const bottom = place_.bottom->cpu_data();
  float* const top = place_.top->mutable_cpu_data();
  const bool keeps_input = has_slopes_ && bottom == top;
  input_.resize(keeps_input ? static_cast<std::size_t>(place_.bottom->count()) : 0);
  EachPlane(sizes, runner, [&](int, std::size_t offset, int channel) {
    runner->kernels().rectify(bottom + offset, Slope(slopes, channel), sizes.pixels,
                              keeps_input ? input_.data() + offset : nullptr, top + offset);
  });
}

void RectifierTraining::Backward(ParallelRunner* runner) {
  const Sizes sizes = Measure();
  const bool requires_slopes = has_slopes_ && place_.layer->param_propagate_down(0);
  const float* const slopes = has_slopes_ ? place_.layer->blobs()[0]->cpu_data() : nullptr;
  const float* const input = input_.empty() ? place_.bottom->cpu_data() : input_.data();
  const float* const top_gradients = place_.top->cpu_diff();
  float* const bottom_gradients = place_.requires_bottom_gradient ? place_.bottom->mutable_cpu_diff() : nullptr;
  const std::size_t channels = static_cast<std::size_t>(sizes.channels);
  part_gradients_.assign(channels * static_cast<std::size_t>(sizes.parts), 0.0f);
  EachPlane(sizes, runner, [&](int part, std::size_t offset, int channel) {
    part_gradients_[channels * static_cast<std::size_t>(part) + static_cast<std::size_t>(channel)] +=
        runner->kernels().rectify_gradients(input + offset, top_gradients + offset, Slope(slopes, channel),
                                            sizes.pixels,
                                            bottom_gradients == nullptr ? nullptr : bottom_gradients + offset);
  });
  if (!requires_slopes) return;
  float* const slope_gradients = place_.layer->blobs()[0]->mutable_cpu_diff();
  for (std::size_t i = 0; i < part_gradients_.size(); ++i) {
    slope_gradients[shares_slope_ ? 0 : i % channels] += part_gradients_[i];
  }
}

}  // namespace engine
}  // namespace caffesharp
