#include "data/hdf5/hdf5_links.h"

#include <sstream>

namespace caffesharp {
namespace {

// HDF5 follows as many soft links on one path before it gives up.
constexpr int kMostSoftLinks = 16;
// HDF5 goes through all that come before for each of them.
constexpr int kMostNames = 64;

bool Stays(hid_t place, const std::string& path, int* soft_links) {
  std::istringstream names(path);
  std::string name;
  std::string seen(path.compare(0, 1, "/") == 0 ? "/" : "");
  int count = 0;
  while (std::getline(names, name, '/')) {
    if (name.empty() || name == ".") continue;
    if (++count > kMostNames) return false;
    const std::string link = seen + name;
    H5L_info_t info;
    if (H5Lget_info(place, link.c_str(), &info, H5P_DEFAULT) < 0) return true;
    if (info.type == H5L_TYPE_SOFT) {
      if (--*soft_links < 0) return true;
      std::string target(info.u.val_size, '\0');
      if (H5Lget_val(place, link.c_str(), &target[0], target.size(), H5P_DEFAULT) < 0) return true;
      target.resize(target.find('\0') == std::string::npos ? target.size() : target.find('\0'));
      if (!Stays(place, target.compare(0, 1, "/") == 0 ? target : seen + target, soft_links)) return false;
    } else if (info.type != H5L_TYPE_HARD) {
      return false;
    }
    seen = link + "/";
  }
  return true;
}

// Longer than the name of any link that HDF5 keeps in a group itself, so that it looks at all of them.
constexpr std::size_t kLongerThanAnyName = 70000;

}  // namespace

bool StaysInHdf5File(hid_t place, const std::string& path) {
  int soft_links = kMostSoftLinks;
  return Stays(place, path, &soft_links);
}

bool HasReadableLinks(hid_t group) {
  return H5Lexists(group, std::string(kLongerThanAnyName, 'x').c_str(), H5P_DEFAULT) >= 0;
}

}  // namespace caffesharp
