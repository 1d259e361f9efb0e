#include "engine/kernel_set.h"

#include <algorithm>

namespace caffesharp {
namespace engine {

caffe_instruction_set BestInstructionSet() {
#ifdef CAFFESHARP_X86_KERNELS
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq") &&
      __builtin_cpu_supports("avx512bw")) {
    return CAFFE_INSTRUCTIONS_AVX512;
  }
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return CAFFE_INSTRUCTIONS_AVX2;
#endif
  return CAFFE_INSTRUCTIONS_BASELINE;
}

KernelSet::KernelSet(caffe_instruction_set set) : set_(std::min(set, BestInstructionSet())) {}

int KernelSet::most_lanes() const { return kFewestLanes << set_; }

}  // namespace engine
}  // namespace caffesharp
