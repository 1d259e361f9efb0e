// Which kernels this processor can run.
#ifndef CAFFESHARP_SRC_ENGINE_KERNELS_INSTRUCTION_SET_H_
#define CAFFESHARP_SRC_ENGINE_KERNELS_INSTRUCTION_SET_H_

#include "caffesharp/engine.h"
#include "engine/kernels/kernels.h"

namespace caffesharp {
namespace engine {

// Tables for falling numbers of lanes, then one without.
extern const KernelTable kBaselineKernels[];
extern const KernelTable kAvx2Kernels[];
extern const KernelTable kAvx512Kernels[];

// The best that the processor and this build have.
caffe_instruction_set BestInstructionSet();

// Its tables, or those of the best below it that the processor and this build have.
const KernelTable* KernelsOf(caffe_instruction_set set);

}  // namespace engine
}  // namespace caffesharp

#endif  // CAFFESHARP_SRC_ENGINE_KERNELS_INSTRUCTION_SET_H_
