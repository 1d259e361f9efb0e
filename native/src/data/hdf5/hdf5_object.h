// An open HDF5 object, closed at the end of its scope.
#ifndef CAFFESHARP_SRC_DATA_HDF5_HDF5_OBJECT_H_
#define CAFFESHARP_SRC_DATA_HDF5_HDF5_OBJECT_H_

#include <hdf5.h>

namespace caffesharp {

class Hdf5Object {
 public:
  Hdf5Object(hid_t id, herr_t (*close)(hid_t)) : id_(id), close_(close) {}
  ~Hdf5Object() {
    if (id_ >= 0) close_(id_);
  }
  Hdf5Object(const Hdf5Object&) = delete;
  Hdf5Object& operator=(const Hdf5Object&) = delete;

  hid_t id() const { return id_; }
  bool is_open() const { return id_ >= 0; }

 private:
  hid_t id_;
  herr_t (*close_)(hid_t);
};

}  // namespace caffesharp

#endif  // CAFFESHARP_SRC_DATA_HDF5_HDF5_OBJECT_H_
