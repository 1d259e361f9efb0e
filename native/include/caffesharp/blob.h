#ifndef CAFFESHARP_BLOB_H_
#define CAFFESHARP_BLOB_H_

#include "caffesharp/error.h"
#include "caffesharp/export.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Caffe's limit on the axes of a blob. */
#define CAFFE_MAX_BLOB_AXES 32

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

/* Device memory, of the device of the blob's net; CAFFE_ERROR_UNSUPPORTED on a CPU build. */
CAFFESHARP_EXPORT caffe_status caffe_blob_gpu_data(const caffe_blob* blob, const float** data);
CAFFESHARP_EXPORT caffe_status caffe_blob_mutable_gpu_data(caffe_blob* blob, float** data);
CAFFESHARP_EXPORT caffe_status caffe_blob_gpu_diff(const caffe_blob* blob, const float** diff);
CAFFESHARP_EXPORT caffe_status caffe_blob_mutable_gpu_diff(caffe_blob* blob, float** diff);

#ifdef __cplusplus
}
#endif

#endif /* CAFFESHARP_BLOB_H_ */
