#ifndef CAFFESHARP_MANAGED_LAYER_H_
#define CAFFESHARP_MANAGED_LAYER_H_

#include "caffesharp/blob.h"
#include "caffesharp/error.h"
#include "caffesharp/export.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Layers that the caller computes, in its own language. In a prototxt their type is "Python", as for pycaffe, or
 * "Managed"; python_param names their class by module and layer, and hands it a param_str. */

/* One call of one layer: valid until the callback that is given it returns. */
typedef struct caffe_managed_call caffe_managed_call;

typedef enum caffe_managed_method {
  /* Once, when the net is made: the one place to make parameters. CAFFE_MANAGED_RESHAPE follows. */
  CAFFE_MANAGED_SETUP = 0,
  /* Before every forward: shapes the tops after the bottoms. */
  CAFFE_MANAGED_RESHAPE = 1,
  CAFFE_MANAGED_FORWARD = 2,
  CAFFE_MANAGED_BACKWARD = 3
} caffe_managed_method;

/* What a layer is from its first day. Strings live as long as the layer; they are never null. */
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

/* The callbacks run on the thread that makes, runs or destroys the net. They must not throw. Each sets *status to
 * CAFFE_OK or to why it failed, and then writes a reason of at most capacity bytes, its zero among them, to message;
 * the function under way fails with both. They may use other nets, but not the one whose layer they serve. */

/* Makes the object behind a layer; *object is what the other callbacks get. */
typedef void (*caffe_managed_create_callback)(const char* module, const char* layer, int64_t* object, char* message,
                                              int32_t capacity, int32_t* status);
/* Runs a caffe_managed_method. */
typedef void (*caffe_managed_run_callback)(int64_t object, int32_t method, caffe_managed_call* call, char* message,
                                           int32_t capacity, int32_t* status);
/* The layer is gone. */
typedef void (*caffe_managed_destroy_callback)(int64_t object);

/* Registers both layer types, "Python" in the place of Caffe's own where it was built with that. Call it before
 * anything else of this library, once. */
CAFFESHARP_EXPORT caffe_status caffe_managed_set_callbacks(caffe_managed_create_callback create,
                                                           caffe_managed_run_callback run,
                                                           caffe_managed_destroy_callback destroy);

CAFFESHARP_EXPORT caffe_status caffe_managed_describe(const caffe_managed_call* call,
                                                      caffe_managed_description* description);
/* A new handle, to be destroyed by the callee before it returns. *name is the blob's, and lives as long as the layer.
 */
CAFFESHARP_EXPORT caffe_status caffe_managed_bottom(const caffe_managed_call* call, int32_t bottom, const char** name,
                                                    caffe_blob** blob);
CAFFESHARP_EXPORT caffe_status caffe_managed_top(const caffe_managed_call* call, int32_t top, const char** name,
                                                 caffe_blob** blob);
/* 1 where this bottom's diff is wanted; in CAFFE_MANAGED_BACKWARD alone. */
CAFFESHARP_EXPORT caffe_status caffe_managed_propagates_down(const caffe_managed_call* call, int32_t bottom,
                                                             int32_t* propagates);
/* Makes one more parameter, of zeros; in CAFFE_MANAGED_SETUP alone. The handle may be kept, and must be destroyed. */
CAFFESHARP_EXPORT caffe_status caffe_managed_add_parameter(caffe_managed_call* call, const int32_t* shape, int32_t axes,
                                                           caffe_blob** blob);

#ifdef __cplusplus
}
#endif

#endif /* CAFFESHARP_MANAGED_LAYER_H_ */
