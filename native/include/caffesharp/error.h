#ifndef CAFFESHARP_ERROR_H_
#define CAFFESHARP_ERROR_H_

#include "caffesharp/export.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum caffe_status {
  CAFFE_OK = 0,
  /* A CHECK or LOG(FATAL) of Caffe failed. */
  CAFFE_ERROR_CHECK = 1,
  /* A parameter of the call is out of its range, or a pointer is null. */
  CAFFE_ERROR_ARGUMENT = 2,
  /* No file, layer or blob of that name. */
  CAFFE_ERROR_NOT_FOUND = 3,
  /* A file is there but is not what it should be: prototxt syntax, a broken caffemodel or HDF5 file. */
  CAFFE_ERROR_FORMAT = 4,
  /* A file cannot be read or written: permission, disk full, a folder where a file should be. */
  CAFFE_ERROR_IO = 5,
  /* Memory ran out, or more was asked for than the machine has. */
  CAFFE_ERROR_OUT_OF_MEMORY = 6,
  /* This build or machine cannot do it: no GPU, no HDF5. */
  CAFFE_ERROR_UNSUPPORTED = 7,
  /* Another thread is inside the same net, or somebody else has the database open. */
  CAFFE_ERROR_BUSY = 8,
  /* Anything else: an exception of a library below Caffe. */
  CAFFE_ERROR_INTERNAL = 9,
  /* A layer of the caller's own failed (managed_layer.h); what it failed with is the caller's to know. */
  CAFFE_ERROR_LAYER = 10
} caffe_status;

/* What the calling thread's last failed call said. Every string is non-null; empty where it does not apply. */
typedef struct caffe_error {
  /* A caffe_status. */
  int32_t status;
  /* Where it was raised, in C++. */
  int32_t source_line;
  const char* source_file;
  /* Whole and readable on its own; names the file, layer, blob and shape it is about. */
  const char* message;
  /* The layer and the blob it is about. */
  const char* layer;
  const char* blob;
  /* The prototxt, weights or other file it is about, and the place in it, counted from 1; 0 where unknown. */
  const char* path;
  int32_t path_line;
  int32_t path_column;
} caffe_error;

/* Copies the calling thread's last failure into *error; CAFFE_OK in its status where there was none. */
CAFFESHARP_EXPORT caffe_status caffe_error_last(caffe_error* error);

/* The index of the candidate that a misspelled name was probably meant to be; -1 if no candidate is close to it. The
 * distance is the number of letters to change, add, remove or swap; upper and lower case are equal. */
CAFFESHARP_EXPORT caffe_status caffe_error_nearest_name(const char* name, const char* const* candidates, int32_t count,
                                                        int32_t* index);

#ifdef __cplusplus
}
#endif

#endif /* CAFFESHARP_ERROR_H_ */
