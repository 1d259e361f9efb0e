// Parameters of layers in the order in which kernels read them, packed again when the net's own have changed.
#ifndef CAFFESHARP_SRC_ENGINE_PARAMETERS_PACKED_WEIGHTS_H_
#define CAFFESHARP_SRC_ENGINE_PARAMETERS_PACKED_WEIGHTS_H_

#include <caffe/net.hpp>
#include <map>
#include <memory>
#include <tuple>
#include <vector>

#include "engine/graph/graph.h"

namespace caffesharp {
namespace engine {

struct PackedLayer {
  // Of convolutions, see ConvolutionRow and ConvolutionPair; of inner products, see DenseRow; of affine functions, the
  // scale.
  std::vector<float> weights;
  // Or the shift.
  std::vector<float> bias;
  // Empty for none.
  std::vector<float> slopes;
};

class PackedWeights {
 public:
  explicit PackedWeights(const caffe::Net<float>& net) : net_(net) {}

  // What the operation reads; it stays where it is. block is that of its kernel.
  const PackedLayer* Get(const Operation& operation, int block) { return Get(operation, block, false); }
  // The same for two rows at a time.
  const PackedLayer* GetForPairs(const Operation& operation, int block) { return Get(operation, block, true); }

  // Looks whether the net's parameters still are what was packed.
  void Refresh();

  // Forgets everything.
  void Clear();

 private:
  struct Packing {
    OperationKind kind;
    int layer;
    int slope_layer;
    int groups;
    int channels;
    int block;
    bool for_pairs;
    PackedLayer packed;
  };

  const PackedLayer* Get(const Operation& operation, int block, bool for_pairs);

  void Pack(Packing* packing) const;
  void PackConvolution(Packing* packing) const;
  void PackDense(Packing* packing) const;
  void PackAffine(Packing* packing) const;
  void PackSlopes(int layer, int channels, std::vector<float>* slopes) const;
  // Whether the layer's parameters differ from the copy, which becomes theirs.
  bool Update(int layer);

  const caffe::Net<float>& net_;
  std::map<std::tuple<int, int, int, bool>, std::unique_ptr<Packing>> packings_;
  // By layer, its parameters as they were packed.
  std::map<int, std::vector<std::vector<float>>> copies_;
};

}  // namespace engine
}  // namespace caffesharp

#endif  // CAFFESHARP_SRC_ENGINE_PARAMETERS_PACKED_WEIGHTS_H_
