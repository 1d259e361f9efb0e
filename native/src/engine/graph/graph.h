// What a run of layers computes, for one shape of its inputs: operations in the order in which they can run, each with
// one result. Knows nothing of Caffe, nor of how the results lie in memory.
#ifndef CAFFESHARP_SRC_ENGINE_GRAPH_GRAPH_H_
#define CAFFESHARP_SRC_ENGINE_GRAPH_GRAPH_H_

#include <vector>

#include "engine/kernels/kernels.h"

namespace caffesharp {
namespace engine {

enum class OperationKind {
  // Reads a blob of the net, writes one.
  kImport,
  kExport,
  kConvolution,
  // Inner product: a convolution whose window is all of its input.
  kDense,
  kPooling,
  // Negative values times a slope.
  kRectify,
  // Times a factor, plus a term, by channel.
  kAffine,
  kCombine,
  kSoftmax,
  kConcatenate,
  kSlice,
  // Channels, rows and columns become channels.
  kFlatten,
  // Rows with their padding, columns sorted by their place in the stride of the convolution that reads them.
  kPhases
};

struct Window {
  int kernel_height = 1;
  int kernel_width = 1;
  int stride_height = 1;
  int stride_width = 1;
  int pad_height = 0;
  int pad_width = 0;
  int dilation_height = 1;
  int dilation_width = 1;

  int reach_height() const { return dilation_height * (kernel_height - 1) + 1; }
  int reach_width() const { return dilation_width * (kernel_width - 1) + 1; }
};

// An operation and its result. A picture's result has channels x height x width values.
struct Operation {
  OperationKind kind = OperationKind::kImport;
  // Indices of the operations whose results are read.
  std::vector<int> inputs;
  int channels = 0;
  int height = 1;
  int width = 1;
  // The layer whose parameters it has, and that of the slopes applied to its result; -1 for none.
  int layer = -1;
  int slope_layer = -1;
  // The blob of an import or export.
  int blob = -1;
  Window window;
  int groups = 1;
  // Where a slice begins.
  int first_channel = 0;
  bool maximum = false;
  Combination combination = Combination::kSum;
  std::vector<float> coefficients;
};

struct Graph {
  int pictures = 0;
  std::vector<Operation> operations;

  // Lets convolutions and inner products apply the slopes of the operation that alone reads them, and drops what nobody
  // reads.
  void Simplify();
  // By operation, the operations that read it.
  std::vector<std::vector<int>> Readers() const;

 private:
  void Drop(const std::vector<bool>& dropped);
};

}  // namespace engine
}  // namespace caffesharp

#endif  // CAFFESHARP_SRC_ENGINE_GRAPH_GRAPH_H_
