#include "caffesharp/timing.h"

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "core/error.h"
#include "core/stopwatch.h"
#include "net/net_state.h"

struct caffe_timer {
  explicit caffe_timer(const caffesharp::Device& device) : stopwatch(device) {}
  caffesharp::Stopwatch stopwatch;
};

namespace caffesharp {
namespace {

// Times of one pass over all layers, in the order in which body is given them.
struct Pass {
  std::vector<double> layers;
  double sum = 0;
};

template <typename Body>
Pass TimePass(NetCall& call, const NetState& state, bool is_forward, Body&& body) {
  Pass pass;
  const int count = state.layer_count();
  pass.layers.resize(static_cast<std::size_t>(count));
  Stopwatch whole(state.device());
  Stopwatch single(state.device());
  whole.Start();
  for (int step = 0; step < count; ++step) {
    const int layer = is_forward ? step : count - 1 - step;
    const auto index = static_cast<std::size_t>(layer);
    single.Start();
    call.InLayer(layer, [&] {
      call.CheckForward(layer);
      if (!is_forward) call.CheckBackward(layer);
      body(index);
    });
    pass.layers[index] = single.Microseconds();
  }
  pass.sum = whole.Microseconds();
  return pass;
}

}  // namespace
}  // namespace caffesharp

using caffesharp::Guard;
using caffesharp::NetState;
using caffesharp::Pass;
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
      throw caffesharp::Error(CAFFE_ERROR_ARGUMENT, "there is room for " + std::to_string(layer_count) +
                                                        " layers, and the net has " +
                                                        std::to_string(state.layer_count()));
    }
    caffesharp::NetCall call(state);
    // It is Caffe's layers that are timed, whatever runs the net.
    if (state.accelerated_engine != nullptr) state.accelerated_engine->PrepareCaffe(&call, 0, layer_count - 1);
    auto& caffe_net = state.net();
    const auto& layers = caffe_net.layers();
    const auto& bottoms = caffe_net.bottom_vecs();
    const auto& tops = caffe_net.top_vecs();
    const Pass ahead = caffesharp::TimePass(
        call, state, true, [&](std::size_t layer) { layers[layer]->Forward(bottoms[layer], tops[layer]); });
    Pass back;
    if (with_backward != 0) {
      back = caffesharp::TimePass(call, state, false, [&](std::size_t layer) {
        layers[layer]->Backward(tops[layer], caffe_net.bottom_need_backward()[layer], bottoms[layer]);
      });
      std::copy(back.layers.begin(), back.layers.end(), backward);
      *backward_sum = back.sum;
    }
    std::copy(ahead.layers.begin(), ahead.layers.end(), forward);
    *forward_sum = ahead.sum;
  });
}
