// The packed parameters that the plans of one net read.
#ifndef CAFFESHARP_SRC_ENGINE_PARAMETERS_NET_WEIGHTS_H_
#define CAFFESHARP_SRC_ENGINE_PARAMETERS_NET_WEIGHTS_H_

#include <caffe/net.hpp>
#include <map>
#include <memory>
#include <tuple>

#include "engine/graph/graph.h"
#include "engine/parameters/packed_weights.h"

namespace caffesharp {
namespace engine {

class NetWeights {
 public:
  explicit NetWeights(const caffe::Net<float>& net) : net_(net) {}

  // What the operation reads, packed by its operator in one of its orders; it stays where it is. block is that of the
  // kernel.
  const PackedWeights* Get(const Operation& operation, int variant, int block);
  // Before a pass: has everything belong to the parameters as they are now.
  void Refresh();
  // Whether the parameters of the layers from first to last are those of the last Refresh.
  bool IsCurrent(int first_layer, int last_layer) const;

 private:
  const caffe::Net<float>& net_;
  // By layer, layer of the slopes, variant, block and channels: those of a layer without parameters follow its input.
  std::map<std::tuple<int, int, int, int, int>, std::unique_ptr<PackedWeights>> packed_;
};

}  // namespace engine
}  // namespace caffesharp

#endif  // CAFFESHARP_SRC_ENGINE_PARAMETERS_NET_WEIGHTS_H_
