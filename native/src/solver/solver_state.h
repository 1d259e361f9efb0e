// A caffe::Solver with its nets, and what it needs to run the same from any thread.
#ifndef CAFFESHARP_SRC_SOLVER_SOLVER_STATE_H_
#define CAFFESHARP_SRC_SOLVER_SOLVER_STATE_H_

#include <caffe/sgd_solvers.hpp>
#include <memory>
#include <string>
#include <vector>

#include "net/net_state.h"
#include "solver/solver_definition.h"

namespace caffesharp {

struct SnapshotPaths {
  std::string weights;
  std::string state;
};

class SolverState {
 public:
  SolverState(SolverDefinition definition, std::int32_t mode, std::int32_t device);
  ~SolverState();
  SolverState(const SolverState&) = delete;
  SolverState& operator=(const SolverState&) = delete;

  const caffe::SolverParameter& parameter() const { return definition_.parameter(); }
  const std::shared_ptr<NetState>& net() const { return net_; }
  const std::vector<std::shared_ptr<NetState>>& test_nets() const { return test_nets_; }
  int iteration() const { return solver_->iter(); }

  float LearningRate();
  void SetBaseLearningRate(float rate);
  void SetRandomSeed(std::uint32_t seed);
  void StartIteration(bool debug_info);
  void ApplyUpdate();
  // Weights and state, both or neither. The paths stay until the next.
  const SnapshotPaths& Snapshot();
  // After a failure the solver is as it was.
  void Restore(const std::string& state_path);

 private:
  boost::shared_ptr<caffe::Net<float>> MakeSolver(const caffe::NetParameter& net);
  void MakeTestNets(std::int32_t mode, std::int32_t device, const std::shared_ptr<RandomStream>& random_stream);
  void CopyWeights();
  void CheckHistory(const caffe::SolverState& state, const std::string& path) const;
  void WriteSnapshot(const std::string& inner_prefix, const SnapshotPaths& inner, const std::string& weights);
  Device device() const { return net_->device(); }

  SolverDefinition definition_;
  SnapshotPaths snapshot_;
  std::shared_ptr<NetState> net_;
  std::vector<std::shared_ptr<NetState>> test_nets_;
  // Goes first, so that its net ends with the state that knows how.
  std::unique_ptr<caffe::SGDSolver<float>> solver_;
};

}  // namespace caffesharp

struct caffe_solver {
  std::unique_ptr<caffesharp::SolverState> state;
};

#endif  // CAFFESHARP_SRC_SOLVER_SOLVER_STATE_H_
