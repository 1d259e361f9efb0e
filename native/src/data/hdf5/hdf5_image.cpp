#include "data/hdf5/hdf5_image.h"

#include <cstddef>

#include "core/error.h"
#include "data/hdf5/hdf5_session.h"

namespace caffesharp {
namespace {

// The memory grows by so many bytes.
constexpr std::size_t kGrowth = std::size_t{1} << 20;

Error Refuse(caffe_status status, const std::string& message) {
  const std::string reason = Hdf5Session::InnermostError();
  return Error(status, message + (reason.empty() ? "" : " (HDF5: " + reason + ")"));
}

hid_t CreateInMemory() {
  const Hdf5Object access(H5Pcreate(H5P_FILE_ACCESS), &H5Pclose);
  constexpr hbool_t kNeverOnDisk = 0;
  if (H5Pset_fapl_core(access.id(), kGrowth, kNeverOnDisk) < 0) return H5I_INVALID_HID;
  return H5Fcreate("caffesharp-in-memory.h5", H5F_ACC_TRUNC, H5P_DEFAULT, access.id());
}

}  // namespace

Hdf5Image::Hdf5Image() : file_(CreateInMemory(), &H5Fclose) {
  if (!file_.is_open()) throw Refuse(CAFFE_ERROR_INTERNAL, "no HDF5 file can be made in memory");
}

void Hdf5Image::Add(const std::string& name, const float* values, const std::vector<std::int32_t>& shape) {
  const std::vector<hsize_t> dimensions(shape.begin(), shape.end());
  const Hdf5Object space(shape.empty()
                             ? H5Screate(H5S_SCALAR)
                             : H5Screate_simple(static_cast<int>(dimensions.size()), dimensions.data(), nullptr),
                         &H5Sclose);
  const Hdf5Object links(H5Pcreate(H5P_LINK_CREATE), &H5Pclose);
  H5Pset_create_intermediate_group(links.id(), 1);
  H5Pset_char_encoding(links.id(), H5T_CSET_UTF8);
  const Hdf5Object dataset(
      H5Dcreate2(file_.id(), name.c_str(), H5T_IEEE_F32LE, space.id(), links.id(), H5P_DEFAULT, H5P_DEFAULT),
      &H5Dclose);
  if (!dataset.is_open()) throw Refuse(CAFFE_ERROR_ARGUMENT, "the array '" + name + "' cannot be added");
  bool has_values = true;
  for (const std::int32_t dimension : shape) has_values = has_values && dimension > 0;
  if (has_values && H5Dwrite(dataset.id(), H5T_NATIVE_FLOAT, H5S_ALL, H5S_ALL, H5P_DEFAULT, values) < 0) {
    throw Refuse(CAFFE_ERROR_OUT_OF_MEMORY, "the values of the array '" + name + "' cannot be added");
  }
}

std::vector<char> Hdf5Image::Bytes() const {
  if (H5Fflush(file_.id(), H5F_SCOPE_LOCAL) < 0) throw Refuse(CAFFE_ERROR_INTERNAL, "the HDF5 file is not complete");
  const ssize_t length = H5Fget_file_image(file_.id(), nullptr, 0);
  if (length < 0) throw Refuse(CAFFE_ERROR_INTERNAL, "the HDF5 file has no bytes");
  std::vector<char> bytes(static_cast<std::size_t>(length));
  if (H5Fget_file_image(file_.id(), bytes.data(), bytes.size()) != length) {
    throw Refuse(CAFFE_ERROR_INTERNAL, "the bytes of the HDF5 file cannot be read");
  }
  return bytes;
}

}  // namespace caffesharp
