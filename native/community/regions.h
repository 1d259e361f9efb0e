// Regions of images, as the layers of region-based detectors take them: rows of image index, x1, y1, x2, y2 in pixels.
#ifndef CAFFESHARP_COMMUNITY_REGIONS_H_
#define CAFFESHARP_COMMUNITY_REGIONS_H_

#include <algorithm>
#include <limits>

#include "community/community_layer.h"

namespace caffesharp {
namespace community {

// Cells from begin to end, without the latter.
struct Interval {
  int begin;
  int end;
  bool IsEmpty() const { return end <= begin; }
  int length() const { return end - begin; }
};

// A whole number; the nearest int for numbers that no int holds, 0 for NaN.
inline int ToInt(float value) {
  constexpr float kMost = 1 << 30;
  return value != value ? 0 : static_cast<int>(std::min(std::max(value, -kMost), kMost));
}

inline Interval Clipped(float begin, float end, int length) {
  return {std::min(std::max(ToInt(begin), 0), length), std::min(std::max(ToInt(end), 0), length)};
}

inline void CheckRegions(const Blob& features, const Blob& regions) {
  CHECK_EQ(features.num_axes(), 4) << "the features must have the axes image, channel, row, column";
  CHECK_GE(regions.num_axes(), 2) << "the regions must have the axes region, value";
  CHECK_EQ(regions.count(1), 5) << "a region has five values: image index, x1, y1, x2, y2";
}

// The image that a region belongs to.
inline int ImageOf(const float* region, int images) {
  CHECK(region[0] >= 0 && region[0] < static_cast<float>(images))
      << "a region names image " << region[0] << "; the batch has " << images << " images, counted from 0";
  return static_cast<int>(region[0]);
}

}  // namespace community
}  // namespace caffesharp

#endif  // CAFFESHARP_COMMUNITY_REGIONS_H_
