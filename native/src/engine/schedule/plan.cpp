#include "engine/schedule/plan.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "engine/schedule/layout.h"

namespace caffesharp {
namespace engine {
namespace {

// A worker's results should fit into its second-level cache.
constexpr std::ptrdiff_t kWorkspaceGoal = (384 << 10) / sizeof(float);

// A row, or where it lies between the two of a pair, another.
int PairBoundary(const Operation& operation, int row, int other) {
  return row > 0 && row < operation.height && row % 2 != 0 ? other : row;
}

}  // namespace

Plan::Plan(Graph graph, const Share& share, const KernelSet& kernels, NetWeights* weights)
    : graph_(std::move(graph)), share_(share), kernels_(kernels), weights_(*weights) {
  if (!share_.lanes_are_images()) Rearrange();
  operations_.resize(graph_.operations.size());
  const std::vector<std::vector<int>> readers = graph_.Readers();
  for (std::size_t i = 0; i < readers.size(); ++i) operations_[i].readers = readers[i];
  WidenPadding();
  ChooseKernels();
  SplitRows();
  ChooseBands();
  for (std::size_t i = 0; i < operations_.size(); ++i) graph_.operations[i].kind->Finish(SiteOf(i));
}

PlanSite Plan::SiteOf(std::size_t operation) {
  return {graph_, share_, kernels_, weights_, operations_, static_cast<int>(operation)};
}

int Plan::item_count() const {
  const int lanes = share_.lanes_are_images() ? share_.lanes : 1;
  return DivideUp(share_.images, lanes) * share_.parts;
}

int Plan::first_image_of(int item) const {
  const int lanes = share_.lanes_are_images() ? share_.lanes : 1;
  return share_.first_image + item / share_.parts * lanes;
}

double Plan::EstimateCost(const Graph& graph, const Share& share, const KernelSet& kernels) {
  double cost = 0;
  for (const Operation& operation : graph.operations) {
    if (operation.inputs.empty()) continue;
    cost += operation.kind->EstimateCost(operation, graph.operations[operation.inputs[0]], share, kernels);
  }
  return cost;
}

double Plan::CostOfRow(std::size_t index) const {
  const Operation& operation = graph_.operations[index];
  double cost = operation.channels;
  if (!operation.inputs.empty()) {
    const double products = operation.kind->Products(operation, graph_.operations[operation.inputs[0]]);
    if (products > 0) cost *= products;
  }
  return cost * operation.width;
}

double Plan::LongestPart() const {
  double whole = 0;
  double longest = 0;
  for (const std::vector<Rows>& part : parts_) {
    double cost = 0;
    for (std::size_t i = 0; i < part.size(); ++i) cost += CostOfRow(i) * (part[i].end - part[i].begin);
    longest = std::max(longest, cost);
  }
  for (std::size_t i = 0; i < operations_.size(); ++i) {
    whole += CostOfRow(i) * graph_.operations[i].height;
  }
  return longest / whole;
}

void Plan::Rearrange() {
  std::vector<Operation> operations;
  std::vector<int> places;
  for (Operation& operation : graph_.operations) {
    for (int& input : operation.inputs) input = places[input];
    if (!operation.inputs.empty()) {
      std::optional<Operation> between = operation.kind->Rearrange(&operation, operations[operation.inputs[0]]);
      if (between.has_value()) {
        between->inputs = {operation.inputs[0]};
        operation.inputs[0] = static_cast<int>(operations.size());
        operations.push_back(std::move(*between));
      }
    }
    places.push_back(static_cast<int>(operations.size()));
    operations.push_back(std::move(operation));
  }
  graph_.operations = std::move(operations);
}

void Plan::WidenPadding() {
  for (const Operation& operation : graph_.operations) {
    for (const int input : operation.inputs) {
      operation.kind->WidenPadding(operation, graph_.operations[input], &operations_[input]);
    }
  }
}

void Plan::ChooseKernels() {
  for (std::size_t i = 0; i < operations_.size(); ++i) {
    const Operation& operation = graph_.operations[i];
    operations_[i].lanes = share_.lanes_are_images() ? share_.lanes : LanesForWidth(kernels_, operation.width);
    operation.kind->ChooseKernels(SiteOf(i));
  }
}

Rows Plan::InputRows(int index, int input, Rows rows) const {
  const Operation& operation = graph_.operations[index];
  const Rows real = {std::max(rows.begin, 0), std::min(rows.end, operation.height)};
  if (real.empty()) return {};
  return operation.kind->InputRows(operation, graph_.operations[input], real);
}

int Plan::ReachableEnd(int index, const std::vector<Rows>& rows, const std::vector<Rows>& produced, int band) const {
  const Operation& operation = graph_.operations[index];
  const Rows wanted = rows[index];
  if (wanted.empty() || band == bands_ - 1) return wanted.end;
  if (operation.inputs.empty()) {
    return wanted.begin + static_cast<int>(static_cast<long long>(wanted.end - wanted.begin) * (band + 1) / bands_);
  }
  int end = wanted.end;
  for (const int input : operation.inputs) {
    const int there = produced[input].end;
    if (there >= rows[input].end) continue;
    end = std::min(end, std::min(operation.kind->ReachableEnd(operation, there), operation.height));
  }
  return operation.kind->TakesPairs(operation) ? PairBoundary(operation, end, end - 1) : end;
}

int Plan::FirstRowNeeded(int index, const std::vector<Rows>& rows, const std::vector<Rows>& produced) const {
  int first = produced[index].end;
  for (const int reader : operations_[index].readers) {
    if (produced[reader].end >= rows[reader].end) continue;
    const Rows needed = InputRows(reader, index, {produced[reader].end, rows[reader].end});
    if (!needed.empty()) first = std::min(first, needed.begin);
  }
  return std::max(first, produced[index].begin);
}

void Plan::SplitRows() {
  for (int part = 0; part < share_.parts; ++part) {
    std::vector<Rows> rows(operations_.size());
    for (std::size_t i = operations_.size(); i-- > 0;) {
      const Operation& operation = graph_.operations[i];
      if (operation.kind->WritesBlob()) {
        const long long height = operation.height;
        rows[i] = {static_cast<int>(height * part / share_.parts),
                   static_cast<int>(height * (part + 1) / share_.parts)};
      }
      if (operation.kind->TakesPairs(operation) && !rows[i].empty()) {
        // The same pairs whatever the parts.
        rows[i] = {PairBoundary(operation, rows[i].begin, rows[i].begin - 1),
                   PairBoundary(operation, rows[i].end, rows[i].end + 1)};
      }
      for (const int input : operation.inputs) {
        const Rows needed = InputRows(static_cast<int>(i), input, rows[i]);
        if (needed.empty()) continue;
        Rows& all = rows[input];
        all = all.empty() ? needed : Rows{std::min(all.begin, needed.begin), std::max(all.end, needed.end)};
      }
    }
    parts_.push_back(std::move(rows));
  }
}

void Plan::ChooseBands() {
  int tallest = 1;
  for (const Operation& operation : graph_.operations) {
    if (operation.inputs.empty()) tallest = std::max(tallest, operation.height);
  }
  MeasureCapacities();
  LayOut();
  while (workspace_ > kWorkspaceGoal && bands_ * 2 <= tallest) {
    const std::ptrdiff_t before = workspace_;
    bands_ *= 2;
    MeasureCapacities();
    LayOut();
    if (workspace_ < before - before / 16) continue;
    bands_ /= 2;
    MeasureCapacities();
    LayOut();
    break;
  }
}

// Goes through the bands as a worker will.
void Plan::MeasureCapacities() {
  for (PlannedOperation& planned : operations_) planned.capacity = 1;
  for (const std::vector<Rows>& rows : parts_) {
    std::vector<Rows> produced(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) produced[i] = {rows[i].begin, rows[i].begin};
    for (int band = 0; band < bands_; ++band) {
      for (std::size_t i = 0; i < rows.size(); ++i) {
        const int end = ReachableEnd(static_cast<int>(i), rows, produced, band);
        if (end <= produced[i].end) continue;
        produced[i].begin = FirstRowNeeded(static_cast<int>(i), rows, produced);
        produced[i].end = end;
        operations_[i].capacity = std::max(operations_[i].capacity, end - produced[i].begin);
      }
    }
  }
}

void Plan::LayOut() {
  workspace_ = 0;
  std::ptrdiff_t scratch = 0;
  for (std::size_t i = 0; i < operations_.size(); ++i) {
    const Operation& operation = graph_.operations[i];
    PlannedOperation& planned = operations_[i];
    if (operation.kind->WritesBlob()) continue;
    scratch = std::max(scratch, operation.kind->LayOutScratch(SiteOf(i)));
    operation.kind->LayOutRow(SiteOf(i));
    // An odd number of lines from channel to channel: they would meet in few places of the cache otherwise.
    planned.channel_step = RoundUp(planned.capacity * planned.row_step, kLine);
    if (planned.channel_step / kLine % 2 == 0) planned.channel_step += kLine;
    planned.offset = workspace_;
    workspace_ += operation.channels * planned.channel_step + kLine;
  }
  scratch_offset_ = workspace_;
  workspace_ += RoundUp(scratch, kLine) + kSlack;
}

}  // namespace engine
}  // namespace caffesharp
