#include "core/device.h"

#include <string>

#include "core/error.h"
#include "core/log.h"

namespace caffesharp {
namespace {

constexpr int kNoDevice = -1;

// The device of the calling thread; kNoDevice if it has none.
int CurrentDevice() {
#ifdef CPU_ONLY
  return kNoDevice;
#else
  int device = kNoDevice;
  return cudaGetDevice(&device) == cudaSuccess ? device : kNoDevice;
#endif
}

}  // namespace

int DeviceCount() {
#ifdef CPU_ONLY
  return 0;
#else
  int count = 0;
  if (cudaGetDeviceCount(&count) != cudaSuccess) {
    // No driver or no device. Clear the error, so that the next CUDA call does not report it.
    cudaGetLastError();
    return 0;
  }
  return count;
#endif
}

Device MakeDevice(std::int32_t mode, std::int32_t index) {
  if (mode == CAFFE_MODE_CPU) return Device{};
  if (mode != CAFFE_MODE_GPU) {
    throw Error(CAFFE_ERROR_ARGUMENT, "mode must be 0 (CPU) or 1 (GPU), got " + std::to_string(mode));
  }
#ifdef CPU_ONLY
  (void)index;
  throw Error(CAFFE_ERROR_UNSUPPORTED,
              "GPU mode is not available: this build of libcaffesharp.so supports only the CPU. Use the CPU, or "
              "build it with CUDA (cmake -DCAFFESHARP_CUDA=ON)");
#else
  const int count = DeviceCount();
  if (count == 0) {
    throw Error(CAFFE_ERROR_UNSUPPORTED,
                "GPU mode is not available: CUDA finds no device. Check the output of nvidia-smi, or use the CPU");
  }
  if (index < 0 || index >= count) {
    throw Error(CAFFE_ERROR_UNSUPPORTED, "GPU " + std::to_string(index) + " does not exist: CUDA finds " +
                                             std::to_string(count) + ", counted from 0");
  }
  return Device{CAFFE_MODE_GPU, index};
#endif
}

DeviceScope::DeviceScope(const Device& device) : outer_mode_(caffe::Caffe::CPU), outer_device_(kNoDevice) {
  if (device.mode == CAFFE_MODE_GPU) {
    const int current = CurrentDevice();
    if (current != device.index) {
      caffe::Caffe::SetDevice(device.index);
      outer_device_ = current;
    }
  }
  outer_mode_ = caffe::Caffe::mode();
  caffe::Caffe::set_mode(device.mode == CAFFE_MODE_GPU ? caffe::Caffe::GPU : caffe::Caffe::CPU);
}

DeviceScope::~DeviceScope() {
  caffe::Caffe::set_mode(outer_mode_);
  if (outer_device_ == kNoDevice) return;
  try {
    caffe::Caffe::SetDevice(outer_device_);
  } catch (...) {
    Emit(kLogError, __FILE__, __LINE__,
         "GPU " + std::to_string(outer_device_) + " cannot be made the current device again");
  }
}

}  // namespace caffesharp
