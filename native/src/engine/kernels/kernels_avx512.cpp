// Compiled for AVX-512 (F, VL, DQ, BW) and FMA: narrower vectors have its 32 registers too.
#include "engine/kernels/instruction_set.h"
#include "engine/kernels/kernel_templates.h"

namespace caffesharp {
namespace engine {

const KernelTable kAvx512Kernels[] = {MakeTable<16>(), MakeTable<8>(), MakeTable<4>(), {}};

}  // namespace engine
}  // namespace caffesharp
