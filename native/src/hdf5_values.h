// What HDF5 reads of a dataset without a look at whether the file has it.
#ifndef CAFFESHARP_SRC_HDF5_VALUES_H_
#define CAFFESHARP_SRC_HDF5_VALUES_H_

#include <hdf5.h>

namespace caffesharp {

// What is said of a dataset that fails.
constexpr const char* kTooFewHdf5Values = "claims more values than the file holds of it";

// Whether an open dataset that lies in the file in one piece has a value there for each that its shape promises.
bool HasAllHdf5Values(hid_t dataset);

}  // namespace caffesharp

#endif  // CAFFESHARP_SRC_HDF5_VALUES_H_
