// How an HDF5 file says that a dataset lies in it, read before HDF5's library reads it.
#ifndef CAFFESHARP_SRC_DATA_HDF5_HDF5_LAYOUT_H_
#define CAFFESHARP_SRC_DATA_HDF5_HDF5_LAYOUT_H_

#include <hdf5.h>

#include <string>

namespace caffesharp {

constexpr const char* kBadHdf5Layout = "is damaged: its chunks have no size";

// Whether a dataset, seen from an open file or group, may be opened: HDF5 1.10 divides by the sizes of its chunks
// without a look at them. Missing objects and objects that are not datasets are allowed. After StaysInHdf5File.
bool HasSoundHdf5Layout(hid_t place, const std::string& name);

}  // namespace caffesharp

#endif  // CAFFESHARP_SRC_DATA_HDF5_HDF5_LAYOUT_H_
