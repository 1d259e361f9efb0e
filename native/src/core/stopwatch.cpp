#include "core/stopwatch.h"

#include <caffe/util/benchmark.hpp>
#include <string>

#include "core/error.h"
#include "core/log.h"

namespace caffesharp {

Stopwatch::Stopwatch(const Device& device) : device_(device) {
  if (device_.mode == CAFFE_MODE_CPU) return;
  const DeviceScope scope(device_);
  gpu_ = std::make_unique<caffe::Timer>();
}

Stopwatch::~Stopwatch() {
  if (!gpu_) return;
  const DestructionScope destruction;
  try {
    const DeviceScope scope(device_);
    gpu_.reset();
  } catch (const std::exception& exception) {
    Emit(kLogError, __FILE__, __LINE__, std::string("a timer was not destroyed cleanly: ") + exception.what());
  }
}

void Stopwatch::Start() {
  if (is_running_) return;
  if (gpu_) {
    const DeviceScope scope(device_);
    gpu_->Start();
  } else {
    start_ = Clock::now();
  }
  was_started_ = true;
  is_running_ = true;
}

void Stopwatch::Stop() {
  if (!is_running_) return;
  if (gpu_) {
    const DeviceScope scope(device_);
    gpu_->Stop();
  } else {
    stop_ = Clock::now();
  }
  is_running_ = false;
}

double Stopwatch::Microseconds() {
  if (!was_started_) {
    throw Error(CAFFE_ERROR_ARGUMENT, "the timer was never started");
  }
  Stop();
  if (gpu_) {
    const DeviceScope scope(device_);
    return static_cast<double>(gpu_->MicroSeconds());
  }
  return std::chrono::duration<double, std::micro>(stop_ - start_).count();
}

}  // namespace caffesharp
