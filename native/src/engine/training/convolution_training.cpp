#include "engine/training/convolution_training.h"

#include <algorithm>
#include <caffe/util/mkl_alternate.hpp>
#include <cstring>

#include "engine/graph/layer_window.h"

namespace caffesharp {
namespace engine {
namespace {

// Columns that make a matrix product worthwhile.
constexpr int kColumns = 256;
// Weights that one item adds up.
constexpr int kSumBlock = 4096;

int FirstOfPart(int part, int parts, int images) {
  return static_cast<int>(static_cast<long long>(images) * part / parts);
}

}  // namespace

ConvolutionTraining::ConvolutionTraining(const LayerInNet& place)
    : place_(place),
      window_(ConvolutionWindow(place.layer->layer_param().convolution_param())),
      groups_(static_cast<int>(place.layer->layer_param().convolution_param().group())),
      has_bias_(place.layer->layer_param().convolution_param().bias_term()) {}

bool ConvolutionTraining::Supports() const {
  return place_.bottom->num_axes() == 4 && place_.bottom->count() > 0 && place_.top->count() > 0;
}

ConvolutionTraining::Sizes ConvolutionTraining::Measure() const {
  Sizes sizes;
  sizes.images = place_.bottom->shape(0);
  sizes.channels = place_.bottom->shape(1) / groups_;
  sizes.height = place_.bottom->shape(2);
  sizes.width = place_.bottom->shape(3);
  sizes.outputs = place_.top->shape(1) / groups_;
  sizes.output_height = place_.top->shape(2);
  sizes.output_width = place_.top->shape(3);
  sizes.pixels = sizes.output_height * sizes.output_width;
  sizes.taps = sizes.channels * window_.kernel_height * window_.kernel_width;
  sizes.parts = ParallelRunner::Parts(sizes.images, double(sizes.taps) * place_.top->count());
  const int most = (sizes.images + sizes.parts - 1) / sizes.parts;
  sizes.together = std::clamp(kColumns / sizes.pixels, 1, most);
  return sizes;
}

Unfolding ConvolutionTraining::UnfoldingOf(const Sizes& sizes) const {
  return Unfolding(window_, sizes.channels, sizes.height, sizes.width, sizes.output_height, sizes.output_width);
}

void ConvolutionTraining::ForwardPart(const Sizes& sizes, const Unfolding& unfolding, int part, const float* bottom,
                                      const float* weights, const float* bias, float* top, float* scratch) const {
  const int image_size = sizes.channels * sizes.height * sizes.width;
  const int end = FirstOfPart(part + 1, sizes.parts, sizes.images);
  float* const columns = scratch;
  float* const results = scratch + std::size_t(sizes.taps) * sizes.pixels * sizes.together;
  for (int first = FirstOfPart(part, sizes.parts, sizes.images); first < end; first += sizes.together) {
    const int count = std::min(sizes.together, end - first);
    const int step = count * sizes.pixels;
    for (int group = 0; group < groups_; ++group) {
      for (int i = 0; i < count; ++i) {
        unfolding.Unfold(bottom + (std::size_t(first + i) * groups_ + group) * image_size, columns + i * sizes.pixels,
                         step);
      }
      cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, sizes.outputs, step, sizes.taps, 1.0f,
                  weights + std::size_t(group) * sizes.outputs * sizes.taps, sizes.taps, columns, step, 0.0f, results,
                  step);
      for (int i = 0; i < count; ++i) {
        float* to = top + (std::size_t(first + i) * groups_ + group) * sizes.outputs * sizes.pixels;
        for (int output = 0; output < sizes.outputs; ++output, to += sizes.pixels) {
          const float* const from = results + std::size_t(output) * step + i * sizes.pixels;
          const float shift = bias == nullptr ? 0.0f : bias[group * sizes.outputs + output];
          for (int pixel = 0; pixel < sizes.pixels; ++pixel) to[pixel] = from[pixel] + shift;
        }
      }
    }
  }
}

void ConvolutionTraining::Forward(ParallelRunner* runner) {
  const Sizes sizes = Measure();
  const Unfolding unfolding = UnfoldingOf(sizes);
  const float* const bottom = place_.bottom->cpu_data();
  const float* const weights = place_.layer->blobs()[0]->cpu_data();
  const float* const bias = has_bias_ ? place_.layer->blobs()[1]->cpu_data() : nullptr;
  float* const top = place_.top->mutable_cpu_data();
  const std::size_t scratch = std::size_t(sizes.taps + sizes.outputs) * sizes.pixels * sizes.together;
  runner->Run(sizes.parts, scratch,
              [&](int part, float* room) { ForwardPart(sizes, unfolding, part, bottom, weights, bias, top, room); });
}

void ConvolutionTraining::Backward(ParallelRunner* runner) {
  const Sizes sizes = Measure();
  const Unfolding unfolding = UnfoldingOf(sizes);
  caffe::Layer<float>& layer = *place_.layer;
  const bool requires_weights = layer.param_propagate_down(0);
  const bool requires_bias = has_bias_ && layer.param_propagate_down(1);
  const float* const bottom = place_.bottom->cpu_data();
  const float* const weights = layer.blobs()[0]->cpu_data();
  const float* const top_gradients = place_.top->cpu_diff();
  float* const bottom_gradients = place_.requires_bottom_gradient ? place_.bottom->mutable_cpu_diff() : nullptr;
  const std::size_t weight_count = std::size_t(groups_) * sizes.outputs * sizes.taps;
  const std::size_t gradient_count = weight_count + std::size_t(groups_) * sizes.outputs;
  part_gradients_.assign(gradient_count * sizes.parts, 0.0f);

  const int image_size = sizes.channels * sizes.height * sizes.width;
  const std::size_t most_columns = std::size_t(sizes.pixels) * sizes.together;
  const std::size_t scratch = (std::size_t(sizes.taps) * 2 + sizes.outputs) * most_columns;
  runner->Run(sizes.parts, scratch, [&](int part, float* columns) {
    float* const gradients = columns + sizes.taps * most_columns;
    float* const column_gradients = gradients + sizes.outputs * most_columns;
    float* const weight_gradients = part_gradients_.data() + gradient_count * part;
    float* const bias_gradients = weight_gradients + weight_count;
    const int end = FirstOfPart(part + 1, sizes.parts, sizes.images);
    for (int first = FirstOfPart(part, sizes.parts, sizes.images); first < end; first += sizes.together) {
      const int count = std::min(sizes.together, end - first);
      const int step = count * sizes.pixels;
      for (int group = 0; group < groups_; ++group) {
        for (int i = 0; i < count; ++i) {
          const float* from = top_gradients + (std::size_t(first + i) * groups_ + group) * sizes.outputs * sizes.pixels;
          for (int output = 0; output < sizes.outputs; ++output, from += sizes.pixels) {
            std::memcpy(gradients + std::size_t(output) * step + i * sizes.pixels, from,
                        static_cast<std::size_t>(sizes.pixels) * sizeof(float));
          }
        }
        if (requires_bias) {
          for (int output = 0; output < sizes.outputs; ++output) {
            const float* const row = gradients + std::size_t(output) * step;
            float sums[8] = {};
            int x = 0;
            for (; x + 8 <= step; x += 8) {
              for (int lane = 0; lane < 8; ++lane) sums[lane] += row[x + lane];
            }
            for (; x < step; ++x) sums[0] += row[x];
            bias_gradients[group * sizes.outputs + output] +=
                ((sums[0] + sums[4]) + (sums[1] + sums[5])) + ((sums[2] + sums[6]) + (sums[3] + sums[7]));
          }
        }
        const std::size_t group_weights = std::size_t(group) * sizes.outputs * sizes.taps;
        if (requires_weights) {
          for (int i = 0; i < count; ++i) {
            unfolding.Unfold(bottom + (std::size_t(first + i) * groups_ + group) * image_size,
                             columns + i * sizes.pixels, step);
          }
          cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasTrans, sizes.outputs, sizes.taps, step, 1.0f, gradients, step,
                      columns, step, 1.0f, weight_gradients + group_weights, sizes.taps);
        }
        if (bottom_gradients != nullptr) {
          cblas_sgemm(CblasRowMajor, CblasTrans, CblasNoTrans, sizes.taps, step, sizes.outputs, 1.0f,
                      weights + group_weights, sizes.taps, gradients, step, 0.0f, column_gradients, step);
          for (int i = 0; i < count; ++i) {
            float* const image = bottom_gradients + (std::size_t(first + i) * groups_ + group) * image_size;
            std::fill(image, image + image_size, 0.0f);
            unfolding.Fold(column_gradients + i * sizes.pixels, step, image);
          }
        }
      }
    }
  });

  const auto add_parts = [&](caffe::Blob<float>* blob, std::size_t offset) {
    float* const sums = blob->mutable_cpu_diff();
    const int count = blob->count();
    runner->Run((count + kSumBlock - 1) / kSumBlock, 0, [&](int item, float*) {
      const int begin = item * kSumBlock;
      const int block_end = std::min(begin + kSumBlock, count);
      for (int part = 0; part < sizes.parts; ++part) {
        const float* const from = part_gradients_.data() + gradient_count * part + offset;
        for (int i = begin; i < block_end; ++i) sums[i] += from[i];
      }
    });
  };
  if (requires_weights) add_parts(layer.blobs()[0].get(), 0);
  if (requires_bias) add_parts(layer.blobs()[1].get(), weight_count);
}

}  // namespace engine
}  // namespace caffesharp
