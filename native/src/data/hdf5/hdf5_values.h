// What HDF5 reads of a dataset without a look at whether the file has it.
#ifndef CAFFESHARP_SRC_DATA_HDF5_HDF5_VALUES_H_
#define CAFFESHARP_SRC_DATA_HDF5_HDF5_VALUES_H_

#include <hdf5.h>

#include <string>

namespace caffesharp {

// The path of the file that an open object is in, as it was opened.
std::string NameOfHdf5File(hid_t object);

// The bytes of the file that an open object is in; 0 if that is not to be had.
hsize_t SizeOfHdf5File(hid_t object);

// What is wrong with the values of an open dataset; empty if nothing is. The file must be able to hold a value for
// each that the shape promises, so that no memory is taken on the shape's word alone: all of them where the dataset
// lies there in one piece, what its chunks may unpack to where it lies in chunks. No other file may have them.
std::string FaultOfHdf5Values(hid_t dataset);

}  // namespace caffesharp

#endif  // CAFFESHARP_SRC_DATA_HDF5_HDF5_VALUES_H_
