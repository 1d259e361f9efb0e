#ifndef CAFFESHARP_THREADS_H_
#define CAFFESHARP_THREADS_H_

#include "caffesharp/error.h"
#include "caffesharp/export.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * How many threads of this process compute at a time. A thread that runs a net, makes one or updates a solver holds a
 * place of the budget, or one for each thread of the BLAS where it calls the BLAS; helpers of the accelerated engine
 * hold one each, and so do the threads of data layers while they transform images. Who finds no place free sleeps
 * until it is its turn, in the order in which places were asked for. Code of the caller's that a net calls (a hook, a
 * managed layer) keeps the places of the pass for 20 ms; after that those who wait may get them, so that it may itself
 * wait for another net. Results do not depend on the budget, except where the BLAS has more than one thread.
 */

/* The size of the budget. The default is what the affinity of the process and the quota of its control groups allow. */
CAFFESHARP_EXPORT caffe_status caffe_threads_budget(int32_t* threads);
/* CAFFE_ERROR_BUSY once something has computed. The BLAS gets at most so many threads. */
CAFFESHARP_EXPORT caffe_status caffe_threads_set_budget(int32_t threads);

/* The calling thread computes between the two, whatever it calls. They nest; nets that it runs between them take no
 * further place, except for the BLAS. A leave without an enter on the same thread is CAFFE_ERROR_ARGUMENT. */
CAFFESHARP_EXPORT caffe_status caffe_threads_enter(void);
CAFFESHARP_EXPORT caffe_status caffe_threads_leave(void);
/* As caffe_threads_enter, but *entered is 0 where no place is free, or others wait for one. */
CAFFESHARP_EXPORT caffe_status caffe_threads_try_enter(int32_t* entered);
/* Around a wait for another thread: gives back what the calling thread holds, and takes as much again. places is 0 on a
 * thread that holds none. */
CAFFESHARP_EXPORT caffe_status caffe_threads_pause(int32_t* places);
CAFFESHARP_EXPORT caffe_status caffe_threads_resume(int32_t places);
/* Now and then during long work: lets those who wait have their turn first. */
CAFFESHARP_EXPORT caffe_status caffe_threads_yield(void);

typedef struct caffe_threads_usage {
  int32_t budget;
  /* Places that are held. */
  int32_t held;
  /* The most places that were held at a time, since the process began or the last reset. */
  int32_t most_held;
  /* Threads that wait for places. */
  int32_t waiting;
} caffe_threads_usage;

CAFFESHARP_EXPORT caffe_status caffe_threads_observe(int32_t reset_most, caffe_threads_usage* usage);

/* Processors' worth of time that the control groups of this process allow, of either version; 0 where they set no
 * limit. root stands before /proc and /sys; "" for the machine's own. */
CAFFESHARP_EXPORT caffe_status caffe_threads_quota(const char* root, double* processors);

#ifdef __cplusplus
}
#endif

#endif /* CAFFESHARP_THREADS_H_ */
