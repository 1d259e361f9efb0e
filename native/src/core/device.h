// Caffe keeps mode, device and random stream per thread; these carry a net's own to whatever thread calls.
#ifndef CAFFESHARP_SRC_CORE_DEVICE_H_
#define CAFFESHARP_SRC_CORE_DEVICE_H_

#include <caffe/common.hpp>
#include <cstdint>

#include "caffesharp/runtime.h"

namespace caffesharp {

struct Device {
  caffe_mode mode = CAFFE_MODE_CPU;
  int index = 0;

  bool operator==(const Device& other) const {
    return mode == other.mode && (mode == CAFFE_MODE_CPU || index == other.index);
  }
};

// 0 on a CPU build.
int DeviceCount();

// Checks what a caller asked for. Throws CAFFE_ERROR_ARGUMENT for no mode, CAFFE_ERROR_UNSUPPORTED for a GPU that is
// not there.
Device MakeDevice(std::int32_t mode, std::int32_t index);

// The calling thread computes on the device while it lives, and then where it did before.
class DeviceScope {
 public:
  explicit DeviceScope(const Device& device);
  ~DeviceScope();
  DeviceScope(const DeviceScope&) = delete;
  DeviceScope& operator=(const DeviceScope&) = delete;

 private:
  caffe::Caffe::Brew outer_mode_;
  int outer_device_;
};

}  // namespace caffesharp

#endif  // CAFFESHARP_SRC_CORE_DEVICE_H_
