#ifndef CAFFESHARP_NET_HOOK_H_
#define CAFFESHARP_NET_HOOK_H_

#include "caffesharp/error.h"
#include "caffesharp/export.h"
#include "caffesharp/net.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Callbacks of the caller's around each layer of each forward and backward run, those of a solver's steps among them.
 */

typedef enum caffe_hook_moment {
  CAFFE_HOOK_BEFORE_FORWARD = 0,
  CAFFE_HOOK_AFTER_FORWARD = 1,
  CAFFE_HOOK_BEFORE_BACKWARD = 2,
  CAFFE_HOOK_AFTER_BACKWARD = 3
} caffe_hook_moment;

/* Runs on the thread that runs the net, for each layer of the run, before or after it; backward also for layers that no
 * gradient goes through, as in Caffe. It must not throw: it sets *status to CAFFE_OK or to why it failed, and then
 * writes a reason of at most capacity bytes, its zero among them, to message; the run ends there and fails with both.
 * It may read and write the net's blobs; running or reshaping the net is CAFFE_ERROR_BUSY. */
typedef void (*caffe_hook_callback)(int64_t context, int32_t moment, int32_t layer, char* message, int32_t capacity,
                                    int32_t* status);

/* Sets the net's one callback for a moment, in the place of the one before; null for none. It may be set at any time,
 * also while the net runs, and ends with the handle that set it. */
CAFFESHARP_EXPORT caffe_status caffe_net_set_hook(caffe_net* net, int32_t moment, caffe_hook_callback callback,
                                                  int64_t context);

#ifdef __cplusplus
}
#endif

#endif /* CAFFESHARP_NET_HOOK_H_ */
