// How a graph is computed: the kernels, where results lie, and in which steps. A worker computes a few rows of every
// operation, then the next few, so that they stay in its cache; of a result it keeps the rows that are still to be
// read.
#ifndef CAFFESHARP_SRC_ENGINE_SCHEDULE_PLAN_H_
#define CAFFESHARP_SRC_ENGINE_SCHEDULE_PLAN_H_

#include <cstddef>
#include <vector>

#include "engine/graph/graph.h"
#include "engine/kernels/kernels.h"
#include "engine/parameters/packed_weights.h"

namespace caffesharp {
namespace engine {

// What a vector's lanes are.
enum class LaneMeaning {
  // Neighbouring pixels of a row of one picture.
  kPixels,
  // The same pixel of several pictures.
  kPictures
};

// Which pictures are computed, and how they are dealt out.
struct Share {
  LaneMeaning meaning = LaneMeaning::kPixels;
  // With pictures as lanes, how many.
  int lanes = 1;
  int first_picture = 0;
  int pictures = 0;
  // Workers that the rows of a picture are split among.
  int parts = 1;
};

// Rows from begin to before end; those before 0 and from the height on are padding.
struct Rows {
  int begin = 0;
  int end = 0;
  bool empty() const { return begin >= end; }
};

// Where and how an operation's result lies, and what its kernel wants. Steps and offsets are in floats.
struct PlannedOperation {
  const KernelTable* kernels = nullptr;
  const PackedLayer* packed = nullptr;
  int block = 0;
  std::vector<std::ptrdiff_t> taps;
  // For convolutions whose rows are computed two at a time; null for others.
  const PackedLayer* packed_pairs = nullptr;
  int pair_block = 0;
  std::vector<std::ptrdiff_t> pair_taps;
  std::ptrdiff_t sum_step = 0;
  std::ptrdiff_t sum_channel_step = 0;
  std::vector<float> column_factors;
  int pad_top = 0;
  int pad_bottom = 0;
  int pad_left = 0;
  int pad_right = 0;
  std::ptrdiff_t pixel_step = 1;
  std::ptrdiff_t row_step = 0;
  std::ptrdiff_t channel_step = 0;
  std::ptrdiff_t phase_step = 0;
  // Rows of each channel that are kept.
  int capacity = 0;
  std::ptrdiff_t offset = 0;
  std::vector<int> readers;
};

class Plan {
 public:
  // kernels is where the tables of the instruction set begin.
  Plan(Graph graph, const Share& share, const KernelTable* kernels, PackedWeights* weights);
  // Plans are told apart by their weights, and those stay where they are.
  Plan(const Plan&) = delete;
  Plan& operator=(const Plan&) = delete;

  // How long a picture's vectors take, in multiply-adds of 16 lanes.
  static double EstimateCost(const Graph& graph, const Share& share, const KernelTable* kernels);
  // That of the part that takes longest, in parts of one worker's for the whole picture.
  double LongestPart() const;

  const Graph& graph() const { return graph_; }
  const Share& share() const { return share_; }
  const std::vector<PlannedOperation>& operations() const { return operations_; }
  int bands() const { return bands_; }
  std::size_t workspace_size() const { return static_cast<std::size_t>(workspace_); }
  std::ptrdiff_t scratch_offset() const { return scratch_offset_; }

  // An item is what one worker computes: some pictures' part of the rows.
  int item_count() const;
  int first_picture_of(int item) const;
  const std::vector<Rows>& rows_of(int item) const { return parts_[item % share_.parts]; }

  // The rows of its input that some rows of the operation are computed from.
  Rows InputRows(int operation, int input, Rows rows) const;
  // How far the operation can be computed in a band; rows are its part's, of each of the other operations produced ones
  // are there.
  int ReachableEnd(int operation, const std::vector<Rows>& rows, const std::vector<Rows>& produced, int band) const;
  // The first row of the operation's result that will still be read.
  int FirstRowNeeded(int operation, const std::vector<Rows>& rows, const std::vector<Rows>& produced) const;

 private:
  void InsertPhases();
  void ChoosePads();
  void ChooseKernels(const KernelTable* kernels, PackedWeights* weights);
  void SplitRows();
  void ChooseBands();
  void MeasureCapacities();
  void LayOut();
  void ListTaps();
  void ListColumnFactors();
  double RowCost(int operation) const;

  Graph graph_;
  Share share_;
  std::vector<PlannedOperation> operations_;
  // By part, by operation.
  std::vector<std::vector<Rows>> parts_;
  int bands_ = 1;
  std::ptrdiff_t workspace_ = 0;
  std::ptrdiff_t scratch_offset_ = 0;
};

}  // namespace engine
}  // namespace caffesharp

#endif  // CAFFESHARP_SRC_ENGINE_SCHEDULE_PLAN_H_
