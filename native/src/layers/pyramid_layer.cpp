#include "layers/pyramid_layer.h"

#include <boost/make_shared.hpp>
#include <caffe/layer_factory.hpp>
#include <caffe/layers/concat_layer.hpp>
#include <caffe/layers/flatten_layer.hpp>
#include <caffe/layers/pooling_layer.hpp>
#include <caffe/layers/split_layer.hpp>
#include <caffe/layers/spp_layer.hpp>
#include <mutex>

namespace caffesharp {

namespace {

template <typename Owned>
void DeleteAll(std::vector<Owned*>* owned) {
  for (Owned* one : *owned) delete one;
  owned->clear();
}

// Caffe's class has no destructor for what it makes with new.
class PyramidLayer : public caffe::SPPLayer<float> {
 public:
  explicit PyramidLayer(const caffe::LayerParameter& parameter) : caffe::SPPLayer<float>(parameter) {}
  ~PyramidLayer() override {
    DeleteAll(&split_top_vec_);
    DeleteAll(&pooling_bottom_vecs_);
    DeleteAll(&pooling_top_vecs_);
    DeleteAll(&pooling_outputs_);
    DeleteAll(&flatten_layers_);
    DeleteAll(&flatten_top_vecs_);
    DeleteAll(&flatten_outputs_);
  }
};

boost::shared_ptr<caffe::Layer<float>> MakePyramidLayer(const caffe::LayerParameter& parameter) {
  return boost::make_shared<PyramidLayer>(parameter);
}

}  // namespace

void UsePyramidLayer() {
  static std::once_flag used;
  std::call_once(used, [] { caffe::LayerRegistry<float>::Registry()["SPP"] = &MakePyramidLayer; });
}

}  // namespace caffesharp
