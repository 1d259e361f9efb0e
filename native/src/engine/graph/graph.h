// What a run of layers computes, for one shape of its inputs: operations in the order in which they can run, each with
// one result. It depends neither on Caffe nor on the layout of the results in memory.
#ifndef CAFFESHARP_SRC_ENGINE_GRAPH_GRAPH_H_
#define CAFFESHARP_SRC_ENGINE_GRAPH_GRAPH_H_

#include <vector>

namespace caffesharp {
namespace engine {

class Operator;

// Rows from begin to before end; those before 0 and from the height on are padding.
struct Rows {
  int begin = 0;
  int end = 0;
  bool empty() const { return begin >= end; }
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
  // The rows of the input that the windows of some rows, at least one, reach.
  Rows Reach(Rows rows) const {
    return {rows.begin * stride_height - pad_height, (rows.end - 1) * stride_height - pad_height + reach_height()};
  }
  // The rows of windows that are in the first input_end rows of the input.
  int OutputsWithin(int input_end) const {
    const int room = input_end + pad_height - reach_height();
    return room < 0 ? 0 : room / stride_height + 1;
  }
};

// An operation and its result. An image's result has channels x height x width values.
struct Operation {
  // What it does.
  const Operator* kind = nullptr;
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
  // Which of several functions it is, where its operator has more than one.
  int function = 0;
  // Numbers of the layer's definition, and of that of the slopes; their meaning is the operator's.
  std::vector<float> constants;
  std::vector<float> slope_constants;
};

struct Graph {
  int images = 0;
  std::vector<Operation> operations;

  // Lets operations do the work of the one that alone reads them where their operators can, and drops what nobody
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
