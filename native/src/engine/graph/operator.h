// What the engine can compute. An operator is one file of operators/: which layers of Caffe it comes from, what it
// computes of which rows, how its parameters are packed, which kernels it takes, what it costs and how it runs. The
// rest of the engine knows it through this class, and finds it through the table of operator_table.h.
#ifndef CAFFESHARP_SRC_ENGINE_GRAPH_OPERATOR_H_
#define CAFFESHARP_SRC_ENGINE_GRAPH_OPERATOR_H_

#include <caffe/net.hpp>
#include <cstddef>
#include <optional>
#include <vector>

#include "engine/graph/graph.h"
#include "engine/kernel_set.h"
#include "engine/schedule/planned_operation.h"

namespace caffesharp {
namespace engine {

class GraphBuilder;
class NetWeights;
class Worker;
struct PackedLayer;
struct PackingRequest;

// An operation of a plan in the making, and what it needs of the plan.
struct PlanSite {
  const Graph& graph;
  const Share& share;
  const KernelSet& kernels;
  NetWeights& weights;
  std::vector<PlannedOperation>& operations;
  int index;

  const Operation& operation() const { return graph.operations[index]; }
  PlannedOperation& planned() const { return operations[index]; }
  // Of its first input.
  const Operation& input() const { return graph.operations[operation().inputs[0]]; }
  const PlannedOperation& planned_input() const { return operations[operation().inputs[0]]; }
};

// Operators have no state and live until the process ends; what a plan must keep is in OperatorPlan.
class Operator {
 public:
  Operator() = default;
  Operator(const Operator&) = delete;
  Operator& operator=(const Operator&) = delete;

  // --- From layers to a graph.

  // The types of layers that it comes from, as prototxts name them; none for what the engine adds itself.
  virtual std::vector<const char*> LayerTypes() const { return {}; }
  // Whether a graph can hold the layer, of one of those types, as far as its definition tells. By default a layer of
  // one bottom and one top.
  virtual bool Supports(const caffe::Net<float>& net, int layer) const;
  // Adds the layer's operations. False if a graph cannot hold the shapes. By default one operation per top.
  virtual bool Add(GraphBuilder* builder, int layer) const;
  // The operation alone reads the source. Has the source do its work too; false if it cannot.
  virtual bool FoldInto(const Operation& operation, Operation* source) const;
  // Whether slopes can be applied to its result as it is computed.
  virtual bool AppliesSlopes() const { return false; }
  // Whether its result is in the net's blob, and not in a worker's memory.
  virtual bool WritesBlob() const { return false; }
  virtual bool ReadsBlob() const { return false; }

  // --- Rows. Only those from 0 to below the height; the default is row by row.

  // The rows of an input that some rows of the operation, at least one, are computed from.
  virtual Rows InputRows(const Operation& operation, const Operation& input, Rows rows) const;
  // Up to where it can be computed when of an input the rows before input_end are there.
  virtual int ReachableEnd(const Operation& operation, int input_end) const;
  // Whether two rows are computed at a time, the first with an even index.
  virtual bool TakesPairs(const Operation& operation) const;

  // --- Costs.

  // Multiply-adds for one value; 0 if there is nothing to choose by them.
  virtual double Products(const Operation& operation, const Operation& input) const;
  // How long an image's vectors take, in multiply-adds of 16 lanes; only what differs from one share to another.
  virtual double EstimateCost(const Operation& operation, const Operation& input, const Share& share,
                              const KernelSet& kernels) const;

  // --- Planning, in this order.

  // With pixels as lanes, an operation that brings the input into another order; operation reads its result from then
  // on.
  virtual std::optional<Operation> Rearrange(Operation* operation, const Operation& input) const;
  // Widens the padding that is kept around the input.
  virtual void WidenPadding(const Operation& operation, const Operation& input, PlannedOperation* planned_input) const;
  // Makes planned().own where it needs one. planned().lanes are chosen, and may be changed.
  virtual void ChooseKernels(const PlanSite& site) const;
  // Sets pixel_step and row_step.
  virtual void LayOutRow(const PlanSite& site) const;
  // The floats of scratch memory that a worker needs. Inputs are laid out. May be called again after another layout.
  virtual std::ptrdiff_t LayOutScratch(const PlanSite& site) const;
  // After the last layout: lists what depends on it.
  virtual void Finish(const PlanSite& site) const;

  // --- Parameters.

  // Packs the parameters of request in the order of the kernels. Nothing else may go into the result.
  virtual void Pack(const PackingRequest& request, PackedLayer* packed) const;

  // --- Running.

  // Computes some rows, which the operation has; the rows of its inputs are there.
  virtual void Run(const Worker& worker, int index, Rows rows) const = 0;

 protected:
  // Never deleted.
  ~Operator() = default;
};

}  // namespace engine
}  // namespace caffesharp

#endif  // CAFFESHARP_SRC_ENGINE_GRAPH_OPERATOR_H_
