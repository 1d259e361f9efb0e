// What the layers of native/community share: their registration and the checks that all of them need.
#ifndef CAFFESHARP_COMMUNITY_COMMUNITY_LAYER_H_
#define CAFFESHARP_COMMUNITY_COMMUNITY_LAYER_H_

#include <boost/make_shared.hpp>
#include <caffe/layer.hpp>
#include <caffe/layer_factory.hpp>
#include <vector>

namespace caffesharp {
namespace community {

using Blob = caffe::Blob<float>;
using Blobs = std::vector<Blob*>;

// A layer type of a fork. A static object of this class in a layer's file registers the type.
class CommunityLayer {
 public:
  using Maker = boost::shared_ptr<caffe::Layer<float>> (*)(const caffe::LayerParameter&);
  CommunityLayer(const char* type, Maker make);
};

template <typename Layer>
boost::shared_ptr<caffe::Layer<float>> Make(const caffe::LayerParameter& parameter) {
  return boost::make_shared<Layer>(parameter);
}

// Adds the community layers to Caffe's registry, once. A type that the registry has already (a fork's own) stays as it
// is.
void UseCommunityLayers();

}  // namespace community
}  // namespace caffesharp

#endif  // CAFFESHARP_COMMUNITY_COMMUNITY_LAYER_H_
