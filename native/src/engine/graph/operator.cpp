#include "engine/graph/operator.h"

#include <algorithm>

#include "engine/graph/graph_builder.h"
#include "engine/schedule/layout.h"

namespace caffesharp {
namespace engine {

bool Operator::Supports(const caffe::Net<float>& net, int layer) const {
  return net.bottom_ids(layer).size() == 1 && net.top_ids(layer).size() == 1;
}

bool Operator::Add(GraphBuilder* builder, int layer) const {
  for (int top = 0; top < builder->TopCount(layer); ++top) {
    if (builder->AddTop(*this, layer, top) == nullptr) return false;
  }
  return true;
}

bool Operator::FoldInto(const Operation& /*operation*/, Operation* /*source*/) const { return false; }

Rows Operator::InputRows(const Operation& /*operation*/, const Operation& /*input*/, Rows rows) const { return rows; }

int Operator::ReachableEnd(const Operation& /*operation*/, int input_end) const { return input_end; }

bool Operator::TakesPairs(const Operation& /*operation*/) const { return false; }

double Operator::Products(const Operation& /*operation*/, const Operation& /*input*/) const { return 0; }

double Operator::EstimateCost(const Operation& /*operation*/, const Operation& /*input*/, const Share& /*share*/,
                              const KernelSet& /*kernels*/) const {
  return 0;
}

std::optional<Operation> Operator::Rearrange(Operation* /*operation*/, const Operation& /*input*/) const {
  return std::nullopt;
}

void Operator::WidenPadding(const Operation& /*operation*/, const Operation& /*input*/,
                            PlannedOperation* /*planned_input*/) const {}

void Operator::ChooseKernels(const PlanSite& /*site*/) const {}

void Operator::LayOutRow(const PlanSite& site) const {
  PlannedOperation& planned = site.planned();
  const int width = site.operation().width;
  if (site.share.lanes_are_images()) {
    planned.pixel_step = site.share.lanes;
    planned.row_step = std::ptrdiff_t{planned.pad_left + width + planned.pad_right} * site.share.lanes;
  } else {
    planned.row_step =
        planned.pad_left + std::max(RoundUp(width, kMostLanes), std::ptrdiff_t{width} + planned.pad_right);
  }
}

std::ptrdiff_t Operator::LayOutScratch(const PlanSite& /*site*/) const { return 0; }

void Operator::Finish(const PlanSite& /*site*/) const {}

void Operator::Pack(const PackingRequest& /*request*/, PackedLayer* /*packed*/) const {}

}  // namespace engine
}  // namespace caffesharp
