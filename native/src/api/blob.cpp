#include "caffesharp/blob.h"

#include <algorithm>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/blob_version.h"
#include "core/error.h"
#include "core/memory.h"
#include "core/text.h"
#include "net/blob_handle.h"

namespace caffesharp {
namespace {

static_assert(CAFFE_MAX_BLOB_AXES == kMaxBlobAxes, "the C interface repeats Caffe's limit");

std::vector<int> MakeShape(const std::int32_t* shape, std::int32_t axes) {
  if (axes < 0 || axes > CAFFE_MAX_BLOB_AXES) {
    throw Error(CAFFE_ERROR_ARGUMENT,
                "a blob has from 0 to " + std::to_string(CAFFE_MAX_BLOB_AXES) + " axes, not " + std::to_string(axes));
  }
  if (axes > 0) RequireNotNull(shape, "shape");
  const std::vector<int> dimensions(shape, shape + axes);
  std::int64_t count = 1;
  for (const int dimension : dimensions) {
    if (dimension < 0) {
      throw Error(CAFFE_ERROR_ARGUMENT, "the shape " + FormatShape(dimensions) + " has a negative dimension");
    }
    // Stays in range: both factors are below 2^31 before every step.
    count = std::min<std::int64_t>(count * dimension, std::int64_t{std::numeric_limits<int>::max()} + 1);
  }
  if (std::find(dimensions.begin(), dimensions.end(), 0) != dimensions.end()) count = 0;
  if (count > std::numeric_limits<int>::max()) {
    throw Error(CAFFE_ERROR_ARGUMENT,
                "the shape " + FormatShape(dimensions) + " has more elements than a blob can hold (2147483647)");
  }
  const std::int64_t bytes = count * static_cast<std::int64_t>(sizeof(float));
  if (bytes > MemoryLimit()) {
    throw Error(CAFFE_ERROR_OUT_OF_MEMORY, "the shape " + FormatShape(dimensions) + " requires " + FormatBytes(bytes) +
                                               " of memory; the limit is " + FormatBytes(MemoryLimit()));
  }
  return dimensions;
}

// Runs body on the device of the blob's net.
template <typename Body>
void OnDeviceOf(const caffe_blob& handle, Body&& body) {
  std::optional<DeviceScope> scope;
  if (handle.owner) scope.emplace(handle.owner->device());
  body();
}

// Called before the values of a net's blob are returned: the accelerated engine may not have written them.
void BringUpToDate(const caffe_blob& handle) {
  if (handle.owner == nullptr || handle.owner->accelerated_engine == nullptr) return;
  engine::AcceleratedEngine& engine = *handle.owner->accelerated_engine;
  engine.NoteRead(handle.blob.get());
  if (!engine.IsStale(handle.blob.get())) return;
  NetCall call(*handle.owner);
  const ComputeTurn turn;
  engine.Refresh(&call, handle.blob.get());
}

// Called before a pointer to write through is returned: what the last pass read from the memory is kept elsewhere.
void PrepareWrite(const caffe_blob& handle) {
  if (handle.owner == nullptr) return;
  if (handle.owner->accelerated_engine != nullptr) {
    handle.owner->accelerated_engine->BeforeWrite(handle.blob->data().get());
  }
  handle.owner->writable_memory.Add(handle.blob->data());
}

// The four host accessors: an empty blob has no memory, and Caffe would fail a CHECK for it.
template <typename Handle, typename Pointer, typename Accessor>
caffe_status HostMemory(Handle* blob, Pointer* data, std::int64_t* count, Accessor accessor, bool values) {
  return Guard([&] {
    RequireNotNull(blob, "blob");
    RequireNotNull(data, "data");
    RequireNotNull(count, "count");
    if (values) BringUpToDate(*blob);
    const std::int64_t elements = blob->blob->count();
    Pointer pointer = nullptr;
    if (elements > 0) OnDeviceOf(*blob, [&] { pointer = ((*blob->blob).*accessor)(); });
    *data = pointer;
    *count = elements;
  });
}

template <typename Handle, typename Pointer, typename Accessor>
caffe_status DeviceMemory(Handle* blob, Pointer* data, Accessor accessor) {
  return Guard([&] {
    RequireNotNull(blob, "blob");
    RequireNotNull(data, "data");
#ifdef CPU_ONLY
    (void)accessor;
    throw Error(CAFFE_ERROR_UNSUPPORTED,
                "device memory is not available: this build of libcaffesharp.so supports only the CPU. Build it "
                "with CUDA (cmake -DCAFFESHARP_CUDA=ON)");
#else
    Pointer pointer = nullptr;
    RaiseBlobVersion();
    if (blob->blob->count() > 0) OnDeviceOf(*blob, [&] { pointer = ((*blob->blob).*accessor)(); });
    *data = pointer;
#endif
  });
}

}  // namespace
}  // namespace caffesharp

using caffesharp::DeviceMemory;
using caffesharp::Guard;
using caffesharp::HostMemory;
using caffesharp::RequireNotNull;
using FloatBlob = caffe::Blob<float>;

caffe_status caffe_blob_create(const int32_t* shape, int32_t axes, caffe_blob** blob) {
  return Guard([&] {
    RequireNotNull(blob, "blob");
    auto handle = std::make_unique<caffe_blob>();
    handle->blob.reset(new FloatBlob(caffesharp::MakeShape(shape, axes)));
    *blob = handle.release();
  });
}

caffe_status caffe_blob_destroy(caffe_blob* blob) {
  return Guard([&] {
    const caffesharp::DestructionScope destruction;
    delete blob;
  });
}

caffe_status caffe_blob_shape(const caffe_blob* blob, int32_t* shape, int32_t capacity, int32_t* axes) {
  return Guard([&] {
    RequireNotNull(blob, "blob");
    RequireNotNull(axes, "axes");
    const std::vector<int>& dimensions = blob->blob->shape();
    if (capacity < static_cast<int32_t>(dimensions.size())) {
      throw caffesharp::Error(CAFFE_ERROR_ARGUMENT, "there is room for " + std::to_string(capacity) +
                                                        " dimensions, the blob has " +
                                                        std::to_string(dimensions.size()));
    }
    if (!dimensions.empty()) RequireNotNull(shape, "shape");
    std::copy(dimensions.begin(), dimensions.end(), shape);
    *axes = static_cast<int32_t>(dimensions.size());
  });
}

caffe_status caffe_blob_count(const caffe_blob* blob, int64_t* count) {
  return Guard([&] {
    RequireNotNull(blob, "blob");
    RequireNotNull(count, "count");
    *count = blob->blob->count();
  });
}

caffe_status caffe_blob_reshape(caffe_blob* blob, const int32_t* shape, int32_t axes) {
  return Guard([&] {
    RequireNotNull(blob, "blob");
    const std::vector<int> dimensions = caffesharp::MakeShape(shape, axes);
    std::optional<caffesharp::NetCall> call;
    if (blob->owner) call.emplace(*blob->owner);
    caffesharp::RaiseBlobVersion();
    blob->blob->Reshape(dimensions);
  });
}

caffe_status caffe_blob_data(const caffe_blob* blob, const float** data, int64_t* count) {
  return HostMemory(blob, data, count, &FloatBlob::cpu_data, true);
}

caffe_status caffe_blob_mutable_data(caffe_blob* blob, float** data, int64_t* count) {
  const caffe_status prepared = Guard([&] {
    RequireNotNull(blob, "blob");
    RequireNotNull(data, "data");
    RequireNotNull(count, "count");
    caffesharp::BringUpToDate(*blob);
    if (blob->blob->count() > 0) caffesharp::PrepareWrite(*blob);
  });
  return prepared != CAFFE_OK ? prepared : HostMemory(blob, data, count, &FloatBlob::mutable_cpu_data, false);
}

caffe_status caffe_blob_overwrite_data(caffe_blob* blob, float** data, int64_t* count) {
  bool is_renewed = false;
  const caffe_status prepared = Guard([&] {
    RequireNotNull(blob, "blob");
    RequireNotNull(data, "data");
    RequireNotNull(count, "count");
    if (blob->owner == nullptr || blob->owner->accelerated_engine == nullptr) return;
    const caffesharp::NetCall call(*blob->owner);
    is_renewed = blob->owner->accelerated_engine->Renew(blob->blob.get());
  });
  if (prepared != CAFFE_OK) return prepared;
  return is_renewed ? HostMemory(blob, data, count, &FloatBlob::mutable_cpu_data, false)
                    : caffe_blob_mutable_data(blob, data, count);
}

caffe_status caffe_blob_diff(const caffe_blob* blob, const float** diff, int64_t* count) {
  return HostMemory(blob, diff, count, &FloatBlob::cpu_diff, false);
}

caffe_status caffe_blob_mutable_diff(caffe_blob* blob, float** diff, int64_t* count) {
  return HostMemory(blob, diff, count, &FloatBlob::mutable_cpu_diff, false);
}

caffe_status caffe_blob_memory(caffe_blob* blob, int32_t part, int32_t is_mutable, int32_t* shape, int32_t capacity,
                               int32_t* axes, float** memory, int64_t* version) {
  std::int64_t before = 0;
  const caffe_status prepared = Guard([&] {
    RequireNotNull(blob, "blob");
    RequireNotNull(memory, "memory");
    RequireNotNull(version, "version");
    if (part != CAFFE_BLOB_PART_DATA && part != CAFFE_BLOB_PART_DIFF) {
      throw caffesharp::Error(CAFFE_ERROR_ARGUMENT,
                              "part " + std::to_string(part) + " is neither 0 (data) nor 1 (diff)");
    }
    // Read the counter after this call's own increments, so that only later changes by other threads invalidate it.
    if (part == CAFFE_BLOB_PART_DATA) caffesharp::BringUpToDate(*blob);
    before = caffesharp::blob_version.value.load();
  });
  if (prepared != CAFFE_OK) return prepared;
  const caffe_status described = caffe_blob_shape(blob, shape, capacity, axes);
  if (described != CAFFE_OK) return described;
  std::int64_t count = 0;
  const float* data = nullptr;
  caffe_status status = CAFFE_OK;
  if (part == CAFFE_BLOB_PART_DATA) {
    status = is_mutable != 0 ? caffe_blob_mutable_data(blob, memory, &count) : caffe_blob_data(blob, &data, &count);
  } else {
    status = is_mutable != 0 ? caffe_blob_mutable_diff(blob, memory, &count) : caffe_blob_diff(blob, &data, &count);
  }
  if (status != CAFFE_OK) return status;
  if (is_mutable == 0) *memory = const_cast<float*>(data);
  *version = before;
  return CAFFE_OK;
}

caffe_status caffe_blob_version(const int64_t** version) {
  return Guard([&] {
    RequireNotNull(version, "version");
    *version = reinterpret_cast<const std::int64_t*>(&caffesharp::blob_version.value);
  });
}

caffe_status caffe_blob_gpu_data(const caffe_blob* blob, const float** data) {
  return DeviceMemory(blob, data, &FloatBlob::gpu_data);
}

caffe_status caffe_blob_mutable_gpu_data(caffe_blob* blob, float** data) {
  return DeviceMemory(blob, data, &FloatBlob::mutable_gpu_data);
}

caffe_status caffe_blob_gpu_diff(const caffe_blob* blob, const float** diff) {
  return DeviceMemory(blob, diff, &FloatBlob::gpu_diff);
}

caffe_status caffe_blob_mutable_gpu_diff(caffe_blob* blob, float** diff) {
  return DeviceMemory(blob, diff, &FloatBlob::mutable_gpu_diff);
}
