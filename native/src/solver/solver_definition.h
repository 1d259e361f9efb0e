// A solver's definition: checked, its paths seen from its file, and the definitions of its nets.
#ifndef CAFFESHARP_SRC_SOLVER_SOLVER_DEFINITION_H_
#define CAFFESHARP_SRC_SOLVER_SOLVER_DEFINITION_H_

#include <caffe/proto/caffe.pb.h>

#include <string>
#include <vector>

#include "core/error.h"
#include "net/net_definition.h"

namespace caffesharp {

// One of a solver's nets, before its layers are chosen, and the state they are chosen for.
struct SolverNet {
  NetDefinition definition;
  caffe::NetState state;
};

class SolverDefinition {
 public:
  // path is the file it came from, empty for none. Throws CAFFE_ERROR_FORMAT for what Caffe would refuse or misread,
  // CAFFE_ERROR_IO if snapshots are required and cannot be written.
  SolverDefinition(caffe::SolverParameter parameter, const std::string& path);

  // In today's syntax, with absolute paths.
  const caffe::SolverParameter& parameter() const { return parameter_; }
  // What is left of it where the solver is given its train net alone, and whole.
  caffe::SolverParameter WithTrainNet(const caffe::NetParameter& net) const;

  SolverNet TrainNet() const;
  // In Caffe's order: test_net_param, test_net, then as many of net or net_param as test_iter has entries left.
  std::vector<SolverNet> TestNets() const;
  // Files that the nets' weights start from.
  std::vector<std::string> WeightsPaths() const;

  // "solver.prototxt: message".
  Error Refuse(caffe_status status, const std::string& message) const;
  // Throws the exception being handled again, with the solver named. Only inside a catch block.
  [[noreturn]] void Rethrow(const std::string& where) const;

 private:
  void ResolvePaths();
  void CheckNumbers() const;
  void CheckTestNets() const;
  void CheckSnapshots() const;

  caffe::SolverParameter parameter_;
  std::string path_;
  // path_, or what stands for it in messages.
  std::string display_;
};

}  // namespace caffesharp

#endif  // CAFFESHARP_SRC_SOLVER_SOLVER_DEFINITION_H_
