#ifndef CAFFESHARP_TIMING_H_
#define CAFFESHARP_TIMING_H_

#include "caffesharp/error.h"
#include "caffesharp/export.h"
#include "caffesharp/net.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A stopwatch. In CPU mode it measures wall time. On a GPU it uses caffe::Timer, whose CUDA events wait for the work
 * before them. */
typedef struct caffe_timer caffe_timer;

/* Creates a timer. mode is a caffe_mode. */
CAFFESHARP_EXPORT caffe_status caffe_timer_create(int32_t mode, int32_t device, caffe_timer** timer);
/* Destroys a timer. Null is allowed. */
CAFFESHARP_EXPORT caffe_status caffe_timer_destroy(caffe_timer* timer);
/* Starts the timer. Does nothing if it is running. */
CAFFESHARP_EXPORT caffe_status caffe_timer_start(caffe_timer* timer);
/* Stops the timer. Does nothing if it is not running. */
CAFFESHARP_EXPORT caffe_status caffe_timer_stop(caffe_timer* timer);
/* Gets the time between the last start and the last stop. Stops the timer if it is running. Returns
 * CAFFE_ERROR_ARGUMENT if it was never started. */
CAFFESHARP_EXPORT caffe_status caffe_timer_microseconds(caffe_timer* timer, double* microseconds);

/* Runs all layers forward once, and backward once if with_backward is 1. Measures the time as `caffe time` does: on the
 * net's device, for each layer separately, without the hooks of the net. forward and backward have room for layer_count
 * values, the number of the net's layers; backward may be null if with_backward is 0. The sums are those of the whole
 * passes. All times are in microseconds. */
CAFFESHARP_EXPORT caffe_status caffe_net_time(caffe_net* net, int32_t with_backward, int32_t layer_count,
                                              double* forward, double* backward, double* forward_sum,
                                              double* backward_sum);

#ifdef __cplusplus
}
#endif

#endif /* CAFFESHARP_TIMING_H_ */
