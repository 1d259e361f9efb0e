#include "caffesharp/hdf5.h"

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "core/error.h"
#include "data/hdf5/hdf5_arrays.h"
#include "data/hdf5/hdf5_image.h"
#include "data/hdf5/hdf5_session.h"

struct caffe_hdf5 {
  explicit caffe_hdf5(const char* path) : arrays(path) {}

  caffesharp::Hdf5Arrays arrays;
};

struct caffe_hdf5_image {
  caffesharp::Hdf5Image value;
  // The result of the last call.
  std::vector<char> bytes;
};

using caffesharp::Error;
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

caffe_status caffe_hdf5_image_create(caffe_hdf5_image** image) {
  return Guard([&] {
    RequireNotNull(image, "image");
    const Hdf5Session session;
    *image = std::make_unique<caffe_hdf5_image>().release();
  });
}

caffe_status caffe_hdf5_image_destroy(caffe_hdf5_image* image) {
  return Guard([&] {
    const Hdf5Session session;
    delete image;
  });
}

caffe_status caffe_hdf5_image_add(caffe_hdf5_image* image, const char* name, const float* values, int64_t count,
                                  const int32_t* shape, int32_t axes) {
  return Guard([&] {
    RequireNotNull(image, "image");
    RequireNotNull(name, "name");
    if (count > 0) RequireNotNull(values, "values");
    if (axes > 0) RequireNotNull(shape, "shape");
    const std::vector<std::int32_t> dimensions(shape, shape + std::max(axes, 0));
    std::int64_t expected = 1;
    for (const std::int32_t dimension : dimensions) {
      if (dimension < 0)
        throw Error(CAFFE_ERROR_ARGUMENT, "every dimension must be at least 0 (got " + std::to_string(dimension) + ")");
      // Stop multiplying once the product exceeds count: it can only grow, and must not overflow.
      expected = expected > count && dimension > 0 ? count + 1 : expected * dimension;
    }
    if (count != expected) {
      throw Error(CAFFE_ERROR_ARGUMENT, "the shape does not match count " + std::to_string(count));
    }
    const Hdf5Session session;
    image->value.Add(name, values, dimensions);
  });
}

caffe_status caffe_hdf5_image_bytes(caffe_hdf5_image* image, const void** bytes, int64_t* length) {
  return Guard([&] {
    RequireNotNull(image, "image");
    RequireNotNull(bytes, "bytes");
    RequireNotNull(length, "length");
    const Hdf5Session session;
    image->bytes = image->value.Bytes();
    *bytes = image->bytes.data();
    *length = static_cast<int64_t>(image->bytes.size());
  });
}
