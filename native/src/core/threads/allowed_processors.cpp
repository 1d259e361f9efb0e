#include "core/threads/allowed_processors.h"

#include <sched.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <sstream>
#include <thread>
#include <vector>

namespace caffesharp {
namespace {

// The smaller of two quotas; 0 means no quota.
double Tighter(double one, double other) {
  if (one <= 0) return other;
  return other <= 0 ? one : std::min(one, other);
}

double Share(double quota, double period) { return quota > 0 && period > 0 ? quota / period : 0; }

// "50000 100000", or "max 100000".
double ReadVersion2(const std::string& group) {
  std::ifstream file(group + "/cpu.max");
  double quota = 0;
  double period = 0;
  return file >> quota >> period ? Share(quota, period) : 0;
}

// -1 means no quota.
double ReadVersion1(const std::string& group) {
  std::ifstream quota_file(group + "/cpu.cfs_quota_us");
  std::ifstream period_file(group + "/cpu.cfs_period_us");
  double quota = 0;
  double period = 0;
  return quota_file >> quota && period_file >> period ? Share(quota, period) : 0;
}

// The lowest quota of a group and its parents. In a container the mounted folder may be the group itself.
template <typename Read>
double TightestUpwards(const std::string& mount, std::string path, const Read& read) {
  double quota = read(mount);
  while (path.size() > 1) {
    quota = Tighter(quota, read(mount + path));
    path.resize(path.rfind('/'));
  }
  return quota;
}

bool Lists(const std::string& controllers, const std::string& controller) {
  std::istringstream words(controllers);
  for (std::string word; std::getline(words, word, ',');) {
    if (word == controller) return true;
  }
  return false;
}

}  // namespace

double ControlGroupQuota(const std::string& root) {
  const std::string mounts = root + "/sys/fs/cgroup";
  double quota = 0;
  std::ifstream groups(root + "/proc/self/cgroup");
  // "0::/path" is version 2; "4:cpu,cpuacct:/path" is version 1.
  for (std::string line; std::getline(groups, line);) {
    const std::size_t first = line.find(':');
    const std::size_t second = first == std::string::npos ? first : line.find(':', first + 1);
    if (second == std::string::npos) continue;
    const std::string controllers = line.substr(first + 1, second - first - 1);
    const std::string path = line.substr(second + 1);
    if (path.empty() || path.front() != '/') continue;
    if (controllers.empty()) {
      for (const char* place : {"", "/unified"}) {
        quota = Tighter(quota, TightestUpwards(mounts + place, path, ReadVersion2));
      }
    } else if (Lists(controllers, "cpu")) {
      for (const std::string& place : {std::string("/cpu"), "/" + controllers}) {
        quota = Tighter(quota, TightestUpwards(mounts + place, path, ReadVersion1));
      }
    }
  }
  return quota;
}

int AllowedProcessors() {
  cpu_set_t allowed;
  int processors = static_cast<int>(std::thread::hardware_concurrency());
  if (sched_getaffinity(0, sizeof(allowed), &allowed) == 0) processors = CPU_COUNT(&allowed);
  const double quota = ControlGroupQuota("");
  if (quota > 0 && quota < processors) processors = static_cast<int>(std::ceil(quota));
  return std::max(processors, 1);
}

}  // namespace caffesharp
