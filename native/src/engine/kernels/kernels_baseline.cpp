// Compiled for what every processor of its kind has: SSE2 on x86-64.
#include "engine/kernels/instruction_set.h"
#include "engine/kernels/kernel_templates.h"

namespace caffesharp {
namespace engine {

const KernelTable kBaselineKernels[] = {MakeTable<4>(), {}};

}  // namespace engine
}  // namespace caffesharp
