// Included before the first line of Caffe's common.cpp in CUDA builds: the device properties that it prints and that
// CUDA 13 took out of cudaDeviceProp.
#ifndef CAFFESHARP_CAFFE_DEVICE_PROPERTIES_H_
#define CAFFESHARP_CAFFE_DEVICE_PROPERTIES_H_

#include <cuda_runtime.h>

namespace caffe {

// Caffe's unqualified names find these two first.
struct DevicePropertiesOfOld : ::cudaDeviceProp {
  int clockRate;
  int deviceOverlap;
  int kernelExecTimeoutEnabled;
};
using cudaDeviceProp = DevicePropertiesOfOld;

inline cudaError_t cudaGetDeviceProperties(DevicePropertiesOfOld* properties, int device) {
  cudaError_t status = ::cudaGetDeviceProperties(static_cast<::cudaDeviceProp*>(properties), device);
  if (status == cudaSuccess) status = cudaDeviceGetAttribute(&properties->clockRate, cudaDevAttrClockRate, device);
  if (status == cudaSuccess) status = cudaDeviceGetAttribute(&properties->deviceOverlap, cudaDevAttrGpuOverlap, device);
  if (status == cudaSuccess) {
    status = cudaDeviceGetAttribute(&properties->kernelExecTimeoutEnabled, cudaDevAttrKernelExecTimeout, device);
  }
  return status;
}

}  // namespace caffe

#endif  // CAFFESHARP_CAFFE_DEVICE_PROPERTIES_H_
