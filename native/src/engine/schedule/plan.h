// How a graph is computed: the kernels, where results lie, and in which steps. A worker computes a few rows of every
// operation, then the next few, so that they stay in its cache; of a result it keeps the rows that are still to be
// read.
#ifndef CAFFESHARP_SRC_ENGINE_SCHEDULE_PLAN_H_
#define CAFFESHARP_SRC_ENGINE_SCHEDULE_PLAN_H_

#include <cstddef>
#include <vector>

#include "engine/graph/graph.h"
#include "engine/graph/operator.h"
#include "engine/kernel_set.h"
#include "engine/parameters/net_weights.h"
#include "engine/schedule/planned_operation.h"

namespace caffesharp {
namespace engine {

class Plan {
 public:
  // The weights are the net's, and stay where they are.
  Plan(Graph graph, const Share& share, const KernelSet& kernels, NetWeights* weights);
  Plan(const Plan&) = delete;
  Plan& operator=(const Plan&) = delete;

  // How long an image's vectors take, in multiply-adds of 16 lanes.
  static double EstimateCost(const Graph& graph, const Share& share, const KernelSet& kernels);
  // That of the part that takes longest, in parts of one worker's for the whole image.
  double LongestPart() const;

  const Graph& graph() const { return graph_; }
  const Share& share() const { return share_; }
  const std::vector<PlannedOperation>& operations() const { return operations_; }
  int bands() const { return bands_; }
  std::size_t workspace_size() const { return static_cast<std::size_t>(workspace_); }
  std::ptrdiff_t scratch_offset() const { return scratch_offset_; }

  // An item is what one worker computes: some images' part of the rows.
  int item_count() const;
  int first_image_of(int item) const;
  const std::vector<Rows>& rows_of(int item) const { return parts_[item % share_.parts]; }

  // The rows of its input that some rows of the operation are computed from.
  Rows InputRows(int operation, int input, Rows rows) const;
  // How far the operation can be computed in a band; rows are its part's, of each of the other operations produced ones
  // are there.
  int ReachableEnd(int operation, const std::vector<Rows>& rows, const std::vector<Rows>& produced, int band) const;
  // The first row of the operation's result that will still be read.
  int FirstRowNeeded(int operation, const std::vector<Rows>& rows, const std::vector<Rows>& produced) const;

 private:
  void Rearrange();
  void WidenPadding();
  void ChooseKernels();
  void SplitRows();
  void ChooseBands();
  void MeasureCapacities();
  void LayOut();
  PlanSite SiteOf(std::size_t operation);
  double CostOfRow(std::size_t operation) const;

  Graph graph_;
  Share share_;
  const KernelSet& kernels_;
  NetWeights& weights_;
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
