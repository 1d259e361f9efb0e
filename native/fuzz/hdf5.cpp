// HDF5 files, as weights of a net, as what an HDF5Data layer reads, and as arrays.
#include <algorithm>
#include <array>
#include <cstring>
#include <vector>

#include "harness.h"
#include "small_nets.h"

// HDF5 itself leaves memory behind where a file is damaged.
extern "C" const char* __lsan_default_suppressions() { return "leak:libhdf5"; }

namespace {

// What is read of an array that claims to have so many values would say nothing more.
constexpr std::int64_t kMostValues = 100000;

void ReadArrays(const char* path) {
  using namespace caffesharp::fuzz;
  caffe_hdf5* file = nullptr;
  if (!Succeeded(caffe_hdf5_open(path, &file))) return;
  std::int32_t count = 0;
  Must(caffe_hdf5_count(file, &count));
  for (std::int32_t i = 0; i < count; ++i) {
    std::array<std::int32_t, 32> shape = {};
    std::int32_t axes = 0;
    if (!Succeeded(caffe_hdf5_shape(file, i, shape.data(), static_cast<std::int32_t>(shape.size()), &axes))) continue;
    std::int64_t values = 1;
    std::for_each(shape.begin(), shape.begin() + axes, [&](std::int32_t dimension) { values *= dimension; });
    if (values > kMostValues) continue;
    std::vector<float> read(static_cast<std::size_t>(values));
    Succeeded(caffe_hdf5_read(file, i, read.data(), values));
  }
  Must(caffe_hdf5_destroy(file));
}

}  // namespace

void caffesharp::fuzz::TryInput(const std::uint8_t* bytes, std::size_t length) {
  static const char kList[] = "file.h5\n";
  caffe_net* net = nullptr;
  std::int32_t copied = 0;
  WriteFile("file.h5", bytes, length);
  WriteFile("list.txt", reinterpret_cast<const std::uint8_t*>(kList), sizeof(kList) - 1);
  Must(
      caffe_net_create_from_text(kSmallNet, static_cast<std::int64_t>(std::strlen(kSmallNet)), nullptr, nullptr, &net));
  Succeeded(caffe_net_copy_from_file(net, "file.h5", &copied));
  RunAndDestroy(net, false);
  net = nullptr;
  if (Succeeded(caffe_net_create_from_text(kHdf5DataNet, static_cast<std::int64_t>(std::strlen(kHdf5DataNet)), nullptr,
                                           nullptr, &net))) {
    RunAndDestroy(net, false);
  }
  ReadArrays("file.h5");
}
