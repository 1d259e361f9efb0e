// HDF5 as the distributions build it takes one thread at a time, prints its errors and keeps what was open when Caffe
// gave up.
#ifndef CAFFESHARP_SRC_DATA_HDF5_HDF5_SESSION_H_
#define CAFFESHARP_SRC_DATA_HDF5_HDF5_SESSION_H_

#include <hdf5.h>

#include <mutex>
#include <string>
#include <vector>

namespace caffesharp {

// All use of HDF5, Caffe's included, happens while one of these lives. The same thread may nest them.
class Hdf5Session {
 public:
  Hdf5Session();
  // After a failure, closes what was opened since and left open.
  ~Hdf5Session();
  Hdf5Session(const Hdf5Session&) = delete;
  Hdf5Session& operator=(const Hdf5Session&) = delete;

  // What HDF5 says about its last failed call, from the place deepest inside; empty if nothing failed.
  static std::string InnermostError();

 private:
  std::unique_lock<std::recursive_mutex> lock_;
  std::vector<hid_t> open_before_;
  int exceptions_before_;
};

}  // namespace caffesharp

#endif  // CAFFESHARP_SRC_DATA_HDF5_HDF5_SESSION_H_
