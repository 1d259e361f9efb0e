#include "net/net_run.h"

#include <string>

#include "core/error.h"
#include "core/threads/thread_budget.h"

namespace caffesharp {
namespace {

void RequireLayer(const NetState& state, std::int32_t layer) { RequireIndex(layer, state.layer_count(), "layer"); }

void RequireLayers(const NetState& state, std::int32_t first, std::int32_t last, bool forward) {
  RequireLayer(state, first);
  RequireLayer(state, last);
  if (forward ? first <= last : first >= last) return;
  throw Error(CAFFE_ERROR_ARGUMENT, std::string(forward ? "forward" : "backward") + " goes from layer " +
                                        std::to_string(first) + " to " + std::to_string(last) + ": the first is " +
                                        (forward ? "after" : "before") + " the last");
}

bool IsSet(const std::int32_t* stop) { return stop != nullptr && __atomic_load_n(stop, __ATOMIC_RELAXED) != 0; }

// Caffe's own passes call the BLAS all the time. The engines do so for single layers, which take more places then.
int PassPlaces(const NetState& state) {
  const bool is_caffes = state.accelerated_engine == nullptr && state.training_engine == nullptr;
  return is_caffes ? LayerPlaces(state) : 1;
}

}  // namespace

bool RunForward(NetState& state, std::int32_t first, std::int32_t last, const std::int32_t* stop, float* loss) {
  RequireLayers(state, first, last, true);
  NetCall call(state);
  const ComputeTurn turn(PassPlaces(state));
  engine::AcceleratedEngine* const engine = state.accelerated_engine.get();
  const bool whole = first == 0 && last == state.layer_count() - 1;
  float total = 0;
  std::int32_t layer = first;
  // Hooks want to see every layer's blobs, one after the other.
  if (engine != nullptr && whole && !state.hooks.AnyForward()) {
    layer = engine->Forward(
        &call, [stop] { return IsSet(stop); }, &total);
  } else {
    if (engine != nullptr) engine->PrepareCaffe(&call, first, last);
    for (; layer <= last && !IsSet(stop); ++layer) {
      total += engine != nullptr ? engine->RunCaffe(&call, layer) : call.RunLayer(layer);
    }
  }
  if (first == 0 && layer == state.layer_count()) state.ForgetReplacedArrays();
  if (loss != nullptr) *loss = total;
  return layer > last;
}

bool RunBackward(NetState& state, std::int32_t first, std::int32_t last, const std::int32_t* stop) {
  RequireLayers(state, first, last, false);
  NetCall call(state);
  const ComputeTurn turn(PassPlaces(state));
  if (state.accelerated_engine != nullptr) state.accelerated_engine->PrepareBackward(&call);
  std::int32_t layer = first;
  for (; layer >= last && !IsSet(stop); --layer) call.RunLayerBackward(layer);
  return layer < last;
}

}  // namespace caffesharp
