#include "caffesharp/runtime.h"

#include <hdf5.h>
#include <leveldb/db.h>
#include <lmdb.h>

#include <boost/version.hpp>
#include <caffe/layer_factory.hpp>
#include <string>
#include <vector>

#include "build_info.h"
#include "community/community_layer.h"
#include "core/device.h"
#include "core/error.h"
#include "core/log.h"
#include "core/memory.h"
#include "core/threads/blas.h"
#include "core/threads/thread_budget.h"
#include "data/images/image_codec.h"
#if CAFFESHARP_OPENCV
#include <opencv2/core/version.hpp>
#endif

namespace caffesharp {
namespace {

std::string Version(int major, int minor, int patch) {
  return std::to_string(major) + "." + std::to_string(minor) + "." + std::to_string(patch);
}

// The strings of caffe_build_info, created once and never freed.
struct BuildStrings {
  std::string protobuf =
      Version(GOOGLE_PROTOBUF_VERSION / 1000000, GOOGLE_PROTOBUF_VERSION / 1000 % 1000, GOOGLE_PROTOBUF_VERSION % 1000);
  std::string boost = Version(BOOST_VERSION / 100000, BOOST_VERSION / 100 % 1000, BOOST_VERSION % 100);
  std::string hdf5 = Version(H5_VERS_MAJOR, H5_VERS_MINOR, H5_VERS_RELEASE);
  std::string lmdb = Version(MDB_VERSION_MAJOR, MDB_VERSION_MINOR, MDB_VERSION_PATCH);
  std::string leveldb = std::to_string(leveldb::kMajorVersion) + "." + std::to_string(leveldb::kMinorVersion);
  std::string blas = DescribeBlas();
};

const BuildStrings& Strings() {
  static const BuildStrings* const strings = new BuildStrings;
  return *strings;
}

const char* OpenCvVersion() {
#if CAFFESHARP_OPENCV
  return CV_VERSION;
#else
  return ImageCodecName();
#endif
}

const std::vector<std::string>& LayerTypes() {
  caffesharp::community::UseCommunityLayers();
  static const std::vector<std::string>* const types =
      new std::vector<std::string>(caffe::LayerRegistry<float>::LayerTypeList());
  return *types;
}

}  // namespace
}  // namespace caffesharp

using caffesharp::Error;
using caffesharp::Guard;
using caffesharp::RequireNotNull;

caffe_status caffe_runtime_abi_version(int32_t* version) {
  return Guard([&] {
    RequireNotNull(version, "version");
    *version = CAFFESHARP_ABI_VERSION;
  });
}

caffe_status caffe_runtime_build_info(caffe_build_info* info) {
  return Guard([&] {
    RequireNotNull(info, "info");
    const caffesharp::BuildStrings& strings = caffesharp::Strings();
    info->caffe_version = CAFFESHARP_CAFFE_VERSION;
    info->caffe_source = CAFFESHARP_CAFFE_SOURCE;
    info->compiler = CAFFESHARP_COMPILER;
    info->protobuf_version = strings.protobuf.c_str();
    info->boost_version = strings.boost.c_str();
    info->hdf5_version = strings.hdf5.c_str();
    info->lmdb_version = strings.lmdb.c_str();
    info->leveldb_version = strings.leveldb.c_str();
    info->opencv_version = caffesharp::OpenCvVersion();
    info->blas = strings.blas.c_str();
    info->with_cuda = CAFFESHARP_CUDA;
#ifdef CPU_ONLY
    info->cuda_version = 0;
#else
    info->cuda_version = CUDART_VERSION;
#endif
#ifdef USE_CUDNN
    info->with_cudnn = 1;
#else
    info->with_cudnn = 0;
#endif
#ifdef USE_NCCL
    info->with_nccl = 1;
#else
    info->with_nccl = 0;
#endif
#ifdef WITH_PYTHON_LAYER
    info->with_python_layer = 1;
#else
    info->with_python_layer = 0;
#endif
    info->with_sanitizers = CAFFESHARP_SANITIZE;
  });
}

caffe_status caffe_runtime_device_count(int32_t* count) {
  return Guard([&] {
    RequireNotNull(count, "count");
    *count = caffesharp::DeviceCount();
  });
}

caffe_status caffe_runtime_get_mode(int32_t* mode) {
  return Guard([&] {
    RequireNotNull(mode, "mode");
    *mode = caffe::Caffe::mode() == caffe::Caffe::GPU ? CAFFE_MODE_GPU : CAFFE_MODE_CPU;
  });
}

caffe_status caffe_runtime_set_mode(int32_t mode) {
  return Guard([&] {
    const caffesharp::Device device = caffesharp::MakeDevice(mode, 0);
    caffe::Caffe::set_mode(device.mode == CAFFE_MODE_GPU ? caffe::Caffe::GPU : caffe::Caffe::CPU);
  });
}

caffe_status caffe_runtime_set_device(int32_t device) {
  return Guard([&] { caffe::Caffe::SetDevice(caffesharp::MakeDevice(CAFFE_MODE_GPU, device).index); });
}

caffe_status caffe_runtime_set_random_seed(uint32_t seed) {
  return Guard([&] { caffe::Caffe::set_random_seed(seed); });
}

caffe_status caffe_runtime_layer_type_count(int32_t* count) {
  return Guard([&] {
    RequireNotNull(count, "count");
    *count = static_cast<int32_t>(caffesharp::LayerTypes().size());
  });
}

caffe_status caffe_runtime_layer_type(int32_t index, const char** type) {
  return Guard([&] {
    RequireNotNull(type, "type");
    const std::vector<std::string>& types = caffesharp::LayerTypes();
    caffesharp::RequireIndex(index, static_cast<int>(types.size()), "layer type");
    *type = types[static_cast<std::size_t>(index)].c_str();
  });
}

caffe_status caffe_runtime_get_blas_threads(int32_t* threads) {
  return Guard([&] {
    RequireNotNull(threads, "threads");
    caffesharp::ThreadBudget::Shared();
    *threads = caffesharp::BlasThreads();
  });
}

caffe_status caffe_runtime_set_blas_threads(int32_t threads) {
  return Guard([&] {
    if (threads < 1) {
      throw Error(CAFFE_ERROR_ARGUMENT, "the BLAS requires at least 1 thread (got " + std::to_string(threads) + ")");
    }
    const int most = caffesharp::ThreadBudget::Shared().size();
    if (threads > most) {
      throw Error(CAFFE_ERROR_ARGUMENT, std::to_string(threads) +
                                            " threads for the BLAS; this process may compute with " +
                                            std::to_string(most) + " (caffe_threads_set_budget)");
    }
    caffesharp::SetBlasThreads(threads);
  });
}

caffe_status caffe_runtime_memory_used(int64_t* bytes) {
  return Guard([&] {
    RequireNotNull(bytes, "bytes");
    *bytes = caffesharp::MemoryUsed();
  });
}

caffe_status caffe_runtime_set_memory_limit(int64_t bytes) {
  return Guard([&] {
    if (bytes < 0) {
      throw Error(CAFFE_ERROR_ARGUMENT, "the memory limit must be at least 0 bytes (got " + std::to_string(bytes) +
                                            "); 0 selects the machine's memory");
    }
    caffesharp::SetMemoryLimit(bytes);
  });
}

caffe_status caffe_runtime_set_log_callback(caffe_log_callback callback, void* user_data, int32_t minimum_severity) {
  return Guard([&] {
    if (minimum_severity < CAFFE_LOG_INFO || minimum_severity > CAFFE_LOG_NONE) {
      throw Error(CAFFE_ERROR_ARGUMENT, "the log severity must be 0 (info), 1 (warning), 2 (error) or 3 (none), got " +
                                            std::to_string(minimum_severity));
    }
    caffesharp::SetLogCallback(callback, user_data, minimum_severity);
  });
}
