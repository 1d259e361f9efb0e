// Measures time on the CPU or a GPU.
#ifndef CAFFESHARP_SRC_CORE_STOPWATCH_H_
#define CAFFESHARP_SRC_CORE_STOPWATCH_H_

#include <chrono>
#include <memory>

#include "core/device.h"

namespace caffe {
class Timer;
}

namespace caffesharp {

class Stopwatch {
 public:
  // Throws if CUDA rejects a device that passed the checks of MakeDevice.
  explicit Stopwatch(const Device& device);
  ~Stopwatch();
  Stopwatch(const Stopwatch&) = delete;
  Stopwatch& operator=(const Stopwatch&) = delete;

  // Does nothing if it is running.
  void Start();
  // Does nothing if it is not running.
  void Stop();
  // Stops it. Throws CAFFE_ERROR_ARGUMENT if it was never started.
  double Microseconds();

 private:
  // Caffe's CPU timer reads a clock that may be set back, and rounds to milliseconds. So a steady clock is used here.
  using Clock = std::chrono::steady_clock;

  Device device_;
  bool was_started_ = false;
  bool is_running_ = false;
  Clock::time_point start_;
  Clock::time_point stop_;
  std::unique_ptr<caffe::Timer> gpu_;
};

}  // namespace caffesharp

#endif  // CAFFESHARP_SRC_CORE_STOPWATCH_H_
