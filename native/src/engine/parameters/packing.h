// How parameters of layers are brought into the order in which kernels read them.
#ifndef CAFFESHARP_SRC_ENGINE_PARAMETERS_PACKING_H_
#define CAFFESHARP_SRC_ENGINE_PARAMETERS_PACKING_H_

#include <boost/shared_ptr.hpp>
#include <caffe/blob.hpp>
#include <string>
#include <vector>

#include "core/memory.h"

namespace caffesharp {
namespace engine {

class Operator;

// What is packed, and all that the result depends on: the same request of the same parameters gives the same result in
// every net.
struct PackingRequest {
  // For messages alone.
  std::string layer;
  // Packs it.
  const Operator* kind = nullptr;
  // Which of the operator's orders, and how many output channels are beside each other in it.
  int variant = 0;
  int block = 0;
  int channels = 0;
  int groups = 1;
  // See Operation.
  std::vector<float> constants;
  bool has_slopes = false;
  std::vector<float> slope_constants;
  // All parameters of the layer, and of the layer of the slopes.
  std::vector<boost::shared_ptr<caffe::Blob<float>>> parameters;
  std::vector<boost::shared_ptr<caffe::Blob<float>>> slope_parameters;
};

struct PackedLayer {
  // Of convolutions, see ConvolutionRow and ConvolutionPair; of inner products, see DenseRow; of functions of each
  // value, the scale.
  WorkingFloats weights;
  // Or the shift.
  WorkingFloats bias;
  // Empty for none.
  WorkingFloats slopes;
};

}  // namespace engine
}  // namespace caffesharp

#endif  // CAFFESHARP_SRC_ENGINE_PARAMETERS_PACKING_H_
