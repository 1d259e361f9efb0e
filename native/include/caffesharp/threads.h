#ifndef CAFFESHARP_THREADS_H_
#define CAFFESHARP_THREADS_H_

#include "caffesharp/error.h"
#include "caffesharp/export.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * The thread budget limits how many threads of this process compute at the same time. A thread that runs a net, creates
 * a net or updates a solver holds one place of the budget; while it calls the BLAS, it holds one place per BLAS thread.
 * Each helper thread of the accelerated engine holds one place, and so does each thread of a data layer while it
 * transforms images. A thread that finds no free place sleeps; places are granted in the order of the requests. If a
 * net calls the caller's code (a hook, a managed layer), the pass keeps its places for 20 ms. After that, waiting
 * threads may get them, so that this code may wait for another net. Results do not depend on the budget, unless the
 * BLAS uses more than one thread.
 */

/* Gets the size of the budget. The default is the number of threads that the processor affinity of the process and the
 * quota of its control groups allow. */
CAFFESHARP_EXPORT caffe_status caffe_threads_budget(int32_t* threads);
/* Sets the size of the budget, which also limits the threads of the BLAS. Returns CAFFE_ERROR_BUSY once anything has
 * been computed. */
CAFFESHARP_EXPORT caffe_status caffe_threads_set_budget(int32_t threads);

/* The calling thread holds a place between the two calls. The calls nest. Nets that the thread runs between them take
 * no further places, except for the BLAS. A leave without an enter on the same thread is CAFFE_ERROR_ARGUMENT. */
CAFFESHARP_EXPORT caffe_status caffe_threads_enter(void);
CAFFESHARP_EXPORT caffe_status caffe_threads_leave(void);
/* As caffe_threads_enter, but does not wait: *entered is 0 if no place is free or other threads wait for one. */
CAFFESHARP_EXPORT caffe_status caffe_threads_try_enter(int32_t* entered);
/* Use the two around a wait for another thread. The first releases the places that the calling thread holds, the second
 * acquires as many again. places is 0 on a thread that holds none. */
CAFFESHARP_EXPORT caffe_status caffe_threads_pause(int32_t* places);
CAFFESHARP_EXPORT caffe_status caffe_threads_resume(int32_t places);
/* Call it from time to time during long work. It lets waiting threads run first. */
CAFFESHARP_EXPORT caffe_status caffe_threads_yield(void);

typedef struct caffe_threads_usage {
  int32_t budget;
  /* Places in use. */
  int32_t held;
  /* The most places in use at the same time since the process started or since the last reset. */
  int32_t most_held;
  /* Threads that are waiting for places. */
  int32_t waiting;
} caffe_threads_usage;

/* Gets the current usage. If reset_most is not 0, most_held then restarts from the places in use. */
CAFFESHARP_EXPORT caffe_status caffe_threads_observe(int32_t reset_most, caffe_threads_usage* usage);

/* Gets the processor time that the control groups (version 1 or 2) of this process allow, in processors; 0 if they set
 * no limit. root is put before /proc and /sys; use "" for those of the machine. */
CAFFESHARP_EXPORT caffe_status caffe_threads_quota(const char* root, double* processors);

#ifdef __cplusplus
}
#endif

#endif /* CAFFESHARP_THREADS_H_ */
