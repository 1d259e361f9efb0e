#include "caffesharp/hdf5.h"

#include <algorithm>
#include <memory>
#include <vector>

#include "core/error.h"
#include "data/hdf5/hdf5_arrays.h"
#include "data/hdf5/hdf5_session.h"

struct caffe_hdf5 {
  explicit caffe_hdf5(const char* path) : arrays(path) {}

  caffesharp::Hdf5Arrays arrays;
};

using caffesharp::Guard;
using caffesharp::Hdf5Session;
using caffesharp::RequireIndex;
using caffesharp::RequireNotNull;

namespace {

caffesharp::Hdf5Arrays& Arrays(caffe_hdf5* file, int32_t index) {
  RequireNotNull(file, "file");
  RequireIndex(index, file->arrays.count(), "array");
  return file->arrays;
}

}  // namespace

caffe_status caffe_hdf5_open(const char* path, caffe_hdf5** file) {
  return Guard([&] {
    RequireNotNull(path, "path");
    RequireNotNull(file, "file");
    const Hdf5Session session;
    *file = std::make_unique<caffe_hdf5>(path).release();
  });
}

caffe_status caffe_hdf5_destroy(caffe_hdf5* file) {
  return Guard([&] {
    const Hdf5Session session;
    delete file;
  });
}

caffe_status caffe_hdf5_count(caffe_hdf5* file, int32_t* count) {
  return Guard([&] {
    RequireNotNull(file, "file");
    RequireNotNull(count, "count");
    *count = file->arrays.count();
  });
}

caffe_status caffe_hdf5_name(caffe_hdf5* file, int32_t index, const char** name) {
  return Guard([&] {
    RequireNotNull(name, "name");
    *name = Arrays(file, index).name(index).c_str();
  });
}

caffe_status caffe_hdf5_shape(caffe_hdf5* file, int32_t index, int32_t* shape, int32_t capacity, int32_t* axes) {
  return Guard([&] {
    RequireNotNull(axes, "axes");
    if (capacity > 0) RequireNotNull(shape, "shape");
    const Hdf5Session session;
    const std::vector<std::int32_t> all = Arrays(file, index).Shape(index);
    std::copy_n(all.begin(), std::min(static_cast<std::size_t>(std::max(capacity, 0)), all.size()), shape);
    *axes = static_cast<std::int32_t>(all.size());
  });
}

caffe_status caffe_hdf5_read(caffe_hdf5* file, int32_t index, float* values, int64_t count) {
  return Guard([&] {
    if (count > 0) RequireNotNull(values, "values");
    const Hdf5Session session;
    Arrays(file, index).Read(index, values, count);
  });
}
