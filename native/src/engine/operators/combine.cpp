// Eltwise: sums, products and maxima of several inputs.
#include <algorithm>

#include "engine/graph/graph_builder.h"
#include "engine/graph/operator_table.h"
#include "engine/kernels/combination_kernels.h"
#include "engine/schedule/worker.h"

namespace caffesharp {
namespace engine {
namespace {

struct CombinePlan final : OperatorPlan {
  const CombinationKernels* kernels = nullptr;
};

// An operation's function is a Combination, its constants are the coefficients of the inputs.
class Combine final : public Operator {
 public:
  std::vector<const char*> LayerTypes() const override { return {"Eltwise"}; }

  bool Supports(const caffe::Net<float>& net, int layer) const override {
    const std::vector<int>& bottoms = net.bottom_ids(layer);
    // In place, Caffe overwrites the bottom of a sum or a maximum before it has read it.
    return net.top_ids(layer).size() == 1 &&
           std::find(bottoms.begin(), bottoms.end(), net.top_ids(layer)[0]) == bottoms.end();
  }

  bool Add(GraphBuilder* builder, int layer) const override {
    const caffe::EltwiseParameter& parameter = builder->Parameter(layer).eltwise_param();
    Operation* const operation = builder->AddTop(*this, layer);
    if (operation == nullptr) return false;
    operation->constants.assign(operation->inputs.size(), 1.0f);
    switch (parameter.operation()) {
      case caffe::EltwiseParameter_EltwiseOp_SUM:
        operation->function = static_cast<int>(Combination::kSum);
        for (int i = 0; i < parameter.coeff_size(); ++i) operation->constants[i] = parameter.coeff(i);
        return true;
      case caffe::EltwiseParameter_EltwiseOp_PROD:
        operation->function = static_cast<int>(Combination::kProduct);
        return true;
      case caffe::EltwiseParameter_EltwiseOp_MAX:
        operation->function = static_cast<int>(Combination::kMaximum);
        return true;
    }
    return false;
  }

  void ChooseKernels(const PlanSite& site) const override {
    auto plan = std::make_unique<CombinePlan>();
    plan->kernels = &site.kernels.Of<CombinationFamily>(site.planned().lanes);
    site.planned().own = std::move(plan);
  }

  void Run(const Worker& worker, int index, Rows rows) const override {
    const Operation& operation = worker.Of(index);
    const CombinationKernels& kernels = *worker.Own<CombinePlan>(index).kernels;
    CombinationRow arguments;
    arguments.combination = static_cast<Combination>(operation.function);
    arguments.output_channel_step = worker.Planned(index).channel_step;
    arguments.channels = operation.channels;
    arguments.vectors = worker.VectorCount(index);
    for (int row = rows.begin; row < rows.end; ++row) {
      arguments.output = worker.Row(index, row);
      for (std::size_t i = 0; i < operation.inputs.size(); ++i) {
        arguments.input = worker.Row(operation.inputs[i], row);
        arguments.input_channel_step = worker.Planned(operation.inputs[i]).channel_step;
        arguments.coefficient = operation.constants[i];
        arguments.accumulate = i > 0;
        // As Caffe compares them.
        arguments.keeps_output = i > 1;
        kernels.combine(arguments);
      }
    }
  }
};

const RegisteredOperator<Combine> combine;

}  // namespace
}  // namespace engine
}  // namespace caffesharp
