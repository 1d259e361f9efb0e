#include "managed_layer.h"

#include <google/protobuf/text_format.h>

#include <boost/make_shared.hpp>
#include <caffe/layer_factory.hpp>
#include <memory>

#include "blob_handle.h"
#include "blob_version.h"
#include "callback_failure.h"
#include "error.h"

namespace caffesharp {
namespace {

struct Callbacks {
  caffe_managed_create_callback create = nullptr;
  caffe_managed_run_callback run = nullptr;
  caffe_managed_destroy_callback destroy = nullptr;
};

Callbacks callbacks;

boost::shared_ptr<caffe::Layer<float>> MakeManagedLayer(const caffe::LayerParameter& parameter) {
  return boost::make_shared<ManagedLayer>(parameter);
}

// A bottom or a top of the call. The net owns the blob: the handle is good for the call alone.
caffe_status HandOut(const caffe_managed_call* call, const FloatBlobs* caffe_managed_call::*blobs, std::int32_t index,
                     const char* what, const char** name, caffe_blob** blob) {
  return Guard([&] {
    RequireNotNull(call, "call");
    RequireNotNull(name, "name");
    RequireNotNull(blob, "blob");
    const FloatBlobs& list = *(call->*blobs);
    RequireIndex(index, static_cast<int>(list.size()), what);
    auto handle = std::make_unique<caffe_blob>();
    handle->blob =
        boost::shared_ptr<caffe::Blob<float>>(list[static_cast<std::size_t>(index)], [](const caffe::Blob<float>*) {});
    const caffe::LayerParameter& parameter = call->layer->layer_param();
    const auto& names = blobs == &caffe_managed_call::bottom ? parameter.bottom() : parameter.top();
    *name = index < names.size() ? names.Get(index).c_str() : "";
    *blob = handle.release();
  });
}

}  // namespace

ManagedLayer::ManagedLayer(const caffe::LayerParameter& parameter) : caffe::Layer<float>(parameter) {
  google::protobuf::TextFormat::PrintToString(layer_param_, &definition_);
  const caffe::PythonParameter& python = layer_param_.python_param();
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
  CallbackFailure failure;
  RaiseBlobVersion();
  callbacks.run(object_, method, &call, failure.message(), CallbackFailure::capacity(), failure.status());
  failure.ThrowIfFailed();
}

}  // namespace caffesharp

using caffesharp::Guard;
using caffesharp::RequireNotNull;

caffe_status caffe_managed_set_callbacks(caffe_managed_create_callback create, caffe_managed_run_callback run,
                                         caffe_managed_destroy_callback destroy) {
  return Guard([&] {
    if (create == nullptr || run == nullptr || destroy == nullptr) {
      throw caffesharp::Error(CAFFE_ERROR_ARGUMENT, "a callback is null; a layer wants all three");
    }
    if (caffesharp::callbacks.create != nullptr) {
      throw caffesharp::Error(CAFFE_ERROR_ARGUMENT, "the callbacks are set already, and layers may depend on them");
    }
    caffesharp::callbacks = caffesharp::Callbacks{create, run, destroy};
    auto& registry = caffe::LayerRegistry<float>::Registry();
    registry["Python"] = &caffesharp::MakeManagedLayer;
    registry["Managed"] = &caffesharp::MakeManagedLayer;
  });
}

caffe_status caffe_managed_describe(const caffe_managed_call* call, caffe_managed_description* description) {
  return Guard([&] {
    RequireNotNull(call, "call");
    RequireNotNull(description, "description");
    const caffe::LayerParameter& parameter = call->layer->layer_param();
    const caffe::PythonParameter& python = parameter.python_param();
    description->name = parameter.name().c_str();
    description->type = parameter.type().c_str();
    description->module = python.module().c_str();
    description->layer = python.layer().c_str();
    description->param_str = python.param_str().c_str();
    description->definition = call->layer->definition().c_str();
    description->phase = call->layer->phase() == caffe::TRAIN ? CAFFE_PHASE_TRAIN : CAFFE_PHASE_TEST;
    description->bottom_count = static_cast<std::int32_t>(call->bottom->size());
    description->top_count = static_cast<std::int32_t>(call->top->size());
  });
}

caffe_status caffe_managed_bottom(const caffe_managed_call* call, int32_t bottom, const char** name,
                                  caffe_blob** blob) {
  return caffesharp::HandOut(call, &caffe_managed_call::bottom, bottom, "bottom", name, blob);
}

caffe_status caffe_managed_top(const caffe_managed_call* call, int32_t top, const char** name, caffe_blob** blob) {
  return caffesharp::HandOut(call, &caffe_managed_call::top, top, "top", name, blob);
}

caffe_status caffe_managed_propagates_down(const caffe_managed_call* call, int32_t bottom, int32_t* propagates) {
  return Guard([&] {
    RequireNotNull(call, "call");
    RequireNotNull(propagates, "propagates");
    if (call->propagate_down == nullptr) {
      throw caffesharp::Error(CAFFE_ERROR_ARGUMENT, "gradients go down to a bottom in backward alone");
    }
    caffesharp::RequireIndex(bottom, static_cast<int>(call->propagate_down->size()), "bottom");
    *propagates = (*call->propagate_down)[static_cast<std::size_t>(bottom)] ? 1 : 0;
  });
}

caffe_status caffe_managed_add_parameter(caffe_managed_call* call, const int32_t* shape, int32_t axes,
                                         caffe_blob** blob) {
  const caffe_status allowed = Guard([&] {
    RequireNotNull(call, "call");
    if (call->method != CAFFE_MANAGED_SETUP) {
      throw caffesharp::Error(CAFFE_ERROR_ARGUMENT,
                              "parameters are made in set-up alone: the net has read by now which there are");
    }
  });
  if (allowed != CAFFE_OK) return allowed;
  const caffe_status created = caffe_blob_create(shape, axes, blob);
  if (created != CAFFE_OK) return created;
  return Guard([&] { call->layer->blobs().push_back((*blob)->blob); });
}
