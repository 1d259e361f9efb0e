#include "data/hdf5/hdf5_session.h"

#include <algorithm>
#include <exception>

namespace caffesharp {
namespace {

std::recursive_mutex hdf5_mutex;

std::vector<hid_t> OpenObjects() {
  const ssize_t count = H5Fget_obj_count(H5F_OBJ_ALL, H5F_OBJ_ALL);
  std::vector<hid_t> ids(count > 0 ? static_cast<std::size_t>(count) : 0);
  if (!ids.empty()) H5Fget_obj_ids(H5F_OBJ_ALL, H5F_OBJ_ALL, ids.size(), ids.data());
  return ids;
}

void CloseObject(hid_t id) {
  switch (H5Iget_type(id)) {
    case H5I_FILE:
      H5Fclose(id);
      break;
    case H5I_GROUP:
      H5Gclose(id);
      break;
    case H5I_DATASET:
      H5Dclose(id);
      break;
    case H5I_DATATYPE:
      H5Tclose(id);
      break;
    case H5I_ATTR:
      H5Aclose(id);
      break;
    default:
      break;
  }
}

herr_t KeepFirst(unsigned, const H5E_error2_t* error, void* text) {
  std::string& kept = *static_cast<std::string*>(text);
  if (kept.empty() && error->desc != nullptr) kept = error->desc;
  return 0;
}

}  // namespace

Hdf5Session::Hdf5Session() : lock_(hdf5_mutex), exceptions_before_(std::uncaught_exceptions()) {
  // Its cleaning up at the end of the process crashes on a file that could not be written out, on a full disk.
  static const herr_t no_cleaning_up = H5dont_atexit();
  static_cast<void>(no_cleaning_up);
  // It reads the text of a link to another file beyond its end where it is damaged, even to say what link it is. Such
  // links are not followed; this tells HDF5 that it knows none.
  static const herr_t no_other_files = H5Lunregister(H5L_TYPE_EXTERNAL);
  static_cast<void>(no_other_files);
  H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
  open_before_ = OpenObjects();
}

Hdf5Session::~Hdf5Session() {
  if (std::uncaught_exceptions() <= exceptions_before_) return;
  std::vector<hid_t> open = OpenObjects();
  // Files last: what is in them cannot be closed after them.
  std::stable_partition(open.begin(), open.end(), [](hid_t id) { return H5Iget_type(id) != H5I_FILE; });
  for (const hid_t id : open) {
    if (std::find(open_before_.begin(), open_before_.end(), id) == open_before_.end()) CloseObject(id);
  }
}

std::string Hdf5Session::InnermostError() {
  std::string text;
  H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, &KeepFirst, &text);
  return text;
}

}  // namespace caffesharp
