#ifndef CAFFESHARP_CAFFESHARP_H_
#define CAFFESHARP_CAFFESHARP_H_

/*
 * The original Caffe behind a plain C interface.
 *
 * Rules that hold for every function:
 *  - It returns a caffe_status. CAFFE_OK is 0. Results leave through the out parameters, which are untouched on
 * failure.
 *  - No C++ exception crosses it. After a failure caffe_error_last() describes it, for the calling thread.
 *  - Strings are UTF-8 and end with a zero. Strings handed out belong to the library: those of an object live as long
 *    as the object, those of caffe_error_last() until the thread's next failure, those of the runtime for ever.
 *  - A null pointer where an object or an out parameter is wanted is CAFFE_ERROR_ARGUMENT, never a crash.
 *  - Objects may be used from any thread, by one thread at a time; different objects at the same time. The functions
 *    that run or change a net notice a second thread and answer CAFFE_ERROR_BUSY.
 */

#include "caffesharp/blob.h"
#include "caffesharp/database.h"
#include "caffesharp/engine.h"
#include "caffesharp/error.h"
#include "caffesharp/export.h"
#include "caffesharp/hdf5.h"
#include "caffesharp/image.h"
#include "caffesharp/managed_layer.h"
#include "caffesharp/message.h"
#include "caffesharp/net.h"
#include "caffesharp/net_hook.h"
#include "caffesharp/runtime.h"
#include "caffesharp/solver.h"
#include "caffesharp/threads.h"
#include "caffesharp/timing.h"

#endif /* CAFFESHARP_CAFFESHARP_H_ */
