// A count by which a holder of a blob's pointer and shape knows, without a call, that both still hold.
#ifndef CAFFESHARP_SRC_CORE_BLOB_VERSION_H_
#define CAFFESHARP_SRC_CORE_BLOB_VERSION_H_

#include <atomic>
#include <cstdint>

namespace caffesharp {

// One for the process, on a separate cache line.
struct alignas(64) BlobVersion {
  std::atomic<std::int64_t> value{0};
};

inline BlobVersion blob_version;

static_assert(sizeof(std::atomic<std::int64_t>) == sizeof(std::int64_t) &&
                  std::atomic<std::int64_t>::is_always_lock_free,
              "the C interface hands out the address as that of a plain number");

// To be called before and after whatever may reshape a blob, move its memory, compute its values on a GPU or read what
// was written through a mutable pointer: a call of a net, and within it before each callback.
inline void RaiseBlobVersion() { blob_version.value.fetch_add(1); }

}  // namespace caffesharp

#endif  // CAFFESHARP_SRC_CORE_BLOB_VERSION_H_
