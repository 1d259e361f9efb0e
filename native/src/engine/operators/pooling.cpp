// Pooling: maxima and averages.
#include <algorithm>

#include "engine/graph/graph_builder.h"
#include "engine/graph/layer_window.h"
#include "engine/graph/operator_table.h"
#include "engine/kernels/pooling_kernels.h"
#include "engine/schedule/layout.h"
#include "engine/schedule/worker.h"

namespace caffesharp {
namespace engine {
namespace {

enum Function { kAverage = 0, kMaximum = 1 };

struct PoolingPlan final : OperatorPlan {
  void (*pool)(const PoolingRow& row) = nullptr;
  std::vector<float> column_factors;
};

class Pooling final : public Operator {
 public:
  std::vector<const char*> LayerTypes() const override { return {"Pooling"}; }

  bool Supports(const caffe::Net<float>& net, int layer) const override {
    const auto method = net.layers()[layer]->layer_param().pooling_param().pool();
    return Operator::Supports(net, layer) &&
           (method == caffe::PoolingParameter_PoolMethod_MAX || method == caffe::PoolingParameter_PoolMethod_AVE);
  }

  bool Add(GraphBuilder* builder, int layer) const override {
    Operation* const operation = builder->AddTop(*this, layer);
    if (operation == nullptr) return false;
    const caffe::PoolingParameter& parameter = builder->Parameter(layer).pooling_param();
    operation->window = PoolingWindow(parameter, builder->Bottom(layer));
    operation->function = parameter.pool() == caffe::PoolingParameter_PoolMethod_MAX ? kMaximum : kAverage;
    const Operation& input = builder->operation(operation->inputs[0]);
    const Window& window = operation->window;
    // Rounded up, the last window can lie outside altogether.
    return (operation->height - 1) * window.stride_height - window.pad_height < input.height &&
           (operation->width - 1) * window.stride_width - window.pad_width < input.width;
  }

  Rows InputRows(const Operation& operation, const Operation& input, Rows rows) const override {
    const Rows reach = operation.window.Reach(rows);
    return {std::max(0, reach.begin), std::min(input.height, reach.end)};
  }

  int ReachableEnd(const Operation& operation, int input_end) const override {
    return operation.window.OutputsWithin(input_end);
  }

  void ChooseKernels(const PlanSite& site) const override {
    auto plan = std::make_unique<PoolingPlan>();
    const PoolingKernels& kernels = site.kernels.Of<PoolingFamily>(site.planned().lanes);
    plan->pool = site.share.lanes_are_images() ? kernels.pool_images : kernels.pool_pixels;
    site.planned().own = std::move(plan);
  }

  std::ptrdiff_t LayOutScratch(const PlanSite& site) const override {
    const Operation& operation = site.operation();
    const std::ptrdiff_t width =
        RoundUp(std::max(operation.width * operation.window.stride_width, site.input().width), kMostLanes);
    return width + 2 * operation.window.kernel_width + kSlack;
  }

  void Finish(const PlanSite& site) const override {
    const Operation& operation = site.operation();
    if (operation.function == kMaximum) return;
    const Window& window = operation.window;
    const int width = site.input().width;
    std::vector<float>& factors = static_cast<PoolingPlan&>(*site.planned().own).column_factors;
    factors.assign(static_cast<std::size_t>(RoundUp(operation.width, kMostLanes)), 0.0f);
    for (int x = 0; x < operation.width; ++x) {
      const int begin = x * window.stride_width - window.pad_width;
      const int end = std::min(begin + window.kernel_width, width + window.pad_width);
      factors[x] = 1.0f / static_cast<float>(end - begin);
    }
  }

  void Run(const Worker& worker, int index, Rows rows) const override {
    for (int row = rows.begin; row < rows.end; ++row) PoolRow(worker, index, row);
  }

 private:
  static void PoolRow(const Worker& worker, int index, int row) {
    const Operation& operation = worker.Of(index);
    const PlannedOperation& planned = worker.Planned(index);
    const auto& plan = worker.Own<PoolingPlan>(index);
    const int input = operation.inputs[0];
    const Window& window = operation.window;
    const int height = worker.Of(input).height;
    const int begin = row * window.stride_height - window.pad_height;
    const int first = std::max(begin, 0);
    PoolingRow arguments;
    arguments.input = worker.Row(input, first);
    arguments.row_step = worker.Planned(input).row_step;
    arguments.input_channel_step = worker.Planned(input).channel_step;
    arguments.row_count = std::min(begin + window.kernel_height, height) - first;
    arguments.width = worker.Of(input).width;
    arguments.kernel = window.kernel_width;
    arguments.stride = window.stride_width;
    arguments.pad = window.pad_width;
    arguments.maximum = operation.function == kMaximum;
    arguments.row_factor =
        1.0f / static_cast<float>(std::min(begin + window.kernel_height, height + window.pad_height) - begin);
    arguments.column_factors = plan.column_factors.data();
    arguments.channels = operation.channels;
    arguments.output_width = operation.width;
    arguments.output = worker.Row(index, row);
    arguments.output_channel_step = planned.channel_step;
    arguments.scratch = worker.scratch();
    plan.pool(arguments);
  }
};

const RegisteredOperator<Pooling> pooling;

}  // namespace
}  // namespace engine
}  // namespace caffesharp
