#include "net/weights/recurrent_weights.h"

// Forks older than these layers do without.
#if __has_include(<caffe/layers/recurrent_layer.hpp>)
#include <caffe/layers/recurrent_layer.hpp>
#define CAFFESHARP_RECURRENT 1
#endif

namespace caffesharp {

#ifdef CAFFESHARP_RECURRENT
namespace {

struct RecurrentAccess : caffe::RecurrentLayer<float> {
  static caffe::Net<float>& UnrolledNet(caffe::RecurrentLayer<float>& layer) {
    return *(layer.*(&RecurrentAccess::unrolled_net_));
  }
};

}  // namespace

void ShareWithinRecurrentLayers(const caffe::Net<float>& net) {
  for (const auto& layer : net.layers()) {
    if (auto* recurrent = dynamic_cast<caffe::RecurrentLayer<float>*>(layer.get())) {
      RecurrentAccess::UnrolledNet(*recurrent).ShareWeights();
    }
  }
}
#else
void ShareWithinRecurrentLayers(const caffe::Net<float>&) {}
#endif

}  // namespace caffesharp
