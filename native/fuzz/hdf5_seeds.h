// HDF5 files as others than Caffe write them.
#ifndef CAFFESHARP_FUZZ_HDF5_SEEDS_H_
#define CAFFESHARP_FUZZ_HDF5_SEEDS_H_

#include <filesystem>

namespace caffesharp::fuzz {

// Writes data of an HDF5Data layer and weights of the small net into the folder: in one piece, compact and in chunks,
// plain and packed, in the oldest format and the newest, with values of several types; and one file of links.
void WriteHdf5Files(const std::filesystem::path& folder);

}  // namespace caffesharp::fuzz

#endif  // CAFFESHARP_FUZZ_HDF5_SEEDS_H_
