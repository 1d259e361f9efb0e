#include "solver_snapshot.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl.h>
#include <hdf5.h>
#include <hdf5_hl.h>
#include <stdlib.h>

#include <caffe/blob.hpp>
#include <caffe/util/hdf5.hpp>
#include <cerrno>
#include <filesystem>
#include <limits>
#include <system_error>

#include "error.h"
#include "file.h"
#include "hdf5_session.h"
#include "protobuf_log.h"
#include "text.h"

namespace caffesharp {
namespace {

Error Refuse(const std::string& path, const std::string& message) {
  return Error(CAFFE_ERROR_FORMAT, path + ": " + message).AtPath(path);
}

Error CannotWrite(const std::string& path, const std::string& reason) {
  return Error(CAFFE_ERROR_IO, path + ": the snapshot cannot be written: " + reason).AtPath(path);
}

caffe::SolverState ReadBinary(const InputFile& file, const std::string& path) {
  RouteProtobufLog();
  google::protobuf::io::FileInputStream stream(file.descriptor());
  google::protobuf::io::CodedInputStream coded(&stream);
  coded.SetTotalBytesLimit(std::numeric_limits<int>::max());
  caffe::SolverState state;
  if (!state.ParseFromCodedStream(&coded) || !coded.ConsumedEntireMessage()) {
    throw Refuse(path, "the solverstate is truncated or damaged (" + FormatBytes(file.size()) + "), or is none");
  }
  return state;
}

caffe::SolverState ReadHdf5(const std::string& path) {
  const Hdf5Session session;
  // What stays open after a failure is closed by the session.
  const hid_t file = H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT);
  if (file < 0) throw Refuse(path, "the HDF5 solverstate is truncated or damaged");
  caffe::SolverState state;
  try {
    state.set_iter(caffe::hdf5_load_int(file, "iter"));
    if (H5LTfind_dataset(file, "learned_net") == 1) {
      state.set_learned_net(caffe::hdf5_load_string(file, "learned_net"));
    }
    state.set_current_step(caffe::hdf5_load_int(file, "current_step"));
    const hid_t history = H5Gopen2(file, "history", H5P_DEFAULT);
    if (history < 0) throw Refuse(path, "the HDF5 solverstate has no group 'history'");
    const int count = caffe::hdf5_get_num_links(history);
    for (int i = 0; i < count; ++i) {
      caffe::Blob<float> blob;
      caffe::hdf5_load_nd_dataset(history, std::to_string(i).c_str(), 0, kMaxBlobAxes, &blob, true);
      blob.ToProto(state.add_history());
    }
    H5Gclose(history);
  } catch (const CheckFailure& failure) {
    throw Refuse(path, std::string("the HDF5 solverstate is damaged, or is none: ") + failure.what());
  }
  H5Fclose(file);
  return state;
}

}  // namespace

caffe::SolverState ReadSolverState(const std::string& path) {
  const InputFile file(path, "solverstate");
  caffe::SolverState state = file.Head(4) == "\x89HDF" ? ReadHdf5(path) : ReadBinary(file, path);
  // Caffe writes both, the step last.
  if (!state.has_iter() || !state.has_current_step()) {
    throw Refuse(path, "this is no whole solverstate: it lacks its iteration or its step");
  }
  return state;
}

std::string FindLearnedNet(const std::string& learned_net, const std::string& state_path) {
  namespace fs = std::filesystem;
  std::error_code ignored;
  if (fs::exists(learned_net, ignored)) return learned_net;
  const fs::path beside = fs::path(state_path).parent_path() / fs::path(learned_net).filename();
  if (fs::exists(beside, ignored)) return beside.string();
  throw Error(CAFFE_ERROR_NOT_FOUND,
              state_path + ": its weights are neither at " + learned_net + " nor beside it at " + beside.string())
      .AtPath(learned_net);
}

SnapshotFolder::SnapshotFolder(const std::string& prefix) : prefix_(prefix) {
  const std::filesystem::path target(prefix);
  folder_ = (target.parent_path() / ".snapshot-XXXXXX").string();
  if (mkdtemp(&folder_[0]) == nullptr) {
    throw CannotWrite(prefix, std::error_code(errno, std::generic_category()).message());
  }
  inner_prefix_ = (std::filesystem::path(folder_) / target.filename()).string();
}

SnapshotFolder::~SnapshotFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

void SnapshotFolder::MoveOut(const std::string& ending) const {
  std::error_code error;
  std::filesystem::rename(inner_prefix_ + ending, prefix_ + ending, error);
  if (error) throw CannotWrite(prefix_ + ending, error.message());
}

}  // namespace caffesharp
