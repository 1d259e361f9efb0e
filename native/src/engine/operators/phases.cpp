#include <algorithm>

#include "engine/operators/engine_operators.h"
#include "engine/schedule/layout.h"
#include "engine/schedule/worker.h"

namespace caffesharp {
namespace engine {
namespace {

class Phases final : public Operator {
 public:
  Rows InputRows(const Operation& operation, const Operation& input, Rows rows) const override {
    const Rows reach = operation.window.Reach(rows);
    return {std::max(0, reach.begin), std::min(input.height, reach.end)};
  }

  int ReachableEnd(const Operation& operation, int input_end) const override {
    return operation.window.OutputsWithin(input_end);
  }

  void LayOutRow(const PlanSite& site) const override {
    const Operation& operation = site.operation();
    PlannedOperation& planned = site.planned();
    planned.phase_step = RoundUp(DivideUp(operation.width, operation.window.stride_width), kMostLanes);
    planned.row_step = planned.phase_step * operation.window.stride_width;
  }

  void Run(const Worker& worker, int index, Rows rows) const override {
    for (int row = rows.begin; row < rows.end; ++row) SortRow(worker, index, row);
  }

 private:
  static void SortRow(const Worker& worker, int index, int row) {
    const Operation& operation = worker.Of(index);
    const PlannedOperation& planned = worker.Planned(index);
    const int input = operation.inputs[0];
    const int source_row = row - operation.window.pad_height;
    const int stride = operation.window.stride_width;
    for (int channel = 0; channel < operation.channels; ++channel) {
      float* const to = worker.Row(index, row) + channel * planned.channel_step;
      if (source_row < 0 || source_row >= worker.Of(input).height) {
        std::fill(to, to + planned.row_step, 0.0f);
        continue;
      }
      const float* const from = worker.Row(input, source_row) + channel * worker.Planned(input).channel_step;
      const int source_width = worker.Of(input).width;
      for (int phase = 0; phase < stride; ++phase) {
        float* const values = to + phase * planned.phase_step;
        for (int column = phase, i = 0; column < operation.width; column += stride, ++i) {
          const int source_column = column - operation.window.pad_width;
          values[i] = source_column >= 0 && source_column < source_width ? from[source_column] : 0.0f;
        }
      }
    }
  }
};

}  // namespace

const Operator& PhasesOperator() {
  static const Phases phases;
  return phases;
}

}  // namespace engine
}  // namespace caffesharp
