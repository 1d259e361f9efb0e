#include "net/weights/hdf5_weights.h"

#include <hdf5.h>

#include <algorithm>
#include <set>
#include <utility>

#include "core/error.h"
#include "core/text.h"
#include "data/hdf5/hdf5_layout.h"
#include "data/hdf5/hdf5_links.h"
#include "data/hdf5/hdf5_object.h"
#include "data/hdf5/hdf5_session.h"
#include "data/hdf5/hdf5_values.h"

namespace caffesharp {
namespace {

Error Refuse(const std::string& path, const std::string& message) {
  const std::string reason = Hdf5Session::InnermostError();
  return Error(CAFFE_ERROR_FORMAT, path + ": " + message + (reason.empty() ? "" : " (HDF5: " + reason + ")"))
      .AtPath(path);
}

Error RefuseLayer(const std::string& path, const std::string& layer, const std::string& message) {
  return Refuse(path, "layer '" + layer + "': " + message).InLayer(layer);
}

std::string ShapeText(const std::vector<hsize_t>& shape) {
  std::vector<int> dimensions;
  for (const hsize_t dimension : shape) dimensions.push_back(static_cast<int>(dimension));
  return FormatShape(dimensions);
}

bool SameShape(const std::vector<hsize_t>& file, const std::vector<int>& net) {
  return std::equal(file.begin(), file.end(), net.begin(), net.end(),
                    [](hsize_t a, int b) { return a == static_cast<hsize_t>(b); });
}

// The net's parameter by its layer and place is one that it borrows from another layer, so files need not hold it.
bool IsBorrowed(const NetState& state, int layer, std::size_t parameter) {
  std::size_t index = parameter;
  for (int i = 0; i < layer; ++i) index += state.net().layers()[static_cast<std::size_t>(i)]->blobs().size();
  return state.net().param_owners()[index] >= 0;
}

void CheckDataset(hid_t group, const std::string& path, const std::string& layer, std::size_t parameter,
                  const caffe::Blob<float>& target) {
  if (!HasSoundHdf5Layout(group, std::to_string(parameter))) {
    throw RefuseLayer(path, layer, "parameter " + std::to_string(parameter) + " " + kBadHdf5Layout);
  }
  const Hdf5Object dataset(H5Dopen2(group, std::to_string(parameter).c_str(), H5P_DEFAULT), &H5Dclose);
  const std::string name = "parameter " + std::to_string(parameter);
  if (!dataset.is_open()) throw RefuseLayer(path, layer, name + " cannot be read");
  const Hdf5Object space(H5Dget_space(dataset.id()), &H5Sclose);
  const int axes = H5Sget_simple_extent_ndims(space.id());
  if (axes < 0) throw RefuseLayer(path, layer, name + " has no shape");
  std::vector<hsize_t> shape(static_cast<std::size_t>(axes));
  H5Sget_simple_extent_dims(space.id(), shape.data(), nullptr);
  if (SameShape(shape, target.shape())) {
    const std::string fault = FaultOfHdf5Values(dataset.id());
    if (!fault.empty()) throw RefuseLayer(path, layer, name + " " + fault);
    return;
  }
  throw RefuseLayer(path, layer,
                    name + " has the shape " + ShapeText(shape) + " in the file, but the net requires " +
                        FormatShape(target.shape()) + "; these weights belong to another net");
}

// Goes through the file as Caffe will, without writing anything.
void CheckShapes(const NetState& state, const std::string& path, std::vector<bool>* copied) {
  const Hdf5Object file(H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT), &H5Fclose);
  if (!file.is_open()) throw Refuse(path, "the HDF5 file is truncated or damaged");
  if (!StaysInHdf5File(file.id(), "data")) throw Refuse(path, std::string("its group 'data' ") + kOtherHdf5File);
  const Hdf5Object data(H5Gopen2(file.id(), "data", H5P_DEFAULT), &H5Gclose);
  if (!data.is_open()) throw Refuse(path, "the HDF5 file has no group 'data', so it holds no weights of Caffe's");
  if (!HasReadableLinks(data.id())) throw Refuse(path, "the HDF5 file is damaged: its group 'data' cannot be read");
  for (int i = 0; i < state.layer_count(); ++i) {
    const std::string& name = state.layer_name(i);
    if (!StaysInHdf5File(data.id(), name)) throw RefuseLayer(path, name, std::string("its group ") + kOtherHdf5File);
    if (name.empty() || H5Lexists(data.id(), name.c_str(), H5P_DEFAULT) <= 0) continue;
    const Hdf5Object group(H5Gopen2(data.id(), name.c_str(), H5P_DEFAULT), &H5Gclose);
    if (!group.is_open()) throw RefuseLayer(path, name, "its group cannot be read");
    const auto& targets = state.net().layers()[static_cast<std::size_t>(i)]->blobs();
    H5G_info_t info;
    if (H5Gget_info(group.id(), &info) < 0) throw RefuseLayer(path, name, "its group cannot be read");
    if (info.nlinks > targets.size()) {
      throw RefuseLayer(path, name,
                        "the file has " + std::to_string(info.nlinks) + " parameter blobs for it, the net requires " +
                            std::to_string(targets.size()) + "; these weights belong to another net");
    }
    for (std::size_t j = 0; j < targets.size(); ++j) {
      if (!StaysInHdf5File(group.id(), std::to_string(j))) {
        throw RefuseLayer(path, name, "parameter " + std::to_string(j) + " " + kOtherHdf5File);
      }
      if (H5Lexists(group.id(), std::to_string(j).c_str(), H5P_DEFAULT) > 0) {
        CheckDataset(group.id(), path, name, j, *targets[j]);
        (*copied)[static_cast<std::size_t>(i)] = true;
      } else if (!IsBorrowed(state, i, j)) {
        throw RefuseLayer(path, name, "the file lacks its parameter " + std::to_string(j));
      }
    }
  }
}

}  // namespace

void CopyHdf5Weights(NetState& state, const std::string& path, std::vector<bool>* copied) {
  CheckShapes(state, path, copied);
  std::vector<std::vector<float>> old_values;
  for (const auto& blob : state.net().params()) {
    old_values.emplace_back(blob->cpu_data(), blob->cpu_data() + blob->count());
  }
  try {
    state.net().CopyTrainedLayersFromHDF5(path);
  } catch (...) {
    const ErrorDetail failure = DescribeCurrentException();
    const Error error = failure.path.empty() ? Refuse(path, failure.message) : Error(failure);
    for (std::size_t i = 0; i < old_values.size(); ++i) {
      std::copy(old_values[i].begin(), old_values[i].end(), state.net().params()[i]->mutable_cpu_data());
    }
    throw error;
  }
}

void CheckHdf5Names(const NetState& state, const std::string& path) {
  std::set<std::string> names;
  for (const std::string& name : state.net().layer_names()) {
    const bool usable = !name.empty() && name != "." && name.find('/') == std::string::npos;
    if (usable && names.insert(name).second) continue;
    const std::string reason = usable ? "several layers have that name" : "HDF5 reads it as a path";
    throw Error(CAFFE_ERROR_UNSUPPORTED, path + ": layer '" + name + "' cannot be saved as HDF5: " + reason +
                                             "; save a caffemodel, or rename the layer")
        .InLayer(name)
        .AtPath(path);
  }
}

void WriteHdf5Weights(const NetState& state, const std::string& path, const std::string& temporary_path,
                      bool write_diff) {
  try {
    state.net().ToHDF5(temporary_path, write_diff);
  } catch (const CheckFailure& failure) {
    const std::string reason = Hdf5Session::InnermostError();
    throw Error(CAFFE_ERROR_IO, path + ": the HDF5 file cannot be written: " + failure.what() +
                                    (reason.empty() ? "" : " (HDF5: " + reason + ")"))
        .AtPath(path);
  }
}

}  // namespace caffesharp
