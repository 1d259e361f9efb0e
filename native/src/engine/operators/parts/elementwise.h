// Operators whose values are made each of the values at its place, row by row.
#ifndef CAFFESHARP_SRC_ENGINE_OPERATORS_PARTS_ELEMENTWISE_H_
#define CAFFESHARP_SRC_ENGINE_OPERATORS_PARTS_ELEMENTWISE_H_

#include <vector>

#include "engine/graph/graph_builder.h"
#include "engine/graph/operator.h"
#include "engine/graph/operator_table.h"
#include "engine/kernels/elementwise_kernels.h"
#include "engine/parameters/packing.h"

namespace caffesharp {
namespace engine {

class ElementwiseOperator : public Operator {
 public:
  bool Add(GraphBuilder* builder, int layer) const final;
  void ChooseKernels(const PlanSite& site) const final;
  void Run(const Worker& worker, int index, Rows rows) const final;

 protected:
  ~ElementwiseOperator() = default;

  virtual ElementwiseKernel Kernel(const KernelSet& kernels, int lanes) const = 0;
  // Whether Pack makes what the kernel takes: weights are its scale, the bias its shift.
  virtual bool IsPacked() const { return true; }
  // What the definition of the layer says beside its parameters, for Pack.
  virtual std::vector<float> Constants(const caffe::LayerParameter& /*layer*/) const { return {}; }
};

}  // namespace engine
}  // namespace caffesharp

#endif  // CAFFESHARP_SRC_ENGINE_OPERATORS_PARTS_ELEMENTWISE_H_
