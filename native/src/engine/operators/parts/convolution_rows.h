// Rows of convolutions, which inner products of several images at a time are too.
#ifndef CAFFESHARP_SRC_ENGINE_OPERATORS_PARTS_CONVOLUTION_ROWS_H_
#define CAFFESHARP_SRC_ENGINE_OPERATORS_PARTS_CONVOLUTION_ROWS_H_

#include <cstddef>
#include <vector>

#include "engine/graph/operator.h"
#include "engine/kernels/convolution_kernels.h"
#include "engine/parameters/packed_weights.h"

namespace caffesharp {
namespace engine {

// Where each value of a window lies, from its first.
using Taps = std::vector<std::ptrdiff_t>;

struct ConvolutionPlan : OperatorPlan {
  const ConvolutionKernels* kernels = nullptr;
  const PackedWeights* packed = nullptr;
  int block = 0;
  Taps taps;
};

// The values of a window, all of which are multiplied for one value of the result.
double WindowProducts(const Operation& operation, const Operation& input);
// The lines of the result, times the products of one value.
double LineProducts(const Operation& operation, const Operation& input);
// With images as lanes.
double EstimateImageCost(const Operation& operation, const Operation& input, const Share& share);

// Vectors that hold a row of the result.
int VectorsOfRow(const PlanSite& site);
// Channels at a time, as alike as can be: of the channels of a group, blocks are the most by vectors.
int ChooseBlock(const Operation& operation, int vectors, const int (&blocks)[3]);
// Kernels, block and weights.
void ChooseRowKernels(const PlanSite& site, ConvolutionPlan* plan);
Taps ListTaps(const PlanSite& site);

// By blocks of output channels, see ConvolutionRow.
void PackRows(const PackingRequest& request, PackedLayer* packed);
// Biases, or zeros, and slopes where there are some; there is room for more biases.
void PackBiasAndSlopes(const PackingRequest& request, std::size_t room, PackedLayer* packed);

void ConvolveRow(const Worker& worker, int index, const ConvolutionPlan& plan, int row);

}  // namespace engine
}  // namespace caffesharp

#endif  // CAFFESHARP_SRC_ENGINE_OPERATORS_PARTS_CONVOLUTION_ROWS_H_
