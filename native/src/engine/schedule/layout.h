// Sizes of memory and costs of rows that plans are made with.
#ifndef CAFFESHARP_SRC_ENGINE_SCHEDULE_LAYOUT_H_
#define CAFFESHARP_SRC_ENGINE_SCHEDULE_LAYOUT_H_

#include <cstddef>

#include "engine/kernel_set.h"

namespace caffesharp {
namespace engine {

// A cache line, in floats.
constexpr std::ptrdiff_t kLine = 64 / sizeof(float);
// Vectors may be loaded from beyond the last value, and are ignored.
constexpr std::ptrdiff_t kSlack = 16 * kMostLanes;

constexpr std::ptrdiff_t RoundUp(std::ptrdiff_t value, std::ptrdiff_t unit) { return (value + unit - 1) / unit * unit; }

constexpr int DivideUp(int value, int unit) { return (value + unit - 1) / unit; }

// Of a vector, in those of 16 lanes: half as many lanes take somewhat more than half as long, fewer no less.
constexpr double VectorCost(int lanes) { return lanes == kMostLanes ? 1 : 0.56; }

// Of a row whose pixels are the lanes.
constexpr double RowCost(int width, int lanes) { return DivideUp(width, lanes) * VectorCost(lanes); }

// The lanes that a row of the width takes least time with.
inline int LanesForWidth(const KernelSet& kernels, int width) {
  int best = kernels.most_lanes();
  for (int lanes = best; lanes >= kFewestLanes; lanes /= 2) {
    if (RowCost(width, lanes) < RowCost(width, best)) best = lanes;
  }
  return best;
}

}  // namespace engine
}  // namespace caffesharp

#endif  // CAFFESHARP_SRC_ENGINE_SCHEDULE_LAYOUT_H_
