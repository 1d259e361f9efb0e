// A solver's state in files: a solverstate of protobuf's wire format or of HDF5.
#ifndef CAFFESHARP_SRC_SOLVER_SOLVER_SNAPSHOT_H_
#define CAFFESHARP_SRC_SOLVER_SOLVER_SNAPSHOT_H_

#include <caffe/proto/caffe.pb.h>

#include <string>

namespace caffesharp {

// Reads either kind, whole. Throws CAFFE_ERROR_NOT_FOUND, CAFFE_ERROR_IO or CAFFE_ERROR_FORMAT.
caffe::SolverState ReadSolverState(const std::string& path);

// The weights that belong to a solverstate: where it says, or beside it where both were moved. Throws
// CAFFE_ERROR_NOT_FOUND.
std::string FindLearnedNet(const std::string& learned_net, const std::string& state_path);

// A folder beside the files that are made in it and then moved out. It goes away with what is left in it.
class SnapshotFolder {
 public:
  // prefix is Caffe's snapshot_prefix. Throws CAFFE_ERROR_IO if nothing can be written there.
  explicit SnapshotFolder(const std::string& prefix);
  ~SnapshotFolder();
  SnapshotFolder(const SnapshotFolder&) = delete;
  SnapshotFolder& operator=(const SnapshotFolder&) = delete;

  // The same prefix inside the folder.
  const std::string& inner_prefix() const { return inner_prefix_; }
  // Moves <inner prefix><ending> to <prefix><ending>. Throws CAFFE_ERROR_IO.
  void MoveOut(const std::string& ending) const;

 private:
  std::string prefix_;
  std::string folder_;
  std::string inner_prefix_;
};

}  // namespace caffesharp

#endif  // CAFFESHARP_SRC_SOLVER_SOLVER_SNAPSHOT_H_
