// An HDF5 file that is written in memory, for the caller to put where it belongs.
#ifndef CAFFESHARP_SRC_DATA_HDF5_HDF5_IMAGE_H_
#define CAFFESHARP_SRC_DATA_HDF5_HDF5_IMAGE_H_

#include <hdf5.h>

#include <cstdint>
#include <string>
#include <vector>

#include "data/hdf5/hdf5_object.h"

namespace caffesharp {

// Used within an Hdf5Session only.
class Hdf5Image {
 public:
  Hdf5Image();

  // Adds an array of 32-bit floats, and the groups that its name ("data/conv1/0") has before its last part. Without a
  // dimension it is a single number. Throws CAFFE_ERROR_ARGUMENT if HDF5 refuses the name: it is taken, or in a
  // group that is an array.
  void Add(const std::string& name, const float* values, const std::vector<std::int32_t>& shape);

  // The bytes of the file as it is now.
  std::vector<char> Bytes() const;

 private:
  Hdf5Object file_;
};

}  // namespace caffesharp

#endif  // CAFFESHARP_SRC_DATA_HDF5_HDF5_IMAGE_H_
