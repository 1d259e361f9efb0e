#include "engine/training/inner_product_training.h"

#include <algorithm>
#include <caffe/util/mkl_alternate.hpp>

namespace caffesharp {
namespace engine {
namespace {

constexpr int kOutputBlock = 64;
constexpr int kRowBlock = 16;

int Blocks(int count, int block) { return (count + block - 1) / block; }

}  // namespace

InnerProductTraining::InnerProductTraining(const LayerInNet& place)
    : place_(place), has_bias_(place.layer->layer_param().inner_product_param().bias_term()) {}

bool InnerProductTraining::Supports() const { return place_.bottom->count() > 0 && place_.top->count() > 0; }

void InnerProductTraining::Forward(ParallelRunner* runner) {
  const caffe::Blob<float>& weight_blob = *place_.layer->blobs()[0];
  const int outputs = weight_blob.shape(0);
  const int inputs = weight_blob.shape(1);
  const int rows = place_.bottom->count() / inputs;
  const float* const bottom = place_.bottom->cpu_data();
  const float* const weights = weight_blob.cpu_data();
  const float* const bias = has_bias_ ? place_.layer->blobs()[1]->cpu_data() : nullptr;
  float* const top = place_.top->mutable_cpu_data();
  runner->Run(Blocks(outputs, kOutputBlock), 0, [&](int item, float*) {
    const int first = item * kOutputBlock;
    const int count = std::min(kOutputBlock, outputs - first);
    for (int row = 0; row < rows; ++row) {
      float* const to = top + std::size_t(row) * outputs + first;
      for (int i = 0; i < count; ++i) to[i] = bias == nullptr ? 0.0f : bias[first + i];
    }
    cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasTrans, rows, count, inputs, 1.0f, bottom, inputs,
                weights + std::size_t(first) * inputs, inputs, 1.0f, top + first, outputs);
  });
}

void InnerProductTraining::Backward(ParallelRunner* runner) {
  caffe::Layer<float>& layer = *place_.layer;
  const int outputs = layer.blobs()[0]->shape(0);
  const int inputs = layer.blobs()[0]->shape(1);
  const int rows = place_.bottom->count() / inputs;
  const float* const bottom = place_.bottom->cpu_data();
  const float* const weights = layer.blobs()[0]->cpu_data();
  const float* const top_gradients = place_.top->cpu_diff();
  float* const weight_gradients = layer.param_propagate_down(0) ? layer.blobs()[0]->mutable_cpu_diff() : nullptr;
  float* const bias_gradients =
      has_bias_ && layer.param_propagate_down(1) ? layer.blobs()[1]->mutable_cpu_diff() : nullptr;
  float* const bottom_gradients = place_.requires_bottom_gradient ? place_.bottom->mutable_cpu_diff() : nullptr;
  const int output_blocks = Blocks(outputs, kOutputBlock);
  const int row_blocks = bottom_gradients == nullptr ? 0 : Blocks(rows, kRowBlock);
  runner->Run(output_blocks + row_blocks, 0, [&](int item, float*) {
    if (item >= output_blocks) {
      const int first = (item - output_blocks) * kRowBlock;
      cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, std::min(kRowBlock, rows - first), inputs, outputs, 1.0f,
                  top_gradients + std::size_t(first) * outputs, outputs, weights, inputs, 0.0f,
                  bottom_gradients + std::size_t(first) * inputs, inputs);
      return;
    }
    const int first = item * kOutputBlock;
    const int count = std::min(kOutputBlock, outputs - first);
    if (weight_gradients != nullptr) {
      cblas_sgemm(CblasRowMajor, CblasTrans, CblasNoTrans, count, inputs, rows, 1.0f, top_gradients + first, outputs,
                  bottom, inputs, 1.0f, weight_gradients + std::size_t(first) * inputs, inputs);
    }
    if (bias_gradients == nullptr) return;
    for (int row = 0; row < rows; ++row) {
      const float* const from = top_gradients + std::size_t(row) * outputs;
      for (int i = first; i < first + count; ++i) bias_gradients[i] += from[i];
    }
  });
}

}  // namespace engine
}  // namespace caffesharp
