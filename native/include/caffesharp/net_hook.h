#ifndef CAFFESHARP_NET_HOOK_H_
#define CAFFESHARP_NET_HOOK_H_

#include "caffesharp/error.h"
#include "caffesharp/export.h"
#include "caffesharp/net.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Callbacks before and after each layer in each forward and backward pass, including the passes of a solver's steps. */

typedef enum caffe_hook_moment {
  CAFFE_HOOK_BEFORE_FORWARD = 0,
  CAFFE_HOOK_AFTER_FORWARD = 1,
  CAFFE_HOOK_BEFORE_BACKWARD = 2,
  CAFFE_HOOK_AFTER_BACKWARD = 3
} caffe_hook_moment;

/* Called on the thread that runs the net, before or after each layer of the pass. As in Caffe, a backward pass also
 * calls it for layers without gradients. The callback must not throw. It sets *status to CAFFE_OK or to an error. With
 * an error it also writes a reason of at most capacity bytes, including the terminating zero, to message; the pass then
 * stops and fails with both. The callback may read and write the net's blobs. Running or reshaping the net from it is
 * CAFFE_ERROR_BUSY. */
typedef void (*caffe_hook_callback)(int64_t context, int32_t moment, int32_t layer, char* message, int32_t capacity,
                                    int32_t* status);

/* Sets the net's callback for a moment and replaces the previous one; null removes it. It may be set at any time, also
 * while the net runs. It is removed when the handle that set it is destroyed. */
CAFFESHARP_EXPORT caffe_status caffe_net_set_hook(caffe_net* net, int32_t moment, caffe_hook_callback callback,
                                                  int64_t context);

#ifdef __cplusplus
}
#endif

#endif /* CAFFESHARP_NET_HOOK_H_ */
