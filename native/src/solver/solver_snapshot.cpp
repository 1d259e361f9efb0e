#include "solver/solver_snapshot.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl.h>
#include <hdf5.h>
#include <stdlib.h>

#include <algorithm>
#include <caffe/blob.hpp>
#include <caffe/util/hdf5.hpp>
#include <cerrno>
#include <filesystem>
#include <limits>
#include <system_error>

#include "core/error.h"
#include "core/file.h"
#include "core/protobuf_log.h"
#include "core/text.h"
#include "data/hdf5/hdf5_layout.h"
#include "data/hdf5/hdf5_links.h"
#include "data/hdf5/hdf5_object.h"
#include "data/hdf5/hdf5_session.h"
#include "data/hdf5/hdf5_values.h"

namespace caffesharp {
namespace {

// PATH_MAX of Linux.
constexpr std::size_t kLongestPath = 4096;

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

// Reads an HDF5 solverstate. Caffe's own functions write a dataset of any size into one number, and look for the end of
// a text behind it.
class Hdf5State {
 public:
  Hdf5State(const std::string& path, std::int64_t file_size)
      : path_(path), file_size_(file_size), file_(H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT), &H5Fclose) {
    if (!file_.is_open()) throw Refuse(path_, "the HDF5 solverstate is truncated or damaged");
  }

  caffe::SolverState Read() const {
    caffe::SolverState state;
    state.set_iter(ReadNumber("iter"));
    if (H5Lexists(file_.id(), "learned_net", H5P_DEFAULT) > 0) state.set_learned_net(ReadText("learned_net"));
    state.set_current_step(ReadNumber("current_step"));
    if (!StaysInHdf5File(file_.id(), "history")) {
      throw Refuse(path_, std::string("the group 'history' of the HDF5 solverstate ") + kOtherHdf5File);
    }
    const Hdf5Object history(H5Gopen2(file_.id(), "history", H5P_DEFAULT), &H5Gclose);
    if (!history.is_open()) throw Refuse(path_, "the HDF5 solverstate has no group 'history'");
    H5G_info_t members;
    if (H5Gget_info(history.id(), &members) < 0) {
      throw Refuse(path_, "the HDF5 solverstate is damaged: its group 'history' cannot be read");
    }
    const int count = static_cast<int>(std::min<hsize_t>(members.nlinks, std::numeric_limits<int>::max()));
    for (int i = 0; i < count; ++i) ReadBlob(history.id(), std::to_string(i), state.add_history());
    return state;
  }

 private:
  Error Damaged(const std::string& dataset, const std::string& fault) const {
    return Refuse(path_, "the HDF5 solverstate is damaged, or is none: its dataset '" + dataset + "' " + fault);
  }

  // The elements of a dataset, which cannot be more than the file has bytes: solvers write them as they are.
  std::int64_t CountOf(const Hdf5Object& dataset, const std::string& name) const {
    const Hdf5Object space(H5Dget_space(dataset.id()), &H5Sclose);
    const hssize_t count = space.is_open() ? H5Sget_simple_extent_npoints(space.id()) : -1;
    if (count < 0 || count > file_size_) {
      throw Damaged(name, "claims " + std::to_string(count) + " values in a file of " + FormatBytes(file_size_));
    }
    const std::string fault = FaultOfHdf5Values(dataset.id());
    if (!fault.empty()) throw Damaged(name, fault);
    return count;
  }

  Hdf5Object Open(hid_t place, const std::string& name) const {
    if (!StaysInHdf5File(place, name)) throw Damaged(name, kOtherHdf5File);
    if (!HasSoundHdf5Layout(place, name)) throw Damaged(name, kBadHdf5Layout);
    const bool there = H5Lexists(place, name.c_str(), H5P_DEFAULT) > 0;
    return Hdf5Object(there ? H5Dopen2(place, name.c_str(), H5P_DEFAULT) : H5I_INVALID_HID, &H5Dclose);
  }

  int ReadNumber(const char* name) const {
    const Hdf5Object dataset = Open(file_.id(), name);
    int value = 0;
    if (!dataset.is_open()) throw Damaged(name, "does not exist");
    if (CountOf(dataset, name) != 1 ||
        H5Dread(dataset.id(), H5T_NATIVE_INT, H5S_ALL, H5S_ALL, H5P_DEFAULT, &value) < 0) {
      throw Damaged(name, "is not one whole number");
    }
    return value;
  }

  std::string ReadText(const char* name) const {
    const Hdf5Object dataset = Open(file_.id(), name);
    if (!dataset.is_open()) throw Damaged(name, "cannot be read");
    const Hdf5Object type(H5Dget_type(dataset.id()), &H5Tclose);
    const std::size_t length = H5Tget_size(type.id());
    if (H5Tget_class(type.id()) != H5T_STRING || H5Tis_variable_str(type.id()) != 0 || length > kLongestPath ||
        CountOf(dataset, name) != 1) {
      throw Damaged(name, "is not one text");
    }
    std::string text(length, '\0');
    if (H5Dread(dataset.id(), type.id(), H5S_ALL, H5S_ALL, H5P_DEFAULT, &text[0]) < 0) {
      throw Damaged(name, "cannot be read");
    }
    return text.substr(0, text.find('\0'));
  }

  void ReadBlob(hid_t history, const std::string& name, caffe::BlobProto* proto) const {
    {
      const Hdf5Object dataset = Open(history, name);
      if (!dataset.is_open()) throw Damaged("history/" + name, "does not exist");
      CountOf(dataset, "history/" + name);
    }
    caffe::Blob<float> blob;
    try {
      caffe::hdf5_load_nd_dataset(history, name.c_str(), 0, kMaxBlobAxes, &blob, true);
    } catch (const CheckFailure& failure) {
      throw Damaged("history/" + name, std::string("cannot be read: ") + failure.what());
    }
    blob.ToProto(proto);
  }

  const std::string& path_;
  std::int64_t file_size_;
  Hdf5Object file_;
};

caffe::SolverState ReadHdf5(const std::string& path, std::int64_t file_size) {
  const Hdf5Session session;
  return Hdf5State(path, file_size).Read();
}

}  // namespace

caffe::SolverState ReadSolverState(const std::string& path) {
  const InputFile file(path, "solverstate");
  caffe::SolverState state = file.Head(4) == "\x89HDF" ? ReadHdf5(path, file.size()) : ReadBinary(file, path);
  // Caffe writes both, the step last.
  if (!state.has_iter() || !state.has_current_step()) {
    throw Refuse(path, "this is not a whole solverstate: it lacks its iteration or its step");
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
