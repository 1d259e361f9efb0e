// Caffe keeps mode, device and random stream per thread. These classes apply those of a net to the calling thread.
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

// Checks a caller's choice. Throws CAFFE_ERROR_ARGUMENT for an invalid mode, CAFFE_ERROR_UNSUPPORTED for a GPU that
// does not exist.
Device MakeDevice(std::int32_t mode, std::int32_t index);

// The calling thread uses the device during the lifetime of the object, and its previous device afterwards.
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
