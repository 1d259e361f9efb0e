// The memory of a net's blobs that callers hold a pointer to write through: it may be written at any time.
#ifndef CAFFESHARP_SRC_NET_WRITABLE_MEMORY_H_
#define CAFFESHARP_SRC_NET_WRITABLE_MEMORY_H_

#include <algorithm>
#include <boost/shared_ptr.hpp>
#include <boost/weak_ptr.hpp>
#include <caffe/syncedmem.hpp>
#include <mutex>
#include <vector>

namespace caffesharp {

// Safe from several threads at once.
class WritableMemory {
 public:
  using Memory = boost::shared_ptr<caffe::SyncedMemory>;

  void Add(const Memory& memory) {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (!ContainsIt(memory)) memories_.emplace_back(memory);
  }
  bool Contains(const Memory& memory) const {
    const std::lock_guard<std::mutex> lock(mutex_);
    return ContainsIt(memory);
  }
  // Forgets memory that no longer exists, and the memory.
  void Remove(const Memory& memory) {
    const std::lock_guard<std::mutex> lock(mutex_);
    memories_.erase(std::remove_if(memories_.begin(), memories_.end(),
                                   [&](const auto& known) { return known.expired() || known.lock() == memory; }),
                    memories_.end());
  }

 private:
  bool ContainsIt(const Memory& memory) const {
    return std::any_of(memories_.begin(), memories_.end(), [&](const auto& known) { return known.lock() == memory; });
  }

  mutable std::mutex mutex_;
  std::vector<boost::weak_ptr<caffe::SyncedMemory>> memories_;
};

}  // namespace caffesharp

#endif  // CAFFESHARP_SRC_NET_WRITABLE_MEMORY_H_
