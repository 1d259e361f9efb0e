#include "caffesharp/managed_layer.h"

#include <boost/shared_ptr.hpp>
#include <memory>

#include "core/error.h"
#include "layers/managed_layer.h"
#include "net/blob_handle.h"

namespace caffesharp {
namespace {

// A bottom or a top of the call. The net owns the blob: the handle is valid only during the call.
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
}  // namespace caffesharp

using caffesharp::Guard;
using caffesharp::RequireNotNull;

caffe_status caffe_managed_set_callbacks(caffe_managed_create_callback create, caffe_managed_run_callback run,
                                         caffe_managed_destroy_callback destroy) {
  return Guard([&] {
    if (create == nullptr || run == nullptr || destroy == nullptr) {
      throw caffesharp::Error(CAFFE_ERROR_ARGUMENT, "a callback is null; a layer requires all three");
    }
    caffesharp::SetManagedLayerCallbacks(caffesharp::ManagedLayerCallbacks{create, run, destroy});
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
      throw caffesharp::Error(CAFFE_ERROR_ARGUMENT, "gradients are propagated to a bottom only during backward");
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
      throw caffesharp::Error(
          CAFFE_ERROR_ARGUMENT,
          "parameters can be added only during set-up: the net has already read the layer's parameters");
    }
  });
  if (allowed != CAFFE_OK) return allowed;
  const caffe_status created = caffe_blob_create(shape, axes, blob);
  if (created != CAFFE_OK) return created;
  return Guard([&] { call->layer->blobs().push_back((*blob)->blob); });
}
