#ifndef CAFFESHARP_RUNTIME_H_
#define CAFFESHARP_RUNTIME_H_

#include "caffesharp/error.h"
#include "caffesharp/export.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Increased with every change of this interface that breaks older callers. */
#define CAFFESHARP_ABI_VERSION 1

typedef enum caffe_mode { CAFFE_MODE_CPU = 0, CAFFE_MODE_GPU = 1 } caffe_mode;

typedef enum caffe_log_severity {
  CAFFE_LOG_INFO = 0,
  CAFFE_LOG_WARNING = 1,
  CAFFE_LOG_ERROR = 2,
  CAFFE_LOG_NONE = 3
} caffe_log_severity;

/* How the library was built. Strings are never null. Numbers are 0 or 1 unless stated otherwise. */
typedef struct caffe_build_info {
  /* Caffe's own version ("1.0.0"). */
  const char* caffe_version;
  /* The origin of Caffe's source: "Debian caffe 1.0.0+git20180821.99bd997-8", "git 9b89154", or a folder. */
  const char* caffe_source;
  const char* compiler;
  const char* protobuf_version;
  const char* boost_version;
  const char* hdf5_version;
  const char* lmdb_version;
  const char* leveldb_version;
  /* The version of the OpenCV that Caffe is linked with. Without OpenCV, the name of the codec that decodes images
   * (image.h); empty if none is set. */
  const char* opencv_version;
  /* The BLAS that Caffe is linked with, as it describes itself ("OpenBLAS 0.3.21 NO_AFFINITY SkylakeX MAX_THREADS=64").
   */
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

/* Called on the thread that logs. It must not throw, block for long, or call this library. */
typedef void (*caffe_log_callback)(int32_t severity, const char* file, int32_t line, const char* message,
                                   void* user_data);

/* Gets the CAFFESHARP_ABI_VERSION that the library was built with. The signature of this function never changes. */
CAFFESHARP_EXPORT caffe_status caffe_runtime_abi_version(int32_t* version);
/* Gets how the library was built. */
CAFFESHARP_EXPORT caffe_status caffe_runtime_build_info(caffe_build_info* info);

/* Gets the number of usable CUDA devices; 0 on a CPU build or a machine without such a device. */
CAFFESHARP_EXPORT caffe_status caffe_runtime_device_count(int32_t* count);
/* Get and set the mode, device and seed that Caffe keeps for the calling thread. New nets do not use them: see
 * caffe_net_options. */
CAFFESHARP_EXPORT caffe_status caffe_runtime_get_mode(int32_t* mode);
CAFFESHARP_EXPORT caffe_status caffe_runtime_set_mode(int32_t mode);
CAFFESHARP_EXPORT caffe_status caffe_runtime_set_device(int32_t device);
CAFFESHARP_EXPORT caffe_status caffe_runtime_set_random_seed(uint32_t seed);

/* Get the registered layer types, sorted by name. */
CAFFESHARP_EXPORT caffe_status caffe_runtime_layer_type_count(int32_t* count);
CAFFESHARP_EXPORT caffe_status caffe_runtime_layer_type(int32_t index, const char** type);

/* Get and set the number of threads that the BLAS uses for one call, in the whole process: at least 1 and at most the
 * budget (threads.h). 0 if the BLAS does not report it. */
CAFFESHARP_EXPORT caffe_status caffe_runtime_get_blas_threads(int32_t* threads);
CAFFESHARP_EXPORT caffe_status caffe_runtime_set_blas_threads(int32_t threads);

/* Gets the bytes of host memory that Caffe's blobs and the accelerated engine's working memory use in the whole
 * process.
 */
CAFFESHARP_EXPORT caffe_status caffe_runtime_memory_used(int64_t* bytes);
/* Sets the limit on those bytes. A call that would exceed it returns CAFFE_ERROR_OUT_OF_MEMORY. 0, the default, is the
 * memory of the machine (or of its control group). */
CAFFESHARP_EXPORT caffe_status caffe_runtime_set_memory_limit(int64_t bytes);

/* Sets the callback for log messages of Caffe and of this library with at least minimum_severity. Other messages are
 * not formatted. With a null callback, the default, nothing is logged. user_data must stay valid until the callback has
 * been replaced and calls in progress have returned. */
CAFFESHARP_EXPORT caffe_status caffe_runtime_set_log_callback(caffe_log_callback callback, void* user_data,
                                                              int32_t minimum_severity);

#ifdef __cplusplus
}
#endif

#endif /* CAFFESHARP_RUNTIME_H_ */
