// A layer of Caffe's whose methods are the caller's.
#ifndef CAFFESHARP_SRC_LAYERS_MANAGED_LAYER_H_
#define CAFFESHARP_SRC_LAYERS_MANAGED_LAYER_H_

#include <caffe/layer.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "caffesharp/managed_layer.h"

namespace caffesharp {

using FloatBlobs = std::vector<caffe::Blob<float>*>;

struct ManagedLayerCallbacks {
  caffe_managed_create_callback create = nullptr;
  caffe_managed_run_callback run = nullptr;
  caffe_managed_destroy_callback destroy = nullptr;
};

// From now on the layers "Python" and "Managed" are made by them. Throws CAFFE_ERROR_ARGUMENT if some are set
// already.
void SetManagedLayerCallbacks(const ManagedLayerCallbacks& chosen);

class ManagedLayer : public caffe::Layer<float> {
 public:
  // Throws what the caller's creation fails with.
  explicit ManagedLayer(const caffe::LayerParameter& parameter);
  ~ManagedLayer() override;
  ManagedLayer(const ManagedLayer&) = delete;
  ManagedLayer& operator=(const ManagedLayer&) = delete;

  void LayerSetUp(const FloatBlobs& bottom, const FloatBlobs& top) override;
  void Reshape(const FloatBlobs& bottom, const FloatBlobs& top) override;
  const char* type() const override { return layer_param_.type().c_str(); }

  const std::string& definition() const { return definition_; }
  caffe::Phase phase() const { return phase_; }

 protected:
  void Forward_cpu(const FloatBlobs& bottom, const FloatBlobs& top) override;
  void Backward_cpu(const FloatBlobs& top, const std::vector<bool>& propagate_down, const FloatBlobs& bottom) override;

 private:
  void Run(caffe_managed_method method, const FloatBlobs& bottom, const FloatBlobs& top,
           const std::vector<bool>* propagate_down);

  std::string definition_;
  std::int64_t object_ = 0;
};

}  // namespace caffesharp

struct caffe_managed_call {
  caffesharp::ManagedLayer* layer;
  caffe_managed_method method;
  const caffesharp::FloatBlobs* bottom;
  const caffesharp::FloatBlobs* top;
  // Null except in CAFFE_MANAGED_BACKWARD.
  const std::vector<bool>* propagate_down;
};

#endif  // CAFFESHARP_SRC_LAYERS_MANAGED_LAYER_H_
