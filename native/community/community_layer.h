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

// A layer that takes over a type of Caffe's for the definitions that set a fork's fields; Layer::Accepts says which. A
// static object of this class in the layer's file registers it.
class CommunityVariant {
 public:
  using Accepts = bool (*)(const caffe::LayerParameter&);
  CommunityVariant(const char* type, Accepts accepts, CommunityLayer::Maker make);
};

// Whether a layer of that definition is a variant.
bool IsVariant(const caffe::LayerParameter& parameter);

// A layer that a fork has written in Python, under the names that python_param gives. A class that the user registers
// under these names takes precedence. A static object of this class in the layer's file registers it.
class BuiltInPythonLayer {
 public:
  BuiltInPythonLayer(const char* module, const char* layer, CommunityLayer::Maker make);
};

// Null if no layer is built in under these names.
CommunityLayer::Maker FindBuiltInPythonLayer(const caffe::PythonParameter& names);

// Adds the community layers to Caffe's registry, once. A type that the registry has already (a fork's own) stays as it
// is.
void UseCommunityLayers();

}  // namespace community
}  // namespace caffesharp

#endif  // CAFFESHARP_COMMUNITY_COMMUNITY_LAYER_H_
