#include "layers/managed_layer.h"

#include <google/protobuf/text_format.h>

#include <boost/make_shared.hpp>
#include <caffe/layer_factory.hpp>

#include "community/community_layer.h"
#include "core/blob_version.h"
#include "core/callback_failure.h"
#include "core/error.h"
#include "core/threads/thread_budget.h"

namespace caffesharp {
namespace {

ManagedLayerCallbacks callbacks;

// The caller's layer; if the caller has none of that name, the library's own.
boost::shared_ptr<caffe::Layer<float>> MakeManagedLayer(const caffe::LayerParameter& parameter) {
  const auto built_in = community::FindBuiltInPythonLayer(parameter.python_param());
  if (built_in == nullptr) return boost::make_shared<ManagedLayer>(parameter);
  try {
    return boost::make_shared<ManagedLayer>(parameter);
  } catch (const Error& error) {
    // The caller's creation fails with this status if no layer is registered under the name.
    if (error.detail().status != CAFFE_ERROR_FORMAT) throw;
  }
  return built_in(parameter);
}

}  // namespace

void SetManagedLayerCallbacks(const ManagedLayerCallbacks& chosen) {
  if (callbacks.create != nullptr) {
    throw Error(CAFFE_ERROR_ARGUMENT, "the callbacks are set already, and layers may depend on them");
  }
  callbacks = chosen;
  auto& registry = caffe::LayerRegistry<float>::Registry();
  registry["Python"] = &MakeManagedLayer;
  registry["Managed"] = &MakeManagedLayer;
}

ManagedLayer::ManagedLayer(const caffe::LayerParameter& parameter) : caffe::Layer<float>(parameter) {
  google::protobuf::TextFormat::PrintToString(layer_param_, &definition_);
  const caffe::PythonParameter& python = layer_param_.python_param();
  const UserCode user_code;
  CallbackFailure failure;
  callbacks.create(python.module().c_str(), python.layer().c_str(), &object_, failure.message(),
                   CallbackFailure::capacity(), failure.status());
  failure.ThrowIfFailed();
}

ManagedLayer::~ManagedLayer() { callbacks.destroy(object_); }

void ManagedLayer::LayerSetUp(const FloatBlobs& bottom, const FloatBlobs& top) {
  // A new blob of Caffe's has the shape of a scalar and yet no element.
  for (caffe::Blob<float>* blob : top) {
    if (blob->count() == 0 && blob->num_axes() == 0) blob->Reshape(std::vector<int>{0});
  }
  Run(CAFFE_MANAGED_SETUP, bottom, top, nullptr);
}

void ManagedLayer::Reshape(const FloatBlobs& bottom, const FloatBlobs& top) {
  Run(CAFFE_MANAGED_RESHAPE, bottom, top, nullptr);
}

void ManagedLayer::Forward_cpu(const FloatBlobs& bottom, const FloatBlobs& top) {
  Run(CAFFE_MANAGED_FORWARD, bottom, top, nullptr);
}

void ManagedLayer::Backward_cpu(const FloatBlobs& top, const std::vector<bool>& propagate_down,
                                const FloatBlobs& bottom) {
  Run(CAFFE_MANAGED_BACKWARD, bottom, top, &propagate_down);
}

void ManagedLayer::Run(caffe_managed_method method, const FloatBlobs& bottom, const FloatBlobs& top,
                       const std::vector<bool>* propagate_down) {
  caffe_managed_call call{this, method, &bottom, &top, propagate_down};
  const UserCode user_code;
  CallbackFailure failure;
  RaiseBlobVersion();
  callbacks.run(object_, method, &call, failure.message(), CallbackFailure::capacity(), failure.status());
  failure.ThrowIfFailed();
}

}  // namespace caffesharp
