// The host memory that Caffe's blobs hold: counted, and limited.
#ifndef CAFFESHARP_SRC_MEMORY_H_
#define CAFFESHARP_SRC_MEMORY_H_

#include <cstdint>

namespace caffesharp {

// Bytes that blobs may hold: what was set, else the machine's memory or its control group's.
std::int64_t MemoryLimit();

}  // namespace caffesharp

#endif  // CAFFESHARP_SRC_MEMORY_H_
