#include "hdf5_values.h"

#include "hdf5_object.h"

namespace caffesharp {

bool HasAllHdf5Values(hid_t dataset) {
  const Hdf5Object creation(H5Dget_create_plist(dataset), &H5Pclose);
  const H5D_layout_t layout = H5Pget_layout(creation.id());
  if (layout != H5D_CONTIGUOUS && layout != H5D_COMPACT) return true;
  // Without a place of its own in the file it has its fill value, or another file has it.
  if (layout == H5D_CONTIGUOUS && H5Dget_offset(dataset) == HADDR_UNDEF) return true;
  const Hdf5Object type(H5Dget_type(dataset), &H5Tclose);
  const Hdf5Object space(H5Dget_space(dataset), &H5Sclose);
  const std::size_t size = H5Tget_size(type.id());
  const hssize_t count = H5Sget_simple_extent_npoints(space.id());
  return size > 0 && count >= 0 && H5Dget_storage_size(dataset) / size >= static_cast<hsize_t>(count);
}

}  // namespace caffesharp
