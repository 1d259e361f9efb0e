#include "caffesharp/engine.h"

#include <memory>
#include <string>

#include "core/error.h"
#include "engine/accelerated_engine.h"
#include "engine/kernel_set.h"
#include "engine/parameters/packed_weights.h"
#include "net/net_state.h"

namespace caffesharp {
namespace {

void RequireOptions(const caffe_engine_options& options) {
  if (options.engine != CAFFE_ENGINE_CAFFE && options.engine != CAFFE_ENGINE_ACCELERATED) {
    throw Error(CAFFE_ERROR_ARGUMENT,
                "engine must be 0 (Caffe) or 1 (accelerated), got " + std::to_string(options.engine));
  }
  if (options.threads < 0)
    throw Error(CAFFE_ERROR_ARGUMENT, "threads must be at least 0 (got " + std::to_string(options.threads) + ")");
  if (options.instruction_set < CAFFE_INSTRUCTIONS_BASELINE || options.instruction_set > CAFFE_INSTRUCTIONS_AVX512) {
    throw Error(CAFFE_ERROR_ARGUMENT, "instruction_set must be 0 (baseline), 1 (AVX2) or 2 (AVX-512), got " +
                                          std::to_string(options.instruction_set));
  }
}

}  // namespace
}  // namespace caffesharp

using caffesharp::Guard;
using caffesharp::NetState;
using caffesharp::RequireNotNull;

caffe_status caffe_engine_choose(caffe_net* net, const caffe_engine_options* options) {
  return Guard([&] {
    RequireNotNull(net, "net");
    RequireNotNull(options, "options");
    caffesharp::RequireOptions(*options);
    NetState& state = *net->state;
    caffesharp::NetCall call(state);
    if (state.accelerated_engine != nullptr) {
      const caffesharp::ComputeTurn turn;
      state.accelerated_engine->Leave(&call);
    }
    state.accelerated_engine.reset();
    state.training_engine.reset();
    if (options->engine != CAFFE_ENGINE_ACCELERATED || state.device().mode != CAFFE_MODE_CPU) return;
    if (state.net().phase() == caffe::TEST) {
      state.accelerated_engine = std::make_unique<caffesharp::engine::AcceleratedEngine>(state, *options);
    } else {
      state.training_engine = std::make_unique<caffesharp::engine::TrainingEngine>(state.net(), *options);
    }
  });
}

caffe_status caffe_engine_runs_layer(const caffe_net* net, int32_t layer, int32_t* accelerated) {
  return Guard([&] {
    RequireNotNull(net, "net");
    RequireNotNull(accelerated, "accelerated");
    const NetState& state = *net->state;
    caffesharp::RequireIndex(layer, state.layer_count(), "layer");
    const bool in_inference = state.accelerated_engine != nullptr && state.accelerated_engine->Runs(layer);
    const bool in_training = state.training_engine != nullptr && state.training_engine->Runs(layer);
    *accelerated = in_inference || in_training ? 1 : 0;
  });
}

caffe_status caffe_engine_best_instruction_set(int32_t* instruction_set) {
  return Guard([&] {
    RequireNotNull(instruction_set, "instruction_set");
    *instruction_set = caffesharp::engine::BestInstructionSet();
  });
}

caffe_status caffe_engine_packed_weights(int64_t* bytes, int64_t* packings) {
  return Guard([&] {
    RequireNotNull(bytes, "bytes");
    RequireNotNull(packings, "packings");
    const caffesharp::engine::PackedTotals totals = caffesharp::engine::TotalsOfPackedWeights();
    *bytes = totals.bytes;
    *packings = totals.packings;
  });
}
