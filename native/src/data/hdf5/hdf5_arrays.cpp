#include "data/hdf5/hdf5_arrays.h"

#include <hdf5.h>
#include <hdf5_hl.h>

#include <algorithm>
#include <caffe/blob.hpp>
#include <limits>
#include <utility>

#include "core/text.h"
#include "data/hdf5/hdf5_layout.h"
#include "data/hdf5/hdf5_links.h"
#include "data/hdf5/hdf5_session.h"
#include "data/hdf5/hdf5_values.h"

namespace caffesharp {
namespace {

// Groups that hold themselves have no end, and such that hold the same groups several times hardly one.
constexpr int kMostGroups = 32;
constexpr std::size_t kMostLinks = 100000;

herr_t KeepName(hid_t, const char* name, const H5L_info_t*, void* names) {
  static_cast<std::vector<std::string>*>(names)->emplace_back(name);
  return 0;
}

bool IsSoft(hid_t group, const std::string& name) {
  H5L_info_t info;
  return H5Lget_info(group, name.c_str(), &info, H5P_DEFAULT) >= 0 && info.type == H5L_TYPE_SOFT;
}

}  // namespace

Hdf5Arrays::Hdf5Arrays(std::string path)
    : path_(std::move(path)), file_(H5Fopen(path_.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT), &H5Fclose) {
  if (!file_.is_open()) throw Refuse("is not an HDF5 file, or a damaged one");
  List(file_.id(), "", kMostGroups);
}

std::vector<std::int32_t> Hdf5Arrays::Shape(int index) const {
  const Hdf5Object dataset(Open(index), &H5Dclose);
  RequireNumbers(dataset.id(), index);
  const Hdf5Object space(H5Dget_space(dataset.id()), &H5Sclose);
  const int axes = H5Sget_simple_extent_ndims(space.id());
  if (axes < 0 || H5Sget_simple_extent_type(space.id()) == H5S_NULL) throw RefuseArray(index, "has no shape");
  std::vector<hsize_t> shape(static_cast<std::size_t>(axes));
  H5Sget_simple_extent_dims(space.id(), shape.data(), nullptr);
  constexpr hsize_t most = std::numeric_limits<std::int32_t>::max();
  hsize_t values = 1;
  for (const hsize_t dimension : shape) {
    if (dimension > most || (dimension != 0 && values > most / dimension)) {
      throw RefuseArray(index, "has a shape that no blob can have");
    }
    values *= dimension;
  }
  if (axes > kMaxBlobAxes) throw RefuseArray(index, "has a shape that no blob can have");
  const std::string fault = values == 0 ? "" : FaultOfHdf5Values(dataset.id());
  if (!fault.empty()) throw RefuseArray(index, fault);
  return std::vector<std::int32_t>(shape.begin(), shape.end());
}

void Hdf5Arrays::Read(int index, float* values, std::int64_t count) const {
  std::int64_t expected = 1;
  for (const std::int32_t dimension : Shape(index)) expected *= dimension;
  if (count != expected) {
    throw Error(CAFFE_ERROR_ARGUMENT,
                "count is " + std::to_string(count) + ", the array has " + std::to_string(expected) + " values");
  }
  if (count > 0) H5LTread_dataset_float(file_.id(), name(index).c_str(), values);
}

Error Hdf5Arrays::Refuse(const std::string& fault) const {
  const std::string reason = Hdf5Session::InnermostError();
  return Error(CAFFE_ERROR_FORMAT, path_ + " " + fault + (reason.empty() ? "" : " (HDF5: " + reason + ")"))
      .AtPath(path_);
}

Error Hdf5Arrays::RefuseArray(int index, const std::string& fault) const {
  return Error(CAFFE_ERROR_FORMAT, path_ + ": the array '" + name(index) + "' " + fault).AtPath(path_);
}

void Hdf5Arrays::List(hid_t group, const std::string& prefix, int depth) {
  if (depth == 0) throw Refuse("has groups within groups, more than " + std::to_string(kMostGroups));
  std::vector<std::string> names;
  // In another order HDF5 makes a list of as many as the group claims to have.
  if (!HasReadableLinks(group) || H5Literate(group, H5_INDEX_NAME, H5_ITER_NATIVE, nullptr, &KeepName, &names) < 0) {
    throw Refuse("is damaged: the group '/" + prefix + "' cannot be read");
  }
  std::sort(names.begin(), names.end());
  links_ += names.size();
  if (links_ > kMostLinks) throw Refuse("has more than " + std::to_string(kMostLinks) + " arrays and groups");
  for (const std::string& name : names) {
    if (!StaysInHdf5File(group, name) || !HasSoundHdf5Layout(group, name)) {
      // The caller that needs it gets the error.
      names_.push_back(prefix + name);
      continue;
    }
    const Hdf5Object object(H5Oopen(group, name.c_str(), H5P_DEFAULT), &H5Oclose);
    if (!object.is_open()) {
      if (IsSoft(group, name)) continue;
      throw Refuse("is damaged: '/" + prefix + name + "' cannot be opened");
    }
    const H5I_type_t type = H5Iget_type(object.id());
    if (type == H5I_GROUP) List(object.id(), prefix + name + "/", depth - 1);
    if (type == H5I_DATASET) names_.push_back(prefix + name);
  }
}

hid_t Hdf5Arrays::Open(int index) const {
  if (!StaysInHdf5File(file_.id(), name(index))) throw RefuseArray(index, kOtherHdf5File);
  if (!HasSoundHdf5Layout(file_.id(), name(index))) throw RefuseArray(index, kBadHdf5Layout);
  const hid_t dataset = H5Dopen2(file_.id(), name(index).c_str(), H5P_DEFAULT);
  if (dataset < 0) throw RefuseArray(index, "cannot be opened");
  return dataset;
}

void Hdf5Arrays::RequireNumbers(hid_t dataset, int index) const {
  const Hdf5Object type(H5Dget_type(dataset), &H5Tclose);
  const H5T_class_t type_class = H5Tget_class(type.id());
  const std::size_t size = H5Tget_size(type.id());
  if (type_class == H5T_FLOAT && (size == 2 || size == 4 || size == 8)) return;
  if (type_class == H5T_INTEGER && (size == 1 || size == 2 || size == 4 || size == 8)) return;
  throw RefuseArray(
      index, "holds values of " + std::to_string(size) + " bytes each which are not numbers that a blob can have");
}

}  // namespace caffesharp
