#ifndef CAFFESHARP_MANAGED_LAYER_H_
#define CAFFESHARP_MANAGED_LAYER_H_

#include "caffesharp/blob.h"
#include "caffesharp/error.h"
#include "caffesharp/export.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Layers that the caller implements, in its own language. In a prototxt their type is "Python", as for pycaffe, or
 * "Managed". python_param names the class by module and layer, and contains its param_str. */

/* One call of one layer. It is valid until the callback that receives it returns. */
typedef struct caffe_managed_call caffe_managed_call;

typedef enum caffe_managed_method {
  /* Called once, when the net is created. Parameters can be added only here. CAFFE_MANAGED_RESHAPE follows. */
  CAFFE_MANAGED_SETUP = 0,
  /* Called before every forward pass: sets the shapes of the tops from those of the bottoms. */
  CAFFE_MANAGED_RESHAPE = 1,
  CAFFE_MANAGED_FORWARD = 2,
  CAFFE_MANAGED_BACKWARD = 3
} caffe_managed_method;

/* The properties of a layer that never change. Strings are valid as long as the layer and are never null. */
typedef struct caffe_managed_description {
  const char* name;
  const char* type;
  const char* module;
  const char* layer;
  const char* param_str;
  /* The layer's LayerParameter in prototxt syntax. */
  const char* definition;
  /* A caffe_phase. */
  int32_t phase;
  int32_t bottom_count;
  int32_t top_count;
} caffe_managed_description;

/* The callbacks run on the thread that creates, runs or destroys the net. They must not throw. Each callback sets
 * *status to CAFFE_OK or to an error. With an error it also writes a reason of at most capacity bytes, including the
 * terminating zero, to message; the function in progress fails with both. Callbacks may use other nets, but not the net
 * of their layer. */

/* Creates the object that implements a layer. The other callbacks receive *object. */
typedef void (*caffe_managed_create_callback)(const char* module, const char* layer, int64_t* object, char* message,
                                              int32_t capacity, int32_t* status);
/* Runs a caffe_managed_method. */
typedef void (*caffe_managed_run_callback)(int64_t object, int32_t method, caffe_managed_call* call, char* message,
                                           int32_t capacity, int32_t* status);
/* Called when the layer has been destroyed. */
typedef void (*caffe_managed_destroy_callback)(int64_t object);

/* Registers both layer types. "Python" replaces Caffe's own Python layer if Caffe was built with it. Call this function
 * once, before any other function of this library. */
CAFFESHARP_EXPORT caffe_status caffe_managed_set_callbacks(caffe_managed_create_callback create,
                                                           caffe_managed_run_callback run,
                                                           caffe_managed_destroy_callback destroy);

/* Gets the properties of the layer. */
CAFFESHARP_EXPORT caffe_status caffe_managed_describe(const caffe_managed_call* call,
                                                      caffe_managed_description* description);
/* Get a new handle, which the callback must destroy before it returns. *name is the name of the blob; it is valid as
 * long as the layer. */
CAFFESHARP_EXPORT caffe_status caffe_managed_bottom(const caffe_managed_call* call, int32_t bottom, const char** name,
                                                    caffe_blob** blob);
CAFFESHARP_EXPORT caffe_status caffe_managed_top(const caffe_managed_call* call, int32_t top, const char** name,
                                                 caffe_blob** blob);
/* Sets *propagates to 1 if the layer must compute the diff of this bottom. Only valid in CAFFE_MANAGED_BACKWARD. */
CAFFESHARP_EXPORT caffe_status caffe_managed_propagates_down(const caffe_managed_call* call, int32_t bottom,
                                                             int32_t* propagates);
/* Adds a parameter, filled with zeros. Only valid in CAFFE_MANAGED_SETUP. The caller may keep the handle and must
 * destroy it. */
CAFFESHARP_EXPORT caffe_status caffe_managed_add_parameter(caffe_managed_call* call, const int32_t* shape, int32_t axes,
                                                           caffe_blob** blob);

#ifdef __cplusplus
}
#endif

#endif /* CAFFESHARP_MANAGED_LAYER_H_ */
