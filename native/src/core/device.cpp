#include "core/device.h"

#include <string>

#include "core/error.h"
#include "core/log.h"

namespace caffesharp {
namespace {

constexpr int kNoDevice = -1;

// The device of the calling thread; kNoDevice where it has none.
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
    // No driver or no device: that is the answer, and not an error that the next CUDA call should report.
    cudaGetLastError();
    return 0;
  }
  return count;
#endif
}

Device MakeDevice(std::int32_t mode, std::int32_t index) {
  if (mode == CAFFE_MODE_CPU) return Device{};
  if (mode != CAFFE_MODE_GPU) {
    throw Error(CAFFE_ERROR_ARGUMENT, "mode " + std::to_string(mode) + " is neither 0 (CPU) nor 1 (GPU)");
  }
#ifdef CPU_ONLY
  (void)index;
  throw Error(CAFFE_ERROR_UNSUPPORTED,
              "the GPU was asked for, but this build of libcaffesharp.so computes on the CPU alone: use the CPU, or "
              "build it with CUDA (cmake -DCAFFESHARP_CUDA=ON)");
#else
  const int count = DeviceCount();
  if (count == 0) {
    throw Error(CAFFE_ERROR_UNSUPPORTED,
                "the GPU was asked for, but CUDA finds none: look at what nvidia-smi says, or use the CPU");
  }
  if (index < 0 || index >= count) {
    throw Error(CAFFE_ERROR_UNSUPPORTED, "GPU " + std::to_string(index) + " was asked for, but CUDA finds " +
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
    Emit(kLogError, __FILE__, __LINE__, "GPU " + std::to_string(outer_device_) + " could not be made current again");
  }
}

}  // namespace caffesharp
