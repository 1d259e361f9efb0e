#include "engine/operators/parts/elementwise.h"

#include "engine/parameters/net_weights.h"
#include "engine/schedule/worker.h"

namespace caffesharp {
namespace engine {
namespace {

struct ElementwisePlan final : OperatorPlan {
  ElementwiseKernel kernel = nullptr;
  const PackedWeights* packed = nullptr;
};

}  // namespace

bool ElementwiseOperator::Add(GraphBuilder* builder, int layer) const {
  Operation* const operation = builder->AddTop(*this, layer);
  if (operation == nullptr) return false;
  operation->constants = Constants(builder->Parameter(layer));
  return true;
}

void ElementwiseOperator::ChooseKernels(const PlanSite& site) const {
  auto plan = std::make_unique<ElementwisePlan>();
  plan->kernel = Kernel(site.kernels, site.planned().lanes);
  if (IsPacked()) plan->packed = site.weights.Get(site.operation(), 0, 0);
  site.planned().own = std::move(plan);
}

void ElementwiseOperator::Run(const Worker& worker, int index, Rows rows) const {
  const int input = worker.Of(index).inputs[0];
  const auto& plan = worker.Own<ElementwisePlan>(index);
  ElementwiseRow arguments;
  arguments.input_channel_step = worker.Planned(input).channel_step;
  arguments.scale = plan.packed == nullptr ? nullptr : plan.packed->layer().weights.data();
  arguments.shift = plan.packed == nullptr ? nullptr : plan.packed->layer().bias.data();
  arguments.output_channel_step = worker.Planned(index).channel_step;
  arguments.channels = worker.Of(index).channels;
  arguments.vectors = worker.VectorCount(index);
  for (int row = rows.begin; row < rows.end; ++row) {
    arguments.input = worker.Row(input, row);
    arguments.output = worker.Row(index, row);
    plan.kernel(arguments);
  }
}

}  // namespace engine
}  // namespace caffesharp
