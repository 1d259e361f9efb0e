#ifndef CAFFESHARP_CAFFESHARP_H_
#define CAFFESHARP_CAFFESHARP_H_

/*
 * A C interface to the original Caffe.
 *
 * These rules apply to every function:
 *  - It returns a caffe_status. CAFFE_OK is 0. Results are written to the out parameters. A call that fails does not
 *    change them.
 *  - It throws no C++ exception. After a failure, caffe_error_last() describes the calling thread's last error.
 *  - Strings are UTF-8 and zero-terminated. Returned strings belong to the library. Strings of an object are valid as
 *    long as the object, those of caffe_error_last() until the thread's next failure, those of the runtime until the
 *    process ends.
 *  - A null pointer for a required object or out parameter is CAFFE_ERROR_ARGUMENT, never a crash.
 *  - An object may be used from any thread, but only by one thread at a time. Different objects may be used at the
 *    same time. The functions that run or change a net detect a second thread and return CAFFE_ERROR_BUSY.
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
