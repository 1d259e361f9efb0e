// Which kernels this processor can run.
#ifndef CAFFESHARP_SRC_ENGINE_KERNEL_SET_H_
#define CAFFESHARP_SRC_ENGINE_KERNEL_SET_H_

#include "caffesharp/engine.h"

namespace caffesharp {
namespace engine {

// The best that the processor and this build have.
caffe_instruction_set BestInstructionSet();

// The fewest lanes of a vector, and the most of any instruction set.
constexpr int kFewestLanes = 4;
constexpr int kMostLanes = 16;

// The kernels of an instruction set: those of each family, by the lanes of their vectors. A lane is a pixel of a row,
// or the same pixel of several images: kernels see vectors at addresses and do not know which.
class KernelSet {
 public:
  // Of the set, or of the best below it that the processor and this build have.
  explicit KernelSet(caffe_instruction_set set);

  // The most lanes. Half of them are a vector too, and so on down to kFewestLanes.
  int most_lanes() const;
  // Those of so many lanes. Family<set>::ByLanes() gives the kernels of each number of lanes, the most first; it is
  // compiled with the set's instructions in a file of kernels/.
  template <template <int> class Family>
  const auto& Of(int lanes) const {
    const auto* kernels = ByLanes<Family>();
    for (int more = most_lanes(); more > lanes; more /= 2) ++kernels;
    return *kernels;
  }

 private:
  template <template <int> class Family>
  auto ByLanes() const {
    switch (set_) {
#ifdef CAFFESHARP_X86_KERNELS
      case CAFFE_INSTRUCTIONS_AVX512:
        return Family<CAFFE_INSTRUCTIONS_AVX512>::ByLanes();
      case CAFFE_INSTRUCTIONS_AVX2:
        return Family<CAFFE_INSTRUCTIONS_AVX2>::ByLanes();
#endif
      default:
        return Family<CAFFE_INSTRUCTIONS_BASELINE>::ByLanes();
    }
  }

  caffe_instruction_set set_;
};

}  // namespace engine
}  // namespace caffesharp

#endif  // CAFFESHARP_SRC_ENGINE_KERNEL_SET_H_
