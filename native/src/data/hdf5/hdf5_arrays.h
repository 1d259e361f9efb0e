// The arrays of an HDF5 file, by name.
#ifndef CAFFESHARP_SRC_DATA_HDF5_HDF5_ARRAYS_H_
#define CAFFESHARP_SRC_DATA_HDF5_HDF5_ARRAYS_H_

#include <hdf5.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "core/error.h"
#include "data/hdf5/hdf5_object.h"

namespace caffesharp {

// An open HDF5 file and the names of its arrays. Used within an Hdf5Session only.
class Hdf5Arrays {
 public:
  // Throws CAFFE_ERROR_FORMAT if the file is not an HDF5 file, or a damaged one.
  explicit Hdf5Arrays(std::string path);

  int count() const { return static_cast<int>(names_.size()); }
  const std::string& name(int index) const { return names_[static_cast<std::size_t>(index)]; }

  // Throw CAFFE_ERROR_FORMAT for an array that no blob can hold. count is the number of values that there is room for.
  std::vector<std::int32_t> Shape(int index) const;
  void Read(int index, float* values, std::int64_t count) const;

 private:
  Error Refuse(const std::string& fault) const;
  Error RefuseArray(int index, const std::string& fault) const;
  // Adds the arrays of a group and of those in it, that many groups deep.
  void List(hid_t group, const std::string& prefix, int depth);
  hid_t Open(int index) const;
  void RequireNumbers(hid_t dataset, int index) const;

  std::string path_;
  Hdf5Object file_;
  std::vector<std::string> names_;
  std::size_t links_ = 0;
};

}  // namespace caffesharp

#endif  // CAFFESHARP_SRC_DATA_HDF5_HDF5_ARRAYS_H_
