// Boxes in shares of the image's sides, as SSD's layers take them, and the three ways of predicting them as offsets
// from prior boxes.
#ifndef CAFFESHARP_COMMUNITY_NORMALIZED_BOXES_H_
#define CAFFESHARP_COMMUNITY_NORMALIZED_BOXES_H_

#include <array>
#include <vector>

#include "community/community_layer.h"

namespace caffesharp {
namespace community {

struct Box {
  float left = 0;
  float top = 0;
  float right = 0;
  float bottom = 0;
  float Width() const { return right - left; }
  float Height() const { return bottom - top; }
  // 0 if an edge is beyond its opposite.
  float Area() const { return right < left || bottom < top ? 0 : Width() * Height(); }
};

struct Prior {
  Box box;
  // The factors of the four offsets.
  std::array<float, 4> variance;
};

// How offsets are coded.
struct BoxCoding {
  caffe::PriorBoxParameter::CodeType type;
  bool has_variance_in_target;
};

// The intersection of two boxes over their union.
float Overlap(const Box& a, const Box& b);

// The box at these four offsets from a prior box.
Box Decode(const BoxCoding& coding, const Prior& prior, const float* offsets);

// The offsets of a box from a prior box.
std::array<float, 4> Encode(const BoxCoding& coding, const Prior& prior, const Box& box);

// The boxes and variances of a PriorBox layer's top.
std::vector<Prior> PriorsOf(const Blob& priors);

// Fails a CHECK if the blob is not the top of PriorBox layers.
void CheckPriors(const Blob& priors);

}  // namespace community
}  // namespace caffesharp

#endif  // CAFFESHARP_COMMUNITY_NORMALIZED_BOXES_H_
