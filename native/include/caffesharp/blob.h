#ifndef CAFFESHARP_BLOB_H_
#define CAFFESHARP_BLOB_H_

#include "caffesharp/error.h"
#include "caffesharp/export.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Caffe's limit on the axes of a blob. */
#define CAFFE_MAX_BLOB_AXES 32

typedef enum caffe_blob_part { CAFFE_BLOB_PART_DATA = 0, CAFFE_BLOB_PART_DIFF = 1 } caffe_blob_part;

/* A caffe::Blob<float>: data and diff of one shape, row-major, synchronized between host and GPU on access. */
typedef struct caffe_blob caffe_blob;

/* axes from 0 (a scalar) to CAFFE_MAX_BLOB_AXES; every dimension >= 0. */
CAFFESHARP_EXPORT caffe_status caffe_blob_create(const int32_t* shape, int32_t axes, caffe_blob** blob);
/* Null is allowed. A net's memory lives until the net and the last handle of one of its blobs are destroyed. */
CAFFESHARP_EXPORT caffe_status caffe_blob_destroy(caffe_blob* blob);

/* Writes the shape into shape, which has room for capacity (CAFFE_MAX_BLOB_AXES is always enough), and its length into
 * *axes. */
CAFFESHARP_EXPORT caffe_status caffe_blob_shape(const caffe_blob* blob, int32_t* shape, int32_t capacity,
                                                int32_t* axes);
/* Elements. */
CAFFESHARP_EXPORT caffe_status caffe_blob_count(const caffe_blob* blob, int64_t* count);
/* Pointers handed out before are invalid after this. Memory is kept where the new shape fits into it. */
CAFFESHARP_EXPORT caffe_status caffe_blob_reshape(caffe_blob* blob, const int32_t* shape, int32_t axes);

/* Host memory, count elements; null where the blob is empty. Valid until the blob is reshaped, by hand or by its net,
 * or destroyed. The mutable ones mark the GPU's copy as out of date. */
CAFFESHARP_EXPORT caffe_status caffe_blob_data(const caffe_blob* blob, const float** data, int64_t* count);
CAFFESHARP_EXPORT caffe_status caffe_blob_mutable_data(caffe_blob* blob, float** data, int64_t* count);
CAFFESHARP_EXPORT caffe_status caffe_blob_diff(const caffe_blob* blob, const float** diff, int64_t* count);
CAFFESHARP_EXPORT caffe_status caffe_blob_mutable_diff(caffe_blob* blob, float** diff, int64_t* count);

/* Shape and host memory of a part, a caffe_blob_part, in one call: what caffe_blob_shape gives, and what
 * caffe_blob_data or one of its kin gives, the mutable one where is_mutable is not 0. *version is what the count of
 * caffe_blob_version was. */
CAFFESHARP_EXPORT caffe_status caffe_blob_memory(caffe_blob* blob, int32_t part, int32_t is_mutable, int32_t* shape,
                                                 int32_t capacity, int32_t* axes, float** memory, int64_t* version);
/* Where a count is that rises whenever a blob of the process may have been reshaped, or its memory moved or put to use:
 * as long as it is what it was, shapes and pointers are too. Valid for ever; read it atomically. */
CAFFESHARP_EXPORT caffe_status caffe_blob_version(const int64_t** version);

/* Device memory, of the device of the blob's net; CAFFE_ERROR_UNSUPPORTED on a CPU build. */
CAFFESHARP_EXPORT caffe_status caffe_blob_gpu_data(const caffe_blob* blob, const float** data);
CAFFESHARP_EXPORT caffe_status caffe_blob_mutable_gpu_data(caffe_blob* blob, float** data);
CAFFESHARP_EXPORT caffe_status caffe_blob_gpu_diff(const caffe_blob* blob, const float** diff);
CAFFESHARP_EXPORT caffe_status caffe_blob_mutable_gpu_diff(caffe_blob* blob, float** diff);

#ifdef __cplusplus
}
#endif

#endif /* CAFFESHARP_BLOB_H_ */
