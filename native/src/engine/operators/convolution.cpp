// Convolution.
#include <algorithm>

#include "engine/graph/graph_builder.h"
#include "engine/graph/layer_window.h"
#include "engine/graph/operator_table.h"
#include "engine/operators/engine_operators.h"
#include "engine/operators/parts/convolution_rows.h"
#include "engine/parameters/net_weights.h"
#include "engine/schedule/layout.h"
#include "engine/schedule/worker.h"

namespace caffesharp {
namespace engine {
namespace {

// Outputs by columns of the window: fewer do not make good the sums that pairs of rows want.
constexpr int kFewestPairProducts = 24;

enum Packing { kRows = 0, kPairs = 1 };

struct PairPlan final : ConvolutionPlan {
  // For operations whose rows are computed two at a time; null for others.
  const PackedWeights* packed_pairs = nullptr;
  int pair_block = 0;
  Taps pair_taps;
  std::ptrdiff_t sum_step = 0;
  std::ptrdiff_t sum_channel_step = 0;
};

// source holds windows of three rows, taps values for each channel.
void AppendForPairs(const float* source, int taps, int width, int channels, WorkingFloats* weights) {
  for (const bool common : {true, false}) {
    for (int window = 0; window < taps; window += 3 * width) {
      for (int x = 0; x < width; ++x) {
        for (const bool upper : {true, false}) {
          for (int channel = 0; channel < channels; ++channel) {
            const float* const at = source + std::ptrdiff_t{channel} * taps + window + x;
            const float first = at[0], second = at[width], third = at[2 * width];
            const float half = 0.5f * (upper ? first + third + second : first + third - second);
            weights->push_back(common ? half : upper ? first : third);
          }
        }
      }
    }
  }
}

void PackPairs(const PackingRequest& request, PackedLayer* packed) {
  const caffe::Blob<float>& blob = *request.parameters[0];
  const int taps = blob.count() / request.channels;
  const int group_channels = request.channels / request.groups;
  // Four sums take the place of three rows.
  packed->weights.reserve(static_cast<std::size_t>(blob.count()) / 3 * kRowSums);
  for (int group = 0; group < request.groups; ++group) {
    for (int first = 0; first < group_channels; first += request.block) {
      const float* const block = blob.cpu_data() + std::ptrdiff_t{group * group_channels + first} * taps;
      AppendForPairs(block, taps, blob.shape(3), std::min(request.block, group_channels - first), &packed->weights);
    }
  }
}

void ConvolvePair(const Worker& worker, int index, const PairPlan& plan, int row) {
  const Operation& operation = worker.Of(index);
  const PlannedOperation& planned = worker.Planned(index);
  const int input = operation.inputs[0];
  const PlannedOperation& from = worker.Planned(input);
  const Window& window = operation.window;
  const PackedLayer& packed = plan.packed->layer();
  const int channels = operation.channels / operation.groups;
  const int input_channels = worker.Of(input).channels / operation.groups;
  RowSums sums;
  sums.input = worker.Row(input, row - window.pad_height) - from.pad_left * from.pixel_step;
  sums.row_step = from.row_step;
  sums.input_channel_step = from.channel_step;
  sums.channels = worker.Of(input).channels;
  sums.length = static_cast<int>(from.row_step);
  sums.output = worker.scratch();
  sums.sum_step = plan.sum_step;
  sums.output_channel_step = plan.sum_channel_step;
  plan.kernels->sum_rows(sums);
  ConvolutionPair arguments;
  arguments.taps = plan.pair_taps.data();
  arguments.tap_count = static_cast<std::ptrdiff_t>(plan.pair_taps.size());
  arguments.vector_step = worker.lanes_are_images() ? from.pixel_step : planned.lanes;
  arguments.block = plan.pair_block;
  arguments.channels = channels;
  arguments.output_channel_step = planned.channel_step;
  arguments.vectors = worker.VectorCount(index);
  arguments.sum_step = plan.sum_step;
  arguments.output_row_step = planned.row_step;
  for (int group = 0; group < operation.groups; ++group) {
    const int first = group * channels;
    arguments.input = sums.output + (from.pad_left - window.pad_width) * from.pixel_step +
                      group * input_channels * plan.sum_channel_step;
    arguments.weights = plan.packed_pairs->layer().weights.data() + kRowSums * first * arguments.tap_count;
    arguments.bias = packed.bias.data() + first;
    arguments.slopes = operation.slope_layer < 0 ? nullptr : packed.slopes.data() + first;
    arguments.output = worker.Row(index, row) + first * planned.channel_step;
    plan.kernels->convolve_pair(arguments);
  }
}

class Convolution final : public Operator {
 public:
  std::vector<const char*> LayerTypes() const override { return {"Convolution"}; }

  bool Supports(const caffe::Net<float>& net, int layer) const override {
    return Operator::Supports(net, layer) && net.layers()[layer]->layer_param().convolution_param().axis() == 1;
  }

  bool Add(GraphBuilder* builder, int layer) const override {
    if (builder->Bottom(layer).num_axes() != 4) return false;
    Operation* const operation = builder->AddTop(*this, layer);
    if (operation == nullptr) return false;
    const caffe::ConvolutionParameter& parameter = builder->Parameter(layer).convolution_param();
    operation->window = ConvolutionWindow(parameter);
    operation->groups = static_cast<int>(parameter.group());
    return true;
  }

  bool AppliesSlopes() const override { return true; }

  Rows InputRows(const Operation& operation, const Operation& /*input*/, Rows rows) const override {
    return operation.window.Reach(rows);
  }

  int ReachableEnd(const Operation& operation, int input_end) const override {
    return operation.window.OutputsWithin(input_end);
  }

  // Where it takes less time, see ConvolutionPair.
  bool TakesPairs(const Operation& operation) const override {
    const Window& window = operation.window;
    return window.kernel_height == 3 && window.stride_height == 1 && window.dilation_height == 1 &&
           window.stride_width == 1 && operation.height > 1 &&
           operation.channels / operation.groups * window.kernel_width >= kFewestPairProducts;
  }

  double Products(const Operation& operation, const Operation& input) const override {
    return WindowProducts(operation, input);
  }

  double EstimateCost(const Operation& operation, const Operation& input, const Share& share,
                      const KernelSet& kernels) const override {
    if (share.lanes_are_images()) return EstimateImageCost(operation, input, share);
    return LineProducts(operation, input) * RowCost(operation.width, LanesForWidth(kernels, operation.width));
  }

  std::optional<Operation> Rearrange(Operation* operation, const Operation& input) const override {
    if (operation->window.stride_width <= 1) return std::nullopt;
    Operation phases;
    phases.kind = &PhasesOperator();
    phases.channels = input.channels;
    // Caffe rounds towards zero: the first window may reach further than the padding.
    const Window& window = operation->window;
    phases.height = std::max(input.height + 2 * window.pad_height,
                             (operation->height - 1) * window.stride_height + window.reach_height());
    phases.width = std::max(input.width + 2 * window.pad_width,
                            (operation->width - 1) * window.stride_width + window.reach_width());
    phases.window.stride_width = operation->window.stride_width;
    phases.window.pad_height = operation->window.pad_height;
    phases.window.pad_width = operation->window.pad_width;
    operation->window.pad_height = 0;
    operation->window.pad_width = 0;
    return phases;
  }

  void WidenPadding(const Operation& operation, const Operation& input,
                    PlannedOperation* planned_input) const override {
    const Window& window = operation.window;
    PlannedOperation& planned = *planned_input;
    planned.pad_top = std::max(planned.pad_top, window.pad_height);
    planned.pad_left = std::max(planned.pad_left, window.pad_width);
    planned.pad_bottom = std::max(planned.pad_bottom, (operation.height - 1) * window.stride_height -
                                                          window.pad_height + window.reach_height() - input.height);
    if (input.kind == &PhasesOperator()) return;
    planned.pad_right = std::max(planned.pad_right, (operation.width - 1) * window.stride_width - window.pad_width +
                                                        window.reach_width() - input.width);
  }

  void ChooseKernels(const PlanSite& site) const override {
    auto plan = std::make_unique<PairPlan>();
    ChooseRowKernels(site, plan.get());
    if (TakesPairs(site.operation())) {
      plan->pair_block = ChooseBlock(site.operation(), VectorsOfRow(site), plan->kernels->pair_blocks);
      plan->packed_pairs = site.weights.Get(site.operation(), kPairs, plan->pair_block);
    }
    site.planned().own = std::move(plan);
  }

  std::ptrdiff_t LayOutScratch(const PlanSite& site) const override {
    if (!TakesPairs(site.operation())) return 0;
    auto& plan = static_cast<PairPlan&>(*site.planned().own);
    plan.sum_step = RoundUp(site.planned_input().row_step, kMostLanes);
    plan.sum_channel_step = kRowSums * plan.sum_step + kLine;
    return site.input().channels * plan.sum_channel_step + kSlack;
  }

  void Finish(const PlanSite& site) const override {
    auto& plan = static_cast<PairPlan&>(*site.planned().own);
    plan.taps = ListTaps(site);
    if (plan.packed_pairs == nullptr) return;
    const Operation& operation = site.operation();
    const Window& window = operation.window;
    for (int channel = 0; channel < site.input().channels / operation.groups; ++channel) {
      for (int x = 0; x < window.kernel_width; ++x) {
        plan.pair_taps.push_back(channel * plan.sum_channel_step +
                                 x * window.dilation_width * site.planned_input().pixel_step);
      }
    }
  }

  void Pack(const PackingRequest& request, PackedLayer* packed) const override {
    if (request.variant == kPairs) {
      PackPairs(request, packed);
    } else {
      PackRows(request, packed);
    }
  }

  void Run(const Worker& worker, int index, Rows rows) const override {
    const auto& plan = worker.Own<PairPlan>(index);
    for (int row = rows.begin; row < rows.end;) {
      // Pairs begin with an even row; the last may be alone.
      const bool pair = plan.packed_pairs != nullptr && row + 1 < rows.end;
      if (pair) {
        ConvolvePair(worker, index, plan, row);
      } else {
        ConvolveRow(worker, index, plan, row);
      }
      row += pair ? 2 : 1;
    }
  }
};

const RegisteredOperator<Convolution> convolution;

}  // namespace
}  // namespace engine
}  // namespace caffesharp
