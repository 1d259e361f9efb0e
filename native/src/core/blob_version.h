// A counter that shows, without a call, whether a blob's pointer and shape are still valid.
#ifndef CAFFESHARP_SRC_CORE_BLOB_VERSION_H_
#define CAFFESHARP_SRC_CORE_BLOB_VERSION_H_

#include <atomic>
#include <cstdint>

namespace caffesharp {

// One counter for the process, on a separate cache line.
struct alignas(64) BlobVersion {
  std::atomic<std::int64_t> value{0};
};

inline BlobVersion blob_version;

static_assert(sizeof(std::atomic<std::int64_t>) == sizeof(std::int64_t) &&
                  std::atomic<std::int64_t>::is_always_lock_free,
              "the C interface returns the address as that of a plain integer");

// Call it before and after everything that may reshape a blob, move its memory, compute its values on a GPU or read
// values that were written through a mutable pointer: around each call of a net, and in it before each callback.
inline void RaiseBlobVersion() { blob_version.value.fetch_add(1); }

}  // namespace caffesharp

#endif  // CAFFESHARP_SRC_CORE_BLOB_VERSION_H_
