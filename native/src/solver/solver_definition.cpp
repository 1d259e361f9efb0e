#include "solver/solver_definition.h"

#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <caffe/solver_factory.hpp>
#include <caffe/util/upgrade_proto.hpp>
#include <filesystem>
#include <sstream>
#include <utility>

#include "core/file.h"
#include "core/text.h"
#include "net/upgrade.h"

namespace caffesharp {
namespace {

using google::protobuf::FieldDescriptor;

// Null in a Caffe older than the field.
const FieldDescriptor* WeightsField() { return caffe::SolverParameter::descriptor()->FindFieldByName("weights"); }

std::string Trimmed(const std::string& text) {
  const char* const blank = " \t\r\n";
  const std::size_t first = text.find_first_not_of(blank);
  return first == std::string::npos ? "" : text.substr(first, text.find_last_not_of(blank) - first + 1);
}

// Caffe lets one entry name several files.
std::vector<std::string> SplitAtCommas(const std::string& list) {
  std::vector<std::string> parts;
  std::istringstream stream(list);
  for (std::string part; std::getline(stream, part, ',');) parts.push_back(Trimmed(part));
  return parts;
}

NetDefinition FromMessage(const caffe::NetParameter& parameter, const std::string& display) {
  caffe::NetParameter upgraded(parameter);
  UpgradeNet(display, "", &upgraded);
  return NetDefinition::FromParameter(std::move(upgraded), display);
}

// The state, from the weakest word to the strongest: the phase, the net's own, the solver's.
caffe::NetState StateOf(caffe::Phase phase, const NetDefinition& definition, const caffe::NetState* of_solver) {
  caffe::NetState state;
  state.set_phase(phase);
  state.MergeFrom(definition.parameter().state());
  if (of_solver != nullptr) state.MergeFrom(*of_solver);
  return state;
}

}  // namespace

SolverDefinition::SolverDefinition(caffe::SolverParameter parameter, const std::string& path)
    : parameter_(std::move(parameter)), path_(path), display_(path.empty() ? "<solver>" : path) {
  try {
    caffe::UpgradeSolverAsNeeded(display_, &parameter_);
  } catch (...) {
    Rethrow("");
  }
  ResolvePaths();
  CheckNumbers();
  CheckTestNets();
  CheckSnapshots();
}

Error SolverDefinition::Refuse(caffe_status status, const std::string& message) const {
  return Error(status, display_ + ": " + message).AtPath(path_);
}

void SolverDefinition::Rethrow(const std::string& where) const {
  ErrorDetail detail = DescribeCurrentException();
  detail.message = display_ + ": " + where + detail.message;
  if (detail.path.empty()) detail.path = path_;
  throw Error(std::move(detail));
}

void SolverDefinition::ResolvePaths() {
  namespace fs = std::filesystem;
  const fs::path file = fs::absolute(path_.empty() ? "." : path_);
  const fs::path folder = path_.empty() ? file : file.parent_path();
  const auto resolve = [&](std::string* path) {
    if (!path->empty()) *path = (folder / *path).lexically_normal().string();
  };
  if (parameter_.has_net()) resolve(parameter_.mutable_net());
  if (parameter_.has_train_net()) resolve(parameter_.mutable_train_net());
  for (std::string& net : *parameter_.mutable_test_net()) resolve(&net);
  if (const FieldDescriptor* field = WeightsField()) {
    std::vector<std::string> files = WeightsPaths();
    parameter_.GetReflection()->ClearField(&parameter_, field);
    for (std::string& weights : files) {
      resolve(&weights);
      parameter_.GetReflection()->AddString(&parameter_, field, weights);
    }
  }
  // As Caffe does for solvers that come from files.
  if (!parameter_.has_snapshot_prefix() && !path_.empty()) {
    parameter_.set_snapshot_prefix(fs::path(file).replace_extension().string());
  } else if (parameter_.has_snapshot_prefix()) {
    resolve(parameter_.mutable_snapshot_prefix());
    std::error_code ignored;
    if (!path_.empty() && fs::is_directory(parameter_.snapshot_prefix(), ignored)) {
      parameter_.set_snapshot_prefix((fs::path(parameter_.snapshot_prefix()) / file.stem()).string());
    }
  }
}

void SolverDefinition::CheckNumbers() const {
  const auto refuse = [&](const std::string& message) { return Refuse(CAFFE_ERROR_FORMAT, message); };
  const int train_nets =
      parameter_.has_net() + parameter_.has_net_param() + parameter_.has_train_net() + parameter_.has_train_net_param();
  if (train_nets != 1) {
    throw refuse(std::to_string(train_nets) +
                 " of the fields net, net_param, train_net and train_net_param are set; exactly one names the net to "
                 "train");
  }
  const std::vector<std::string> types = caffe::SolverRegistry<float>::SolverTypeList();
  const std::string& type = parameter_.type();
  if (std::find(types.begin(), types.end(), type) == types.end()) {
    std::string known;
    for (const std::string& name : types) known += (known.empty() ? "" : ", ") + name;
    throw refuse("unknown solver type '" + type + "'" + DidYouMean(type, types) + "; there are " + known);
  }
  if ((type == "AdaGrad" || type == "RMSProp") && parameter_.momentum() != 0) {
    throw refuse("momentum cannot be used with " + type + "; leave it out");
  }
  if (parameter_.regularization_type() != "L1" && parameter_.regularization_type() != "L2") {
    throw refuse("unknown regularization_type '" + parameter_.regularization_type() + "'; there are L1 and L2");
  }
  if (parameter_.iter_size() < 1) throw refuse("iter_size is " + std::to_string(parameter_.iter_size()) + ", below 1");
  if (parameter_.average_loss() < 1) {
    throw refuse("average_loss is " + std::to_string(parameter_.average_loss()) + ", below 1");
  }
  if (parameter_.max_iter() < 0 || parameter_.display() < 0 || parameter_.snapshot() < 0 ||
      parameter_.test_interval() < 0) {
    throw refuse("max_iter, display, snapshot and test_interval count iterations and cannot be negative");
  }
}

void SolverDefinition::CheckTestNets() const {
  const auto refuse = [&](const std::string& message) { return Refuse(CAFFE_ERROR_FORMAT, message); };
  const int named = parameter_.test_net_param_size() + parameter_.test_net_size();
  const bool generic = parameter_.has_net() || parameter_.has_net_param();
  const int tests = parameter_.test_iter_size();
  if (tests < named || (tests > named && !generic)) {
    throw refuse("test_iter is given " + std::to_string(tests) + " times for " + std::to_string(named) +
                 " test nets; each requires its number of batches");
  }
  for (const int batches : parameter_.test_iter()) {
    if (batches < 1) throw refuse("test_iter is " + std::to_string(batches) + ", below 1");
  }
  if (parameter_.test_state_size() > 0 && parameter_.test_state_size() != tests) {
    throw refuse("test_state is given " + std::to_string(parameter_.test_state_size()) + " times for " +
                 std::to_string(tests) + " test nets; give it once for each, or not at all");
  }
  if (tests > 0 && parameter_.test_interval() < 1) {
    throw refuse("test_iter is set but test_interval is not; give the iterations between two tests");
  }
}

void SolverDefinition::CheckSnapshots() const {
  if (parameter_.snapshot() == 0) return;
  if (parameter_.snapshot_prefix().empty()) {
    throw Refuse(CAFFE_ERROR_FORMAT, "snapshot is set but snapshot_prefix is not; it says where snapshots go");
  }
  try {
    // Removed again, as it is not committed.
    const OutputFile probe(parameter_.snapshot_prefix() + "_iter_0.caffemodel", "snapshot");
  } catch (...) {
    Rethrow("no snapshot can be written at snapshot_prefix: ");
  }
}

caffe::SolverParameter SolverDefinition::WithTrainNet(const caffe::NetParameter& net) const {
  caffe::SolverParameter parameter(parameter_);
  parameter.clear_net();
  parameter.clear_net_param();
  parameter.clear_train_net();
  parameter.clear_train_state();
  parameter.clear_test_net();
  parameter.clear_test_net_param();
  parameter.clear_test_state();
  parameter.clear_test_iter();
  if (const FieldDescriptor* field = WeightsField()) parameter.GetReflection()->ClearField(&parameter, field);
  *parameter.mutable_train_net_param() = net;
  return parameter;
}

SolverNet SolverDefinition::TrainNet() const {
  NetDefinition definition =
      parameter_.has_train_net_param() ? FromMessage(parameter_.train_net_param(), display_ + " (train_net_param)")
      : parameter_.has_net_param()
          ? FromMessage(parameter_.net_param(), display_ + " (net_param)")
          : NetDefinition::FromFile(parameter_.has_net() ? parameter_.net() : parameter_.train_net());
  caffe::NetState state = StateOf(caffe::TRAIN, definition, &parameter_.train_state());
  return {std::move(definition), std::move(state)};
}

std::vector<SolverNet> SolverDefinition::TestNets() const {
  std::vector<NetDefinition> definitions;
  for (const caffe::NetParameter& net : parameter_.test_net_param()) {
    definitions.push_back(FromMessage(net, display_ + " (test_net_param)"));
  }
  for (const std::string& net : parameter_.test_net()) definitions.push_back(NetDefinition::FromFile(net));
  while (static_cast<int>(definitions.size()) < parameter_.test_iter_size()) {
    definitions.push_back(parameter_.has_net() ? NetDefinition::FromFile(parameter_.net())
                                               : FromMessage(parameter_.net_param(), display_ + " (net_param)"));
  }
  std::vector<SolverNet> nets;
  for (NetDefinition& definition : definitions) {
    const int index = static_cast<int>(nets.size());
    caffe::NetState state =
        StateOf(caffe::TEST, definition, parameter_.test_state_size() > 0 ? &parameter_.test_state(index) : nullptr);
    nets.push_back({std::move(definition), std::move(state)});
  }
  return nets;
}

std::vector<std::string> SolverDefinition::WeightsPaths() const {
  std::vector<std::string> paths;
  const FieldDescriptor* field = WeightsField();
  if (field == nullptr) return paths;
  const google::protobuf::Reflection* reflection = parameter_.GetReflection();
  for (int i = 0; i < reflection->FieldSize(parameter_, field); ++i) {
    for (std::string& path : SplitAtCommas(reflection->GetRepeatedString(parameter_, field, i))) {
      paths.push_back(std::move(path));
    }
  }
  return paths;
}

}  // namespace caffesharp
