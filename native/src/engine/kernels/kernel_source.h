// What every file of kernels begins with: vectors, and how it hands over its kernels. Included by these files alone,
// each compiled once for each instruction set; nothing here may be shared between them, hence the unnamed namespace.
#ifndef CAFFESHARP_SRC_ENGINE_KERNELS_KERNEL_SOURCE_H_
#define CAFFESHARP_SRC_ENGINE_KERNELS_KERNEL_SOURCE_H_

#include "engine/kernels/simd.h"

namespace caffesharp {
namespace engine {

namespace {

// A caffe_instruction_set: the one that this file is compiled for.
constexpr int kInstructionSet = CAFFESHARP_INSTRUCTION_SET;

#ifdef __AVX512VL__
constexpr int kRegisters = 32;
#else
constexpr int kRegisters = 16;
#endif
// Registers left for sums, beside inputs and a weight.
constexpr int kSums = kRegisters == 32 ? 24 : 12;

// What Maker::Make makes for each number of lanes that the instruction set has, the widest first (see KernelSet).
template <typename Maker>
constexpr decltype(Maker::template Make<4>()) kByLanes[] = {
#if CAFFESHARP_INSTRUCTION_SET >= 2
    Maker::template Make<16>(),
#endif
#if CAFFESHARP_INSTRUCTION_SET >= 1
    Maker::template Make<8>(),
#endif
    Maker::template Make<4>()};

}  // namespace

}  // namespace engine
}  // namespace caffesharp

#endif  // CAFFESHARP_SRC_ENGINE_KERNELS_KERNEL_SOURCE_H_
