#include "core/memory.h"

#include <malloc.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdlib>
#include <fstream>
#include <limits>
#include <string>

#include "core/error.h"
#include "core/text.h"

namespace caffesharp {
namespace {

std::atomic<std::int64_t> memory_used{0};
// 0 for the default.
std::atomic<std::int64_t> chosen_limit{0};

std::int64_t ReadNumber(const std::string& path) {
  std::ifstream file(path);
  std::int64_t number = 0;
  return file >> number ? number : std::numeric_limits<std::int64_t>::max();
}

// The lowest limit of the control groups (version 1 or 2) of this process; the largest integer if they set none.
std::int64_t ControlGroupLimit() {
  std::int64_t limit =
      std::min(ReadNumber("/sys/fs/cgroup/memory.max"), ReadNumber("/sys/fs/cgroup/memory/memory.limit_in_bytes"));
  std::ifstream groups("/proc/self/cgroup");
  for (std::string line; std::getline(groups, line);) {
    // "0::/path" is version 2; "4:memory:/path" is version 1.
    const std::size_t colon = line.rfind(':');
    if (colon == std::string::npos) continue;
    const std::string path = line.substr(colon + 1);
    limit = std::min({limit, ReadNumber("/sys/fs/cgroup" + path + "/memory.max"),
                      ReadNumber("/sys/fs/cgroup/memory" + path + "/memory.limit_in_bytes")});
  }
  return limit;
}

std::int64_t MachineLimit() {
  const std::int64_t physical = std::int64_t{sysconf(_SC_PHYS_PAGES)} * sysconf(_SC_PAGESIZE);
  return std::min(physical, ControlGroupLimit());
}

}  // namespace

std::int64_t MemoryLimit() {
  static const std::int64_t machine_limit = MachineLimit();
  const std::int64_t chosen = chosen_limit.load(std::memory_order_relaxed);
  return chosen > 0 ? chosen : machine_limit;
}

void SetMemoryLimit(std::int64_t bytes) { chosen_limit.store(bytes, std::memory_order_relaxed); }

std::int64_t MemoryUsed() { return memory_used.load(std::memory_order_relaxed); }

void* TakeMemory(std::size_t bytes, std::size_t alignment, const char* who) {
  const std::int64_t used = memory_used.load(std::memory_order_relaxed);
  const std::int64_t limit = MemoryLimit();
  if (bytes > static_cast<std::uint64_t>(std::max<std::int64_t>(limit - used, 0))) {
    throw Error(CAFFE_ERROR_OUT_OF_MEMORY, std::string(who) + " requires " +
                                               FormatBytes(static_cast<std::int64_t>(bytes)) + " of memory; " +
                                               FormatBytes(used) + " of at most " + FormatBytes(limit) + " are in use");
  }
  void* memory = nullptr;
  if (posix_memalign(&memory, std::max(alignment, alignof(std::max_align_t)), bytes) != 0) {
    throw Error(CAFFE_ERROR_OUT_OF_MEMORY, "memory ran out: " + std::string(who) + " requires " +
                                               FormatBytes(static_cast<std::int64_t>(bytes)) + ", " +
                                               FormatBytes(used) + " are in use");
  }
  memory_used += static_cast<std::int64_t>(malloc_usable_size(memory));
  return memory;
}

void GiveMemoryBack(void* memory) noexcept {
  if (memory == nullptr) return;
  memory_used -= static_cast<std::int64_t>(malloc_usable_size(memory));
  std::free(memory);
}

}  // namespace caffesharp

namespace caffe {

void* malloc(std::size_t size) {
  // Caffe would take a null pointer for an empty blob as a failure.
  return caffesharp::TakeMemory(std::max<std::size_t>(size, 1), 1, "a blob");
}

void free(void* memory) noexcept { caffesharp::GiveMemoryBack(memory); }

}  // namespace caffe
