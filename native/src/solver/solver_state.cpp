#include "solver/solver_state.h"

#include <algorithm>
#include <boost/make_shared.hpp>
#include <random>
#include <utility>

#include "core/error.h"
#include "core/text.h"
#include "core/threads/thread_budget.h"
#include "data/hdf5/hdf5_session.h"
#include "net/weights/weights.h"
#include "solver/solver_snapshot.h"

namespace caffesharp {
namespace {

// The way to what a solver of Caffe keeps for its own kind.
struct SolverAccess : caffe::SGDSolver<float> {
  static caffe::SolverParameter& Parameter(caffe::SGDSolver<float>& solver) { return solver.*(&SolverAccess::param_); }
  static int& Iteration(caffe::SGDSolver<float>& solver) { return solver.*(&SolverAccess::iter_); }
  static int& CurrentStep(caffe::SGDSolver<float>& solver) { return solver.*(&SolverAccess::current_step_); }
  static float LearningRate(caffe::SGDSolver<float>& solver) { return (solver.*(&SolverAccess::GetLearningRate))(); }
  static void WriteState(caffe::SGDSolver<float>& solver, const std::string& weights) {
    (solver.*(&SolverAccess::SnapshotSolverState))(weights);
  }
};

// Caffe writes state by its snapshot_prefix; here it is another one while this lives.
class PrefixScope {
 public:
  PrefixScope(caffe::SGDSolver<float>& solver, const std::string& prefix)
      : parameter_(SolverAccess::Parameter(solver)), outer_(parameter_.snapshot_prefix()) {
    parameter_.set_snapshot_prefix(prefix);
  }
  ~PrefixScope() { parameter_.set_snapshot_prefix(outer_); }
  PrefixScope(const PrefixScope&) = delete;
  PrefixScope& operator=(const PrefixScope&) = delete;

 private:
  caffe::SolverParameter& parameter_;
  std::string outer_;
};

std::shared_ptr<NetState> MakeNet(SolverNet net, std::int32_t mode, std::int32_t device,
                                  const std::shared_ptr<RandomStream>& random_stream, const NetMaker& make) {
  std::vector<const char*> stages;
  for (const std::string& stage : net.state.stage()) stages.push_back(stage.c_str());
  caffe_net_options options = kDefaultNetOptions;
  options.phase = net.state.phase() == caffe::TRAIN ? CAFFE_PHASE_TRAIN : CAFFE_PHASE_TEST;
  options.level = net.state.level();
  options.stages = stages.data();
  options.stage_count = static_cast<std::int32_t>(stages.size());
  options.mode = mode;
  options.device = device;
  return std::make_shared<NetState>(std::move(net.definition), options, random_stream, make);
}

void ReplaceAll(std::string* text, const std::string& from, const std::string& to) {
  for (std::size_t at = text->find(from); at != std::string::npos; at = text->find(from, at + to.size())) {
    text->replace(at, from.size(), to);
  }
}

}  // namespace

SolverState::SolverState(SolverDefinition definition, std::int32_t mode, std::int32_t device)
    : definition_(std::move(definition)) {
  // Caffe seeds it again where the definition has a seed.
  const auto random_stream = std::make_shared<RandomStream>(std::random_device()());
  net_ = MakeNet(definition_.TrainNet(), mode, device, random_stream,
                 [this](const caffe::NetParameter& net) { return MakeSolver(net); });
  MakeTestNets(mode, device, random_stream);
  CopyWeights();
  // A policy that Caffe does not know, or that lacks its numbers, is found out now and not after the first batch.
  LearningRate();
}

boost::shared_ptr<caffe::Net<float>> SolverState::MakeSolver(const caffe::NetParameter& net) {
  std::unique_ptr<caffe::Solver<float>> solver(
      caffe::SolverRegistry<float>::CreateSolver(definition_.WithTrainNet(net)));
  auto* of_gradients = dynamic_cast<caffe::SGDSolver<float>*>(solver.get());
  if (of_gradients == nullptr) {
    throw definition_.Refuse(CAFFE_ERROR_UNSUPPORTED,
                             "the solver type '" + parameter().type() + "' is not one of Caffe's gradient solvers");
  }
  solver.release();
  solver_.reset(of_gradients);
  return solver_->net();
}

void SolverState::MakeTestNets(std::int32_t mode, std::int32_t device,
                               const std::shared_ptr<RandomStream>& random_stream) {
  for (SolverNet& test_net : definition_.TestNets()) {
    test_nets_.push_back(MakeNet(std::move(test_net), mode, device, random_stream, [](const caffe::NetParameter& net) {
      return boost::make_shared<caffe::Net<float>>(net);
    }));
    test_nets_.back()->net().set_debug_info(parameter().debug_info());
  }
}

void SolverState::CopyWeights() {
  for (const std::string& path : definition_.WeightsPaths()) {
    if (CopyWeightsFromFile(*net_, path) == 0) {
      throw definition_.Refuse(CAFFE_ERROR_FORMAT, "the net has none of the layers of its weights " + path);
    }
    for (const auto& test_net : test_nets_) CopyWeightsFromFile(*test_net, path);
  }
}

SolverState::~SolverState() {
  const DestructionScope destruction;
  // Without a net the constructor failed before there was anything on the device.
  if (!net_) return;
  const DeviceScope scope(device());
  solver_.reset();
}

float SolverState::LearningRate() {
  const NetCall call(*net_);
  // Asking for it moves the step on where an iteration of stepvalue is reached; the update does so itself.
  int& step = SolverAccess::CurrentStep(*solver_);
  const int kept_step = step;
  try {
    const float rate = SolverAccess::LearningRate(*solver_);
    step = kept_step;
    return rate;
  } catch (...) {
    step = kept_step;
    definition_.Rethrow("lr_policy '" + parameter().lr_policy() + "': ");
  }
}

void SolverState::SetBaseLearningRate(float rate) {
  const NetCall call(*net_);
  SolverAccess::Parameter(*solver_).set_base_lr(rate);
}

void SolverState::StartIteration(bool debug_info) {
  const NetCall call(*net_);
  net_->net().ClearParamDiffs();
  net_->net().set_debug_info(debug_info);
}

void SolverState::SetRandomSeed(std::uint32_t seed) {
  // The stream is the thread's while the call lives.
  const NetCall call(*net_);
  caffe::Caffe::set_random_seed(seed);
}

void SolverState::ApplyUpdate() {
  const NetCall call(*net_);
  const ComputeTurn turn(LayerPlaces(*net_));
  try {
    solver_->ApplyUpdate();
  } catch (...) {
    definition_.Rethrow("update of iteration " + std::to_string(iteration()) + ": ");
  }
}

const SnapshotPaths& SolverState::Snapshot() {
  const std::string& prefix = parameter().snapshot_prefix();
  if (prefix.empty()) {
    throw definition_.Refuse(CAFFE_ERROR_ARGUMENT, "snapshot_prefix is not set; it says where snapshots go");
  }
  const bool hdf5 = parameter().snapshot_format() == caffe::SolverParameter_SnapshotFormat_HDF5;
  const std::string iteration_part = "_iter_" + std::to_string(iteration());
  const std::string weights_ending = iteration_part + (hdf5 ? ".caffemodel.h5" : ".caffemodel");
  const std::string state_ending = iteration_part + (hdf5 ? ".solverstate.h5" : ".solverstate");
  const SnapshotFolder folder(prefix);
  const std::string& inner = folder.inner_prefix();
  try {
    WriteSnapshot(inner, {inner + weights_ending, inner + state_ending}, prefix + weights_ending);
  } catch (...) {
    ErrorDetail detail = DescribeCurrentException();
    ReplaceAll(&detail.message, inner, prefix);
    ReplaceAll(&detail.path, inner, prefix);
    throw Error(std::move(detail));
  }
  folder.MoveOut(weights_ending);
  folder.MoveOut(state_ending);
  snapshot_ = {prefix + weights_ending, prefix + state_ending};
  return snapshot_;
}

void SolverState::WriteSnapshot(const std::string& inner_prefix, const SnapshotPaths& inner,
                                const std::string& weights) {
  const bool hdf5 = parameter().snapshot_format() == caffe::SolverParameter_SnapshotFormat_HDF5;
  if (hdf5) {
    SaveHdf5(*net_, inner.weights, parameter().snapshot_diff());
  } else {
    SaveCaffemodel(*net_, inner.weights, parameter().snapshot_diff());
  }
  const NetCall call(*net_);
  const Hdf5Session session;
  {
    const PrefixScope scope(*solver_, inner_prefix);
    SolverAccess::WriteState(*solver_, weights);
  }
  // Caffe does not look whether all of it got onto the disk.
  try {
    CheckHistory(ReadSolverState(inner.state), inner.state);
  } catch (const Error& error) {
    throw Error(CAFFE_ERROR_IO,
                inner.state + ": the solverstate could not be written whole; is the disk full? (" + error.what() + ")")
        .AtPath(inner.state);
  }
}

void SolverState::CheckHistory(const caffe::SolverState& state, const std::string& path) const {
  const auto refuse = [&](const std::string& message) {
    return Error(CAFFE_ERROR_FORMAT, path + ": " + message + "; this is another solver's state").AtPath(path);
  };
  const auto& history = solver_->history();
  if (state.history_size() != static_cast<int>(history.size())) {
    throw refuse("it holds " + std::to_string(state.history_size()) + " history blobs, the " + parameter().type() +
                 " solver requires " + std::to_string(history.size()));
  }
  for (int i = 0; i < state.history_size(); ++i) {
    const caffe::BlobProto& blob = state.history(i);
    caffe::Blob<float>& target = *history[static_cast<std::size_t>(i)];
    const std::string which = "its history blob " + std::to_string(i) + " ";
    if (!target.ShapeEquals(blob))
      throw refuse(which + "has another shape than the solver's, " + FormatShape(target.shape()));
    const std::string fault = FaultOfValues(blob, target);
    if (!fault.empty()) throw refuse(which + fault);
  }
}

void SolverState::Restore(const std::string& state_path) {
  const caffe::SolverState state = ReadSolverState(state_path);
  CheckHistory(state, state_path);
  if (state.has_learned_net()) {
    CopyWeightsFromFile(*net_, FindLearnedNet(state.learned_net(), state_path));
  }
  const NetCall call(*net_);
  SolverAccess::Iteration(*solver_) = state.iter();
  SolverAccess::CurrentStep(*solver_) = state.current_step();
  for (int i = 0; i < state.history_size(); ++i) {
    solver_->history()[static_cast<std::size_t>(i)]->FromProto(state.history(i));
  }
}

}  // namespace caffesharp
