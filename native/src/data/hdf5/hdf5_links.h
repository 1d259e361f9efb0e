// Where the names in an HDF5 file lead.
#ifndef CAFFESHARP_SRC_DATA_HDF5_HDF5_LINKS_H_
#define CAFFESHARP_SRC_DATA_HDF5_HDF5_LINKS_H_

#include <hdf5.h>

#include <string>

namespace caffesharp {

// What is said of a name that leads out of its file.
constexpr const char* kOtherHdf5File =
    "leads to another file by a link, which is not followed; copy its target into this file";

// Whether a path, seen from an open file or group, stays in its file: no link on the way is one to another file. So it
// is too where there is nothing of that name.
bool StaysInHdf5File(hid_t place, const std::string& path);

// Whether every link of an open group can be read. HDF5 1.10 frees what it never filled where it lists a group of which
// one cannot.
bool HasReadableLinks(hid_t group);

}  // namespace caffesharp

#endif  // CAFFESHARP_SRC_DATA_HDF5_HDF5_LINKS_H_
