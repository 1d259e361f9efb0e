#ifndef CAFFESHARP_TIMING_H_
#define CAFFESHARP_TIMING_H_

#include "caffesharp/error.h"
#include "caffesharp/export.h"
#include "caffesharp/net.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A stopwatch: wall time where the mode is CPU; on a GPU caffe::Timer, whose CUDA events wait for the work before them.
 */
typedef struct caffe_timer caffe_timer;

/* mode is a caffe_mode. */
CAFFESHARP_EXPORT caffe_status caffe_timer_create(int32_t mode, int32_t device, caffe_timer** timer);
/* Null is allowed. */
CAFFESHARP_EXPORT caffe_status caffe_timer_destroy(caffe_timer* timer);
/* Nothing where it runs. */
CAFFESHARP_EXPORT caffe_status caffe_timer_start(caffe_timer* timer);
/* Nothing where it does not run. */
CAFFESHARP_EXPORT caffe_status caffe_timer_stop(caffe_timer* timer);
/* Between the last start and the last stop; stops one that runs. CAFFE_ERROR_ARGUMENT where it was never started. */
CAFFESHARP_EXPORT caffe_status caffe_timer_microseconds(caffe_timer* timer, double* microseconds);

/* Runs all layers forward and, where backward is 1, all backward, once, and takes the time as `caffe time` does: on the
 * net's device, of each layer by itself, without the hooks of the net. forward and backward (may be null where that is
 * 0) have room for layer_count, the number of the net's layers; the sums are those of the whole passes. All are
 * microseconds. */
CAFFESHARP_EXPORT caffe_status caffe_net_time(caffe_net* net, int32_t with_backward, int32_t layer_count,
                                              double* forward, double* backward, double* forward_sum,
                                              double* backward_sum);

#ifdef __cplusplus
}
#endif

#endif /* CAFFESHARP_TIMING_H_ */
