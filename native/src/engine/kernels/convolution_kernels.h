// The inner loops of convolutions.
#ifndef CAFFESHARP_SRC_ENGINE_KERNELS_CONVOLUTION_KERNELS_H_
#define CAFFESHARP_SRC_ENGINE_KERNELS_CONVOLUTION_KERNELS_H_

#include <cstddef>

namespace caffesharp {
namespace engine {

// The most output channels that are computed at a time, whatever the instruction set.
constexpr int kLargestBlock = 8;

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

struct ConvolutionKernels {
  // Output channels at a time, by output vectors of a row: 1, 2, and more.
  int blocks[3];
  int pair_blocks[3];
  void (*convolve)(const ConvolutionRow& row);
  void (*sum_rows)(const RowSums& rows);
  void (*convolve_pair)(const ConvolutionPair& pair);
};

template <int kSet>
struct ConvolutionFamily {
  static const ConvolutionKernels* ByLanes();
};

}  // namespace engine
}  // namespace caffesharp

#endif  // CAFFESHARP_SRC_ENGINE_KERNELS_CONVOLUTION_KERNELS_H_
