#include "engine/schedule/plan.h"

#include <algorithm>
#include <utility>

namespace caffesharp {
namespace engine {
namespace {

constexpr int kMostLanes = 16;
// A worker's results should fit into its second-level cache.
constexpr std::ptrdiff_t kWorkspaceGoal = (384 << 10) / sizeof(float);
// A cache line.
constexpr std::ptrdiff_t kLine = 64 / sizeof(float);
// Vectors may be loaded from beyond the last value, and are ignored.
constexpr std::ptrdiff_t kSlack = 16 * kMostLanes;

// Outputs by columns of the window.
constexpr int kFewestPairProducts = 24;

std::ptrdiff_t RoundUp(std::ptrdiff_t value, std::ptrdiff_t unit) { return (value + unit - 1) / unit * unit; }

int DivideUp(int value, int unit) { return (value + unit - 1) / unit; }

bool Convolves(const Operation& operation) {
  return operation.kind == OperationKind::kConvolution || operation.kind == OperationKind::kDense;
}

// Whether two rows at a time take less time, see ConvolutionPair. Their sums have to be made, which few outputs do not
// make good.
bool TakesPairs(const Operation& operation) {
  const Window& window = operation.window;
  return operation.kind == OperationKind::kConvolution && window.kernel_height == 3 && window.stride_height == 1 &&
         window.dilation_height == 1 && window.stride_width == 1 && operation.height > 1 &&
         operation.channels / operation.groups * window.kernel_width >= kFewestPairProducts;
}

// A row, or where it lies between the two of a pair, another.
int PairBoundary(const Operation& operation, int row, int other) {
  return row > 0 && row < operation.height && row % 2 != 0 ? other : row;
}

// Of a vector, in those of 16 lanes: half as many lanes take somewhat more than half as long, fewer no less.
double VectorCost(int lanes) { return lanes == kMostLanes ? 1 : 0.56; }

double LineCost(int width, const KernelTable& kernels) {
  return DivideUp(width, kernels.lanes) * VectorCost(kernels.lanes);
}

const KernelTable* BestForWidth(const KernelTable* kernels, int width) {
  const KernelTable* best = kernels;
  for (const KernelTable* table = kernels; table->lanes > 0; ++table) {
    if (LineCost(width, *table) < LineCost(width, *best)) best = table;
  }
  return best;
}

const KernelTable* WithLanes(const KernelTable* kernels, int lanes) {
  while (kernels->lanes != lanes) ++kernels;
  return kernels;
}

// Channels at a time, as alike as can be.
int ChooseBlock(int channels, int vectors, const int (&blocks)[3]) {
  const int most = blocks[std::min(vectors, 3) - 1];
  return DivideUp(channels, DivideUp(channels, most));
}

}  // namespace

Plan::Plan(Graph graph, const Share& share, const KernelTable* kernels, PackedWeights* weights)
    : graph_(std::move(graph)), share_(share) {
  if (share_.meaning == LaneMeaning::kPixels) InsertPhases();
  operations_.resize(graph_.operations.size());
  const std::vector<std::vector<int>> readers = graph_.Readers();
  for (std::size_t i = 0; i < readers.size(); ++i) operations_[i].readers = readers[i];
  ChoosePads();
  ChooseKernels(kernels, weights);
  SplitRows();
  ChooseBands();
  ListTaps();
  ListColumnFactors();
}

int Plan::item_count() const {
  const int lanes = share_.meaning == LaneMeaning::kPictures ? share_.lanes : 1;
  return DivideUp(share_.pictures, lanes) * share_.parts;
}

int Plan::first_picture_of(int item) const {
  const int lanes = share_.meaning == LaneMeaning::kPictures ? share_.lanes : 1;
  return share_.first_picture + item / share_.parts * lanes;
}

double Plan::EstimateCost(const Graph& graph, const Share& share, const KernelTable* kernels) {
  double cost = 0;
  for (const Operation& operation : graph.operations) {
    if (!Convolves(operation)) continue;
    const Operation& input = graph.operations[operation.inputs[0]];
    const double taps = static_cast<double>(input.channels) / operation.groups * operation.window.kernel_height *
                        operation.window.kernel_width;
    const double lines = taps * operation.channels * operation.height;
    if (share.meaning == LaneMeaning::kPictures) {
      cost += lines * operation.width * VectorCost(share.lanes) / std::min(share.lanes, share.pictures);
    } else if (operation.kind == OperationKind::kDense) {
      // Weights are used once: memory limits it.
      cost += lines / 4;
    } else {
      cost += lines * LineCost(operation.width, *BestForWidth(kernels, operation.width));
    }
  }
  return cost;
}

double Plan::RowCost(int index) const {
  const Operation& operation = graph_.operations[index];
  double cost = operation.channels;
  if (Convolves(operation)) {
    cost *= static_cast<double>(graph_.operations[operation.inputs[0]].channels) / operation.groups *
            operation.window.kernel_height * operation.window.kernel_width;
  }
  return cost * operation.width;
}

double Plan::LongestPart() const {
  double whole = 0;
  double longest = 0;
  for (const std::vector<Rows>& part : parts_) {
    double cost = 0;
    for (std::size_t i = 0; i < part.size(); ++i) cost += RowCost(static_cast<int>(i)) * (part[i].end - part[i].begin);
    longest = std::max(longest, cost);
  }
  for (std::size_t i = 0; i < operations_.size(); ++i) {
    whole += RowCost(static_cast<int>(i)) * graph_.operations[i].height;
  }
  return longest / whole;
}

void Plan::InsertPhases() {
  std::vector<Operation> operations;
  std::vector<int> places;
  for (Operation& operation : graph_.operations) {
    for (int& input : operation.inputs) input = places[input];
    if (operation.kind == OperationKind::kConvolution && operation.window.stride_width > 1) {
      const Operation& input = operations[operation.inputs[0]];
      Operation phases;
      phases.kind = OperationKind::kPhases;
      phases.inputs = operation.inputs;
      phases.channels = input.channels;
      phases.height = input.height + 2 * operation.window.pad_height;
      phases.width = input.width + 2 * operation.window.pad_width;
      phases.window.stride_width = operation.window.stride_width;
      phases.window.pad_height = operation.window.pad_height;
      phases.window.pad_width = operation.window.pad_width;
      operation.window.pad_height = 0;
      operation.window.pad_width = 0;
      operation.inputs = {static_cast<int>(operations.size())};
      operations.push_back(std::move(phases));
    }
    places.push_back(static_cast<int>(operations.size()));
    operations.push_back(std::move(operation));
  }
  graph_.operations = std::move(operations);
}

void Plan::ChoosePads() {
  for (const Operation& operation : graph_.operations) {
    if (operation.kind != OperationKind::kConvolution) continue;
    const Window& window = operation.window;
    const Operation& input = graph_.operations[operation.inputs[0]];
    PlannedOperation& planned = operations_[operation.inputs[0]];
    planned.pad_top = std::max(planned.pad_top, window.pad_height);
    planned.pad_left = std::max(planned.pad_left, window.pad_width);
    planned.pad_bottom = std::max(planned.pad_bottom, (operation.height - 1) * window.stride_height -
                                                          window.pad_height + window.reach_height() - input.height);
    if (input.kind == OperationKind::kPhases) continue;
    planned.pad_right = std::max(planned.pad_right, (operation.width - 1) * window.stride_width - window.pad_width +
                                                        window.reach_width() - input.width);
  }
}

void Plan::ChooseKernels(const KernelTable* kernels, PackedWeights* weights) {
  for (std::size_t i = 0; i < operations_.size(); ++i) {
    const Operation& operation = graph_.operations[i];
    PlannedOperation& planned = operations_[i];
    const bool pictures = share_.meaning == LaneMeaning::kPictures;
    planned.kernels = pictures ? WithLanes(kernels, share_.lanes) : BestForWidth(kernels, operation.width);
    if (operation.kind == OperationKind::kDense && !pictures) {
      planned.kernels = kernels;
      planned.block = kDenseBlock;
    } else if (Convolves(operation)) {
      const int vectors = pictures ? operation.width : DivideUp(operation.width, planned.kernels->lanes);
      planned.block = ChooseBlock(operation.channels / operation.groups, vectors, planned.kernels->blocks);
      if (TakesPairs(operation)) {
        planned.pair_block = ChooseBlock(operation.channels / operation.groups, vectors, planned.kernels->pair_blocks);
        planned.packed_pairs = weights->GetForPairs(operation, planned.pair_block);
      }
    }
    if (operation.layer >= 0 && (Convolves(operation) || operation.kind == OperationKind::kRectify ||
                                 operation.kind == OperationKind::kAffine)) {
      planned.packed = weights->Get(operation, planned.block);
    }
  }
}

Rows Plan::InputRows(int index, int input_index, Rows rows) const {
  const Operation& operation = graph_.operations[index];
  const Operation& input = graph_.operations[input_index];
  const Window& window = operation.window;
  const Rows real = {std::max(rows.begin, 0), std::min(rows.end, operation.height)};
  if (real.empty()) return {};
  switch (operation.kind) {
    case OperationKind::kConvolution:
      return {real.begin * window.stride_height - window.pad_height,
              (real.end - 1) * window.stride_height - window.pad_height + window.reach_height()};
    case OperationKind::kPooling:
    case OperationKind::kPhases:
      return {std::max(0, real.begin * window.stride_height - window.pad_height),
              std::min(input.height, (real.end - 1) * window.stride_height - window.pad_height + window.kernel_height)};
    case OperationKind::kDense:
    case OperationKind::kFlatten:
      return {0, input.height};
    default:
      return real;
  }
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
    int reached = there;
    switch (operation.kind) {
      case OperationKind::kConvolution:
      case OperationKind::kPooling:
      case OperationKind::kPhases: {
        const int room = there + operation.window.pad_height - operation.window.reach_height();
        reached = room < 0 ? 0 : room / operation.window.stride_height + 1;
        break;
      }
      case OperationKind::kDense:
      case OperationKind::kFlatten:
        reached = 0;
        break;
      default:
        break;
    }
    end = std::min(end, std::min(reached, operation.height));
  }
  return TakesPairs(operation) ? PairBoundary(operation, end, end - 1) : end;
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
      if (operation.kind == OperationKind::kExport) {
        const long long height = operation.height;
        rows[i] = {static_cast<int>(height * part / share_.parts),
                   static_cast<int>(height * (part + 1) / share_.parts)};
      }
      if (TakesPairs(operation) && !rows[i].empty()) {
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
    if (operation.kind == OperationKind::kExport) continue;
    if (operation.kind == OperationKind::kPooling) {
      const std::ptrdiff_t width = RoundUp(
          std::max(operation.width * operation.window.stride_width, graph_.operations[operation.inputs[0]].width),
          kMostLanes);
      scratch = std::max(scratch, width + 2 * operation.window.kernel_width + kSlack);
    }
    if (TakesPairs(operation)) {
      const std::ptrdiff_t channels = graph_.operations[operation.inputs[0]].channels;
      planned.sum_step = RoundUp(operations_[operation.inputs[0]].row_step, kMostLanes);
      planned.sum_channel_step = kRowSums * planned.sum_step + kLine;
      scratch = std::max(scratch, channels * planned.sum_channel_step + kSlack);
    }
    if (share_.meaning == LaneMeaning::kPictures) {
      planned.pixel_step = share_.lanes;
      planned.row_step = std::ptrdiff_t{planned.pad_left + operation.width + planned.pad_right} * share_.lanes;
    } else if (operation.kind == OperationKind::kPhases) {
      planned.phase_step = RoundUp(DivideUp(operation.width, operation.window.stride_width), kMostLanes);
      planned.row_step = planned.phase_step * operation.window.stride_width;
    } else {
      planned.row_step = planned.pad_left + std::max(RoundUp(operation.width, kMostLanes),
                                                     std::ptrdiff_t{operation.width} + planned.pad_right);
    }
    // An odd number of lines from channel to channel: they would meet in few places of the cache otherwise.
    planned.channel_step = RoundUp(planned.capacity * planned.row_step, kLine);
    if (planned.channel_step / kLine % 2 == 0) planned.channel_step += kLine;
    planned.offset = workspace_;
    workspace_ += operation.channels * planned.channel_step + kLine;
  }
  scratch_offset_ = workspace_;
  workspace_ += RoundUp(scratch, kLine) + kSlack;
}

void Plan::ListTaps() {
  for (std::size_t i = 0; i < operations_.size(); ++i) {
    const Operation& operation = graph_.operations[i];
    if (!Convolves(operation)) continue;
    const Window& window = operation.window;
    const Operation& input = graph_.operations[operation.inputs[0]];
    const PlannedOperation& from = operations_[operation.inputs[0]];
    for (int channel = 0; channel < input.channels / operation.groups; ++channel) {
      for (int x = 0; TakesPairs(operation) && x < window.kernel_width; ++x) {
        operations_[i].pair_taps.push_back(channel * operations_[i].sum_channel_step +
                                           x * window.dilation_width * from.pixel_step);
      }
      for (int y = 0; y < window.kernel_height; ++y) {
        const std::ptrdiff_t row = channel * from.channel_step + y * window.dilation_height * from.row_step;
        for (int x = 0; x < window.kernel_width; ++x) {
          const int column = x * window.dilation_width;
          operations_[i].taps.push_back(from.phase_step == 0 ? row + column * from.pixel_step
                                                             : row + column % window.stride_width * from.phase_step +
                                                                   column / window.stride_width);
        }
      }
    }
  }
}

void Plan::ListColumnFactors() {
  for (std::size_t i = 0; i < operations_.size(); ++i) {
    const Operation& operation = graph_.operations[i];
    if (operation.kind != OperationKind::kPooling || operation.maximum) continue;
    const Window& window = operation.window;
    const int width = graph_.operations[operation.inputs[0]].width;
    operations_[i].column_factors.assign(static_cast<std::size_t>(RoundUp(operation.width, kMostLanes)), 0.0f);
    for (int x = 0; x < operation.width; ++x) {
      const int begin = x * window.stride_width - window.pad_width;
      const int end = std::min(begin + window.kernel_width, width + window.pad_width);
      operations_[i].column_factors[x] = 1.0f / static_cast<float>(end - begin);
    }
  }
}

}  // namespace engine
}  // namespace caffesharp
