#include "engine/kernels/instruction_set.h"

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

const KernelTable* KernelsOf(caffe_instruction_set set) {
  switch (std::min(set, BestInstructionSet())) {
#ifdef CAFFESHARP_X86_KERNELS
    case CAFFE_INSTRUCTIONS_AVX512:
      return kAvx512Kernels;
    case CAFFE_INSTRUCTIONS_AVX2:
      return kAvx2Kernels;
#endif
    default:
      return kBaselineKernels;
  }
}

}  // namespace engine
}  // namespace caffesharp
