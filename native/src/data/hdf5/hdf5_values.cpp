#include "data/hdf5/hdf5_values.h"

#include <algorithm>
#include <limits>

#include "data/hdf5/hdf5_chunks.h"
#include "data/hdf5/hdf5_object.h"

namespace caffesharp {
namespace {

constexpr const char* kTooFew = "claims more values than the file holds of it";
// What deflate makes of one byte at the most, and a little.
constexpr hsize_t kMostOfOneByte = 1100;
// Chunks that were never written are read as the fill value: that much is taken for them without a byte in the file.
constexpr hsize_t kMostOfNothing = 64 << 20;

}  // namespace

std::string NameOfHdf5File(hid_t object) {
  std::string name(static_cast<std::size_t>(std::max<ssize_t>(H5Fget_name(object, nullptr, 0), 0)), '\0');
  H5Fget_name(object, &name[0], name.size() + 1);
  return name;
}

hsize_t SizeOfHdf5File(hid_t object) {
  const Hdf5Object file(H5Iget_file_id(object), &H5Fclose);
  hsize_t size = 0;
  return H5Fget_filesize(file.id(), &size) < 0 ? 0 : size;
}

std::string FaultOfHdf5Values(hid_t dataset) {
  const Hdf5Object creation(H5Dget_create_plist(dataset), &H5Pclose);
  const H5D_layout_t layout = H5Pget_layout(creation.id());
  if (layout == H5D_VIRTUAL || H5Pget_external_count(creation.id()) > 0) {
    return "has its values in other files, which are not read; copy them into this one";
  }
  const Hdf5Object type(H5Dget_type(dataset), &H5Tclose);
  const Hdf5Object space(H5Dget_space(dataset), &H5Sclose);
  const hsize_t size = H5Tget_size(type.id());
  const hssize_t count = H5Sget_simple_extent_npoints(space.id());
  if (size == 0 || count < 0 || static_cast<hsize_t>(count) > std::numeric_limits<hsize_t>::max() / size) {
    return kTooFew;
  }
  const hsize_t claimed = static_cast<hsize_t>(count) * size;
  const hsize_t stored = std::min<hsize_t>(H5Dget_storage_size(dataset), SizeOfHdf5File(dataset));
  const bool in_one_piece =
      layout == H5D_COMPACT || (layout == H5D_CONTIGUOUS && H5Dget_offset(dataset) != HADDR_UNDEF);
  if (in_one_piece) return claimed <= stored ? "" : kTooFew;
  return claimed <= kMostOfNothing || claimed / kMostOfOneByte <= stored ? FaultOfHdf5Chunks(dataset) : kTooFew;
}

}  // namespace caffesharp
