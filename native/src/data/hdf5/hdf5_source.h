// The files that an HDF5Data layer reads.
#ifndef CAFFESHARP_SRC_DATA_HDF5_HDF5_SOURCE_H_
#define CAFFESHARP_SRC_DATA_HDF5_HDF5_SOURCE_H_

#include <caffe/proto/caffe.pb.h>

#include <optional>
#include <string>

#include "caffesharp/error.h"

namespace caffesharp {

struct Hdf5Fault {
  caffe_status status;
  // The list, or the file in it.
  std::string path;
  std::string message;
};

// What is wrong with the files in the layer's list, none if all is well. Caffe opens a file when its turn comes, and
// takes it for as large as the first.
std::optional<Hdf5Fault> FindHdf5Fault(const caffe::LayerParameter& layer);

}  // namespace caffesharp

#endif  // CAFFESHARP_SRC_DATA_HDF5_HDF5_SOURCE_H_
