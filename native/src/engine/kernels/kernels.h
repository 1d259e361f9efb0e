// The inner loops, one table of them for an instruction set and a number of lanes. A lane is a pixel of a row, or the
// same pixel of several pictures: kernels see vectors at addresses and do not know which.
#ifndef CAFFESHARP_SRC_ENGINE_KERNELS_KERNELS_H_
#define CAFFESHARP_SRC_ENGINE_KERNELS_KERNELS_H_

#include <cstddef>

#include "engine/kernels/training_kernels.h"

namespace caffesharp {
namespace engine {

// The most output channels that are computed at a time, whatever the instruction set.
constexpr int kLargestBlock = 8;

// Output channels that the dense kernel computes at a time.
constexpr int kDenseBlock = 64;

// One output row of a convolution, all channels of one group.
struct ConvolutionRow {
  // Where the first window begins, and how far from there each of its values lies.
  const float* input;
  const std::ptrdiff_t* taps;
  std::ptrdiff_t tap_count;
  // From the inputs of one output vector to those of the next.
  std::ptrdiff_t vector_step;
  // Blocks of output channels, one after the other; in each, tap after tap, the values of its channels.
  const float* weights;
  int block;
  int channels;
  const float* bias;
  // What negative results are multiplied with, by channel; null to leave them.
  const float* slopes;
  float* output;
  std::ptrdiff_t output_channel_step;
  int vectors;
};

// Four rows that follow each other, combined for two output rows; of each channel, one sum after the other:
// second + third, third - second, first - third, fourth - second.
constexpr int kRowSums = 4;
struct RowSums {
  const float* input;
  std::ptrdiff_t row_step;
  std::ptrdiff_t input_channel_step;
  int channels;
  int length;
  float* output;
  std::ptrdiff_t sum_step;
  std::ptrdiff_t output_channel_step;
};

// Two output rows of a convolution whose windows are three rows high and one row apart, by Winograd's F(2, 3) down the
// columns: each of the four sums of rows is multiplied once, where six products would do the same.
struct ConvolutionPair : ConvolutionRow {
  // input are the sums, taps those of the first of them. Weights are in two halves a block: tap after tap those of the
  // first sum and of the second, then those of the third and of the fourth.
  std::ptrdiff_t sum_step;
  std::ptrdiff_t output_row_step;
};

// All outputs of an inner product of one picture; fields as above. Blocks have kDenseBlock channels; weights
// and biases of the last are filled up.
struct DenseRow {
  const float* input;
  const std::ptrdiff_t* taps;
  std::ptrdiff_t tap_count;
  const float* weights;
  int channels;
  const float* bias;
  const float* slopes;
  float* output;
  std::ptrdiff_t output_channel_step;
};

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

// One row of a function of each value alone, by channel.
struct ElementwiseRow {
  const float* input;
  std::ptrdiff_t input_channel_step;
  // Scale and shift of affine; scale alone are the slopes of rectify.
  const float* scale;
  const float* shift;
  float* output;
  std::ptrdiff_t output_channel_step;
  int channels;
  int vectors;
};

// output = (accumulate ? output : 0) combined with coefficient * input.
enum class Combination { kSum, kProduct, kMaximum };

struct CombinationRow {
  const float* input;
  std::ptrdiff_t input_channel_step;
  float coefficient;
  bool accumulate;
  Combination combination;
  float* output;
  std::ptrdiff_t output_channel_step;
  int channels;
  int vectors;
};

struct KernelTable {
  int lanes;
  // Output channels at a time, by output vectors a row: 1, 2, and more.
  int blocks[3];
  int pair_blocks[3];
  void (*convolve)(const ConvolutionRow& row);
  void (*sum_rows)(const RowSums& rows);
  void (*convolve_pair)(const ConvolutionPair& pair);
  void (*dense)(const DenseRow& row);
  void (*pool_pixels)(const PoolingRow& row);
  void (*pool_pictures)(const PoolingRow& row);
  void (*affine)(const ElementwiseRow& row);
  void (*rectify)(const ElementwiseRow& row);
  void (*combine)(const CombinationRow& row);
  // Over the channels of each value.
  void (*softmax)(const ElementwiseRow& row);
  // length values of each of count <= lanes pictures that lie picture_step apart, to value after value of all pictures.
  // Missing pictures are 0.
  void (*interleave)(const float* pictures, std::ptrdiff_t picture_step, int count, int length, float* values);
  TrainingKernels training;
};

}  // namespace engine
}  // namespace caffesharp

#endif  // CAFFESHARP_SRC_ENGINE_KERNELS_KERNELS_H_
