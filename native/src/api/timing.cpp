#include "caffesharp/timing.h"

#include <algorithm>
#include <memory>
#include <string>

#include "core/error.h"
#include "core/stopwatch.h"
#include "net/net_timing.h"

struct caffe_timer {
  explicit caffe_timer(const caffesharp::Device& device) : stopwatch(device) {}
  caffesharp::Stopwatch stopwatch;
};

using caffesharp::Guard;
using caffesharp::NetState;
using caffesharp::RequireNotNull;

caffe_status caffe_timer_create(int32_t mode, int32_t device, caffe_timer** timer) {
  return Guard([&] {
    RequireNotNull(timer, "timer");
    *timer = std::make_unique<caffe_timer>(caffesharp::MakeDevice(mode, device)).release();
  });
}

caffe_status caffe_timer_destroy(caffe_timer* timer) {
  return Guard([&] { delete timer; });
}

caffe_status caffe_timer_start(caffe_timer* timer) {
  return Guard([&] {
    RequireNotNull(timer, "timer");
    timer->stopwatch.Start();
  });
}

caffe_status caffe_timer_stop(caffe_timer* timer) {
  return Guard([&] {
    RequireNotNull(timer, "timer");
    timer->stopwatch.Stop();
  });
}

caffe_status caffe_timer_microseconds(caffe_timer* timer, double* microseconds) {
  return Guard([&] {
    RequireNotNull(timer, "timer");
    RequireNotNull(microseconds, "microseconds");
    *microseconds = timer->stopwatch.Microseconds();
  });
}

caffe_status caffe_net_time(caffe_net* net, int32_t with_backward, int32_t layer_count, double* forward,
                            double* backward, double* forward_sum, double* backward_sum) {
  return Guard([&] {
    RequireNotNull(net, "net");
    RequireNotNull(forward, "forward");
    RequireNotNull(forward_sum, "forward_sum");
    if (with_backward != 0) {
      RequireNotNull(backward, "backward");
      RequireNotNull(backward_sum, "backward_sum");
    }
    NetState& state = *net->state;
    if (layer_count != state.layer_count()) {
      throw caffesharp::Error(CAFFE_ERROR_ARGUMENT, "layer_count is " + std::to_string(layer_count) +
                                                        ", but the number of layers in the net is " +
                                                        std::to_string(state.layer_count()));
    }
    const caffesharp::PassTimes times = caffesharp::TimeNet(state, with_backward != 0);
    std::copy(times.forward.layers.begin(), times.forward.layers.end(), forward);
    *forward_sum = times.forward.sum;
    if (with_backward == 0) return;
    std::copy(times.backward.layers.begin(), times.backward.layers.end(), backward);
    *backward_sum = times.backward.sum;
  });
}
