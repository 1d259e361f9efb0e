// Counts and limits the host memory of Caffe's blobs and of the accelerated engine's working memory.
#ifndef CAFFESHARP_SRC_CORE_MEMORY_H_
#define CAFFESHARP_SRC_CORE_MEMORY_H_

#include <cstddef>
#include <cstdint>
#include <vector>

namespace caffesharp {

// The most bytes that may be allocated: the limit that was set, or else the memory of the machine or its control group.
std::int64_t MemoryLimit();

// 0 for the default.
void SetMemoryLimit(std::int64_t bytes);

// The bytes in use.
std::int64_t MemoryUsed();

// Allocates counted memory with malloc's alignment, or with this alignment if it is larger. The Error that it throws
// names who.
void* TakeMemory(std::size_t bytes, std::size_t alignment, const char* who);
void GiveMemoryBack(void* memory) noexcept;

// An allocator for containers in the accelerated engine's working memory. Memory is aligned to cache lines.
template <typename Value>
struct WorkingMemory {
  using value_type = Value;

  WorkingMemory() = default;
  template <typename Other>
  // Not explicit, because containers convert it.
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
