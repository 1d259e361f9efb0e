#include "net/net_timing.h"

#include <cstddef>

#include "core/stopwatch.h"
#include "core/threads/thread_budget.h"

namespace caffesharp {
namespace {

template <typename Body>
LayerTimes TimePass(NetCall& call, const NetState& state, bool is_forward, Body&& body) {
  LayerTimes pass;
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

PassTimes TimeNet(NetState& state, bool with_backward) {
  NetCall call(state);
  const ComputeTurn turn(LayerPlaces(state));
  engine::AcceleratedEngine* const engine = state.accelerated_engine.get();
  if (engine != nullptr) engine->PrepareCaffe(&call, 0, state.layer_count() - 1);
  auto& net = state.net();
  const auto& layers = net.layers();
  const auto& bottoms = net.bottom_vecs();
  const auto& tops = net.top_vecs();
  PassTimes times;
  times.forward = TimePass(call, state, true, [&](std::size_t layer) {
    layers[layer]->Forward(bottoms[layer], tops[layer]);
    if (engine != nullptr) engine->NoteRunByCaffe(static_cast<int>(layer));
  });
  if (with_backward) {
    times.backward = TimePass(call, state, false, [&](std::size_t layer) {
      layers[layer]->Backward(tops[layer], net.bottom_need_backward()[layer], bottoms[layer]);
    });
  }
  return times;
}

}  // namespace caffesharp
