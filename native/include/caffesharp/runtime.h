#ifndef CAFFESHARP_RUNTIME_H_
#define CAFFESHARP_RUNTIME_H_

#include "caffesharp/error.h"
#include "caffesharp/export.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Raised with every change of this interface that an older caller would not survive. */
#define CAFFESHARP_ABI_VERSION 1

typedef enum caffe_mode { CAFFE_MODE_CPU = 0, CAFFE_MODE_GPU = 1 } caffe_mode;

typedef enum caffe_log_severity {
  CAFFE_LOG_INFO = 0,
  CAFFE_LOG_WARNING = 1,
  CAFFE_LOG_ERROR = 2,
  CAFFE_LOG_NONE = 3
} caffe_log_severity;

/* How the library was built. Strings are never null; numbers are 0 or 1 unless said otherwise. */
typedef struct caffe_build_info {
  /* Caffe's own version ("1.0.0"). */
  const char* caffe_version;
  /* Where its source came from: "Debian caffe 1.0.0+git20180821.99bd997-8", "git 9b89154", or a folder. */
  const char* caffe_source;
  const char* compiler;
  const char* protobuf_version;
  const char* boost_version;
  const char* hdf5_version;
  const char* lmdb_version;
  const char* leveldb_version;
  /* Of the OpenCV that Caffe was linked with; without one, the name of the codec that decodes images for it
   * (image.h), empty where none is set. */
  const char* opencv_version;
  /* The BLAS Caffe was linked with, in its own words ("OpenBLAS 0.3.21 NO_AFFINITY SkylakeX MAX_THREADS=64"). */
  const char* blas;
  int32_t with_cuda;
  /* 11080 for 11.8; 0 without CUDA. */
  int32_t cuda_version;
  int32_t with_cudnn;
  int32_t with_nccl;
  int32_t with_python_layer;
  /* Address and undefined behaviour sanitizers. */
  int32_t with_sanitizers;
} caffe_build_info;

/* Called on whatever thread logs. Must not throw, block for long, or call back into this library. */
typedef void (*caffe_log_callback)(int32_t severity, const char* file, int32_t line, const char* message,
                                   void* user_data);

/* CAFFESHARP_ABI_VERSION as the library was built. Its signature never changes. */
CAFFESHARP_EXPORT caffe_status caffe_runtime_abi_version(int32_t* version);
CAFFESHARP_EXPORT caffe_status caffe_runtime_build_info(caffe_build_info* info);

/* CUDA devices that can be used; 0 on a CPU build or a machine without one. */
CAFFESHARP_EXPORT caffe_status caffe_runtime_device_count(int32_t* count);
/* Mode, device and seed of the calling thread, as Caffe keeps them. New nets do not follow them: see caffe_net_options.
 */
CAFFESHARP_EXPORT caffe_status caffe_runtime_get_mode(int32_t* mode);
CAFFESHARP_EXPORT caffe_status caffe_runtime_set_mode(int32_t mode);
CAFFESHARP_EXPORT caffe_status caffe_runtime_set_device(int32_t device);
CAFFESHARP_EXPORT caffe_status caffe_runtime_set_random_seed(uint32_t seed);

/* Registered layer types, sorted. */
CAFFESHARP_EXPORT caffe_status caffe_runtime_layer_type_count(int32_t* count);
CAFFESHARP_EXPORT caffe_status caffe_runtime_layer_type(int32_t index, const char** type);

/* Threads the BLAS uses for one call, in the whole process; at least 1 and at most the budget (threads.h). 0 where the
 * BLAS does not say. */
CAFFESHARP_EXPORT caffe_status caffe_runtime_get_blas_threads(int32_t* threads);
CAFFESHARP_EXPORT caffe_status caffe_runtime_set_blas_threads(int32_t threads);

/* Bytes of host memory that Caffe holds for blobs and the accelerated engine to work in, in the whole process. */
CAFFESHARP_EXPORT caffe_status caffe_runtime_memory_used(int64_t* bytes);
/* How many such bytes there may be; what goes beyond is CAFFE_ERROR_OUT_OF_MEMORY. 0 is the default: what the machine
 * (or its control group) has. */
CAFFESHARP_EXPORT caffe_status caffe_runtime_set_memory_limit(int64_t bytes);

/* Messages of Caffe and of this library at or above minimum_severity go to callback; the rest is not even formatted.
 * A null callback, the default, is silence. user_data must live until the callback is replaced and calls under way
 * have returned. */
CAFFESHARP_EXPORT caffe_status caffe_runtime_set_log_callback(caffe_log_callback callback, void* user_data,
                                                              int32_t minimum_severity);

#ifdef __cplusplus
}
#endif

#endif /* CAFFESHARP_RUNTIME_H_ */
