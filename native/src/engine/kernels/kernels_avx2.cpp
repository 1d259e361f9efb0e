// Compiled for AVX2 and FMA.
#include "engine/kernels/instruction_set.h"
#include "engine/kernels/kernel_templates.h"

namespace caffesharp {
namespace engine {

const KernelTable kAvx2Kernels[] = {MakeTable<8>(), MakeTable<4>(), {}};

}  // namespace engine
}  // namespace caffesharp
