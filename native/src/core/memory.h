// The host memory that Caffe's blobs and the accelerated engine's working memory hold: counted, and limited.
#ifndef CAFFESHARP_SRC_CORE_MEMORY_H_
#define CAFFESHARP_SRC_CORE_MEMORY_H_

#include <cstddef>
#include <cstdint>
#include <vector>

namespace caffesharp {

// Bytes that may be held: what was set, else the machine's memory or its control group's.
std::int64_t MemoryLimit();

// 0 for the default.
void SetMemoryLimit(std::int64_t bytes);

// Bytes that are held.
std::int64_t MemoryUsed();

// Counted memory, aligned as malloc aligns or, if that is more, to so many bytes. Throws an Error that says who wants
// it.
void* TakeMemory(std::size_t bytes, std::size_t alignment, const char* who);
void GiveMemoryBack(void* memory) noexcept;

// For a container whose memory is the accelerated engine's working memory; from the beginning of a cache line on.
template <typename Value>
struct WorkingMemory {
  using value_type = Value;

  WorkingMemory() = default;
  template <typename Other>
  // Not explicit: containers convert it.
  WorkingMemory(const WorkingMemory<Other>& /*other*/) {}

  Value* allocate(std::size_t count) {
    static constexpr std::size_t kLineBytes = 64;
    return static_cast<Value*>(TakeMemory(count * sizeof(Value), kLineBytes, "the accelerated engine"));
  }
  void deallocate(Value* values, std::size_t /*count*/) noexcept { GiveMemoryBack(values); }
};

template <typename One, typename Other>
bool operator==(const WorkingMemory<One>& /*one*/, const WorkingMemory<Other>& /*other*/) {
  return true;
}
template <typename One, typename Other>
bool operator!=(const WorkingMemory<One>& /*one*/, const WorkingMemory<Other>& /*other*/) {
  return false;
}

using WorkingFloats = std::vector<float, WorkingMemory<float>>;

}  // namespace caffesharp

#endif  // CAFFESHARP_SRC_CORE_MEMORY_H_
