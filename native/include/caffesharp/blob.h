#ifndef CAFFESHARP_BLOB_H_
#define CAFFESHARP_BLOB_H_

#include "caffesharp/error.h"
#include "caffesharp/export.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The most axes that Caffe allows in a blob. */
#define CAFFE_MAX_BLOB_AXES 32

typedef enum caffe_blob_part { CAFFE_BLOB_PART_DATA = 0, CAFFE_BLOB_PART_DIFF = 1 } caffe_blob_part;

/* A caffe::Blob<float>: data and diff with the same shape, row-major, synchronized between host and GPU on access. */
typedef struct caffe_blob caffe_blob;

/* Creates a blob. axes is 0 (a scalar) to CAFFE_MAX_BLOB_AXES; every dimension is at least 0. */
CAFFESHARP_EXPORT caffe_status caffe_blob_create(const int32_t* shape, int32_t axes, caffe_blob** blob);
/* Destroys a blob handle. Null is allowed. A net's memory is freed when the net and every handle to its blobs are
 * destroyed. */
CAFFESHARP_EXPORT caffe_status caffe_blob_destroy(caffe_blob* blob);

/* Writes the dimensions to shape and their number to *axes. shape has room for capacity dimensions;
 * CAFFE_MAX_BLOB_AXES is always enough. */
CAFFESHARP_EXPORT caffe_status caffe_blob_shape(const caffe_blob* blob, int32_t* shape, int32_t capacity,
                                                int32_t* axes);
/* Gets the number of elements. */
CAFFESHARP_EXPORT caffe_status caffe_blob_count(const caffe_blob* blob, int64_t* count);
/* Changes the shape. This invalidates pointers that were returned earlier. The memory is reused if the new shape fits
 * into it. */
CAFFESHARP_EXPORT caffe_status caffe_blob_reshape(caffe_blob* blob, const int32_t* shape, int32_t axes);

/* Get the host memory of count elements; null if the blob is empty. The pointer is valid until the blob is destroyed or
 * reshaped, by the caller or by its net. The mutable functions mark the GPU's copy as out of date. */
CAFFESHARP_EXPORT caffe_status caffe_blob_data(const caffe_blob* blob, const float** data, int64_t* count);
CAFFESHARP_EXPORT caffe_status caffe_blob_mutable_data(caffe_blob* blob, float** data, int64_t* count);
/* As caffe_blob_mutable_data, for a caller that writes all values before the net's next call and not later: what the
 * memory holds before is undefined. The blob may get other memory, so pointers to its data that were returned earlier
 * must not be used any more. The accelerated engine keeps what the last pass read until the next pass, and copies it
 * in each pass if a pointer of caffe_blob_mutable_data may still be written through; this function saves the copy. */
CAFFESHARP_EXPORT caffe_status caffe_blob_overwrite_data(caffe_blob* blob, float** data, int64_t* count);
CAFFESHARP_EXPORT caffe_status caffe_blob_diff(const caffe_blob* blob, const float** diff, int64_t* count);
CAFFESHARP_EXPORT caffe_status caffe_blob_mutable_diff(caffe_blob* blob, float** diff, int64_t* count);

/* Gets the shape and the host memory of a part (a caffe_blob_part) in one call. The results are those of
 * caffe_blob_shape and of caffe_blob_data or caffe_blob_diff; of the mutable function if is_mutable is not 0. *version
 * is the value that the counter of caffe_blob_version had. */
CAFFESHARP_EXPORT caffe_status caffe_blob_memory(caffe_blob* blob, int32_t part, int32_t is_mutable, int32_t* shape,
                                                 int32_t capacity, int32_t* axes, float** memory, int64_t* version);
/* Gets the address of a counter that increases whenever a blob of the process may have been reshaped, or its memory
 * moved or put to use. While the counter is unchanged, shapes and pointers stay valid. The address is valid until the
 * process ends. Read the counter atomically. */
CAFFESHARP_EXPORT caffe_status caffe_blob_version(const int64_t** version);

/* Get memory on the device of the blob's net. A CPU build returns CAFFE_ERROR_UNSUPPORTED. */
CAFFESHARP_EXPORT caffe_status caffe_blob_gpu_data(const caffe_blob* blob, const float** data);
CAFFESHARP_EXPORT caffe_status caffe_blob_mutable_gpu_data(caffe_blob* blob, float** data);
CAFFESHARP_EXPORT caffe_status caffe_blob_gpu_diff(const caffe_blob* blob, const float** diff);
CAFFESHARP_EXPORT caffe_status caffe_blob_mutable_gpu_diff(caffe_blob* blob, float** diff);

#ifdef __cplusplus
}
#endif

#endif /* CAFFESHARP_BLOB_H_ */
