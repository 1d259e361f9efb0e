#include "caffesharp/solver.h"

#include <memory>
#include <string>
#include <utility>

#include "api/message_handle.h"
#include "core/error.h"
#include "solver/solver_state.h"

namespace caffesharp {
namespace {

SolverState& StateOf(const caffe_solver* solver) {
  RequireNotNull(solver, "solver");
  return *solver->state;
}

// An accessor with one result.
template <typename Result, typename Body>
caffe_status Get(const caffe_solver* solver, Result* result, const char* name, Body&& body) {
  return Guard([&] {
    SolverState& state = StateOf(solver);
    RequireNotNull(result, name);
    *result = static_cast<Result>(body(state));
  });
}

std::unique_ptr<SolverState> MakeSolver(const caffe_message& parameter, const std::string& path, std::int32_t mode,
                                        std::int32_t device) {
  const auto* solver = dynamic_cast<const caffe::SolverParameter*>(parameter.value.get());
  if (solver == nullptr) {
    throw Error(CAFFE_ERROR_ARGUMENT,
                "a solver requires a SolverParameter, not a " + std::string(parameter.value->GetDescriptor()->name()));
  }
  return std::make_unique<SolverState>(SolverDefinition(*solver, path), mode, device);
}

caffe_net* HandOut(const std::shared_ptr<NetState>& state) { return new caffe_net{state}; }

}  // namespace
}  // namespace caffesharp

using caffesharp::Get;
using caffesharp::Guard;
using caffesharp::RequireNotNull;
using caffesharp::SolverState;
using caffesharp::StateOf;

caffe_status caffe_solver_create(const caffe_message* parameter, const char* path, int32_t mode, int32_t device,
                                 caffe_solver** solver) {
  return Guard([&] {
    RequireNotNull(parameter, "parameter");
    RequireNotNull(solver, "solver");
    auto handle = std::make_unique<caffe_solver>();
    handle->state = caffesharp::MakeSolver(*parameter, path == nullptr ? "" : path, mode, device);
    *solver = handle.release();
  });
}

caffe_status caffe_solver_destroy(caffe_solver* solver) {
  return Guard([&] { delete solver; });
}

caffe_status caffe_solver_parameter(const caffe_solver* solver, caffe_message** parameter) {
  return Guard([&] {
    const SolverState& state = StateOf(solver);
    RequireNotNull(parameter, "parameter");
    auto message = std::make_unique<caffe_message>();
    message->value = std::make_unique<caffe::SolverParameter>(state.parameter());
    *parameter = message.release();
  });
}

caffe_status caffe_solver_net(caffe_solver* solver, caffe_net** net) {
  return Get(solver, net, "net", [](const SolverState& state) { return caffesharp::HandOut(state.net()); });
}

caffe_status caffe_solver_test_net_count(const caffe_solver* solver, int32_t* count) {
  return Get(solver, count, "count", [](const SolverState& state) { return state.test_nets().size(); });
}

caffe_status caffe_solver_test_net(caffe_solver* solver, int32_t index, caffe_net** net) {
  return Get(solver, net, "net", [&](const SolverState& state) {
    caffesharp::RequireIndex(index, static_cast<int>(state.test_nets().size()), "test net");
    return caffesharp::HandOut(state.test_nets()[static_cast<std::size_t>(index)]);
  });
}

caffe_status caffe_solver_iteration(const caffe_solver* solver, int32_t* iteration) {
  return Get(solver, iteration, "iteration", [](const SolverState& state) { return state.iteration(); });
}

caffe_status caffe_solver_learning_rate(caffe_solver* solver, float* rate) {
  return Get(solver, rate, "rate", [](SolverState& state) { return state.LearningRate(); });
}

caffe_status caffe_solver_set_base_learning_rate(caffe_solver* solver, float rate) {
  return Guard([&] { StateOf(solver).SetBaseLearningRate(rate); });
}

caffe_status caffe_solver_set_random_seed(caffe_solver* solver, uint32_t seed) {
  return Guard([&] { StateOf(solver).SetRandomSeed(seed); });
}

caffe_status caffe_solver_start_iteration(caffe_solver* solver, int32_t debug_info) {
  return Guard([&] { StateOf(solver).StartIteration(debug_info != 0); });
}

caffe_status caffe_solver_apply_update(caffe_solver* solver) {
  return Guard([&] { StateOf(solver).ApplyUpdate(); });
}

caffe_status caffe_solver_snapshot(caffe_solver* solver, const char** weights_path, const char** state_path) {
  return Guard([&] {
    SolverState& state = StateOf(solver);
    RequireNotNull(weights_path, "weights_path");
    RequireNotNull(state_path, "state_path");
    const caffesharp::SnapshotPaths& paths = state.Snapshot();
    *weights_path = paths.weights.c_str();
    *state_path = paths.state.c_str();
  });
}

caffe_status caffe_solver_restore(caffe_solver* solver, const char* state_path) {
  return Guard([&] {
    SolverState& state = StateOf(solver);
    RequireNotNull(state_path, "state_path");
    state.Restore(state_path);
  });
}
