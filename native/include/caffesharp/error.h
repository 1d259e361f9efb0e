#ifndef CAFFESHARP_ERROR_H_
#define CAFFESHARP_ERROR_H_

#include "caffesharp/export.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum caffe_status {
  CAFFE_OK = 0,
  /* A CHECK in Caffe failed, or Caffe reached a LOG(FATAL). */
  CAFFE_ERROR_CHECK = 1,
  /* A parameter is out of range, or a pointer is null. */
  CAFFE_ERROR_ARGUMENT = 2,
  /* No file, layer or blob has that name. */
  CAFFE_ERROR_NOT_FOUND = 3,
  /* A file is invalid: a syntax error in a prototxt, a broken caffemodel or HDF5 file. */
  CAFFE_ERROR_FORMAT = 4,
  /* A file cannot be read or written: no permission, disk full, a folder in place of a file. */
  CAFFE_ERROR_IO = 5,
  /* Memory ran out, or the call requested more than the machine has. */
  CAFFE_ERROR_OUT_OF_MEMORY = 6,
  /* This build or machine does not support the operation: no GPU, no HDF5. */
  CAFFE_ERROR_UNSUPPORTED = 7,
  /* Another thread is using the same net, or the database is already open elsewhere. */
  CAFFE_ERROR_BUSY = 8,
  /* Any other failure, such as an exception of a library that Caffe uses. */
  CAFFE_ERROR_INTERNAL = 9,
  /* A layer that the caller implements failed (managed_layer.h). The caller keeps the cause. */
  CAFFE_ERROR_LAYER = 10
} caffe_status;

/* Describes the calling thread's last failed call. No string is null; a string that does not apply is empty. */
typedef struct caffe_error {
  /* A caffe_status. */
  int32_t status;
  /* The C++ source line and file that raised the error. */
  int32_t source_line;
  const char* source_file;
  /* The complete message. It names the file, layer, blob and shape concerned. */
  const char* message;
  /* The layer and the blob concerned. */
  const char* layer;
  const char* blob;
  /* The prototxt, weights or other file concerned, and the position in it, counted from 1; 0 if unknown. */
  const char* path;
  int32_t path_line;
  int32_t path_column;
} caffe_error;

/* Copies the calling thread's last failure to *error. The status in it is CAFFE_OK if no call has failed. */
CAFFESHARP_EXPORT caffe_status caffe_error_last(caffe_error* error);

/* The index of the candidate that a misspelled name was probably meant to be; -1 if no candidate is close to it. The
 * distance is the number of letters to change, add, remove or swap; upper and lower case are equal. */
CAFFESHARP_EXPORT caffe_status caffe_error_nearest_name(const char* name, const char* const* candidates, int32_t count,
                                                        int32_t* index);

#ifdef __cplusplus
}
#endif

#endif /* CAFFESHARP_ERROR_H_ */
