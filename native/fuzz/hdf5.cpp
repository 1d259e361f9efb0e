// HDF5 files, as weights of a net and as what an HDF5Data layer reads.
#include <cstring>

#include "harness.h"
#include "small_nets.h"

// HDF5 itself leaves memory behind where a file is damaged.
extern "C" const char* __lsan_default_suppressions() { return "leak:libhdf5"; }

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
}
