// The chunks in which a dataset of HDF5 may lie, and the filters that pack them.
#ifndef CAFFESHARP_SRC_DATA_HDF5_HDF5_CHUNKS_H_
#define CAFFESHARP_SRC_DATA_HDF5_HDF5_CHUNKS_H_

#include <hdf5.h>

#include <string>

namespace caffesharp {

// What is wrong with the description and packing of an open dataset's chunks, without a look at any; empty if
// nothing is or it lies in none.
std::string FaultOfHdf5Chunks(hid_t dataset);

}  // namespace caffesharp

#endif  // CAFFESHARP_SRC_DATA_HDF5_HDF5_CHUNKS_H_
