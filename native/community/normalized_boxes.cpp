// Needs prior_box.proto.
#include "community/normalized_boxes.h"

#include <algorithm>
#include <cmath>

namespace caffesharp {
namespace community {
namespace {

using Parameter = caffe::PriorBoxParameter;

void CheckSize(const Box& prior) {
  CHECK(prior.Width() > 0 && prior.Height() > 0)
      << "a prior box is " << prior.Width() << " wide and " << prior.Height() << " high; both must be above 0";
}

float CenterX(const Box& box) { return (box.left + box.right) / 2; }
float CenterY(const Box& box) { return (box.top + box.bottom) / 2; }

}  // namespace

float Overlap(const Box& a, const Box& b) {
  const float width = std::min(a.right, b.right) - std::max(a.left, b.left);
  const float height = std::min(a.bottom, b.bottom) - std::max(a.top, b.top);
  if (!(width > 0 && height > 0)) return 0;
  const float common = width * height;
  return common / (a.Area() + b.Area() - common);
}

Box Decode(const BoxCoding& coding, const Prior& prior, const float* offsets) {
  std::array<float, 4> offset;
  for (std::size_t i = 0; i < 4; ++i) {
    offset[i] = coding.has_variance_in_target ? offsets[i] : prior.variance[i] * offsets[i];
  }
  const Box& from = prior.box;
  if (coding.type == Parameter::CORNER) {
    return {from.left + offset[0], from.top + offset[1], from.right + offset[2], from.bottom + offset[3]};
  }
  CheckSize(from);
  const float width = from.Width(), height = from.Height();
  if (coding.type == Parameter::CORNER_SIZE) {
    return {from.left + offset[0] * width, from.top + offset[1] * height, from.right + offset[2] * width,
            from.bottom + offset[3] * height};
  }
  const float x = offset[0] * width + CenterX(from), y = offset[1] * height + CenterY(from);
  const float half_width = std::exp(offset[2]) * width / 2, half_height = std::exp(offset[3]) * height / 2;
  return {x - half_width, y - half_height, x + half_width, y + half_height};
}

std::array<float, 4> Encode(const BoxCoding& coding, const Prior& prior, const Box& box) {
  const Box& from = prior.box;
  std::array<float, 4> offset{box.left - from.left, box.top - from.top, box.right - from.right,
                              box.bottom - from.bottom};
  if (coding.type != Parameter::CORNER) {
    CheckSize(from);
    const float width = from.Width(), height = from.Height();
    if (coding.type == Parameter::CORNER_SIZE) {
      offset = {offset[0] / width, offset[1] / height, offset[2] / width, offset[3] / height};
    } else {
      CHECK(box.Width() > 0 && box.Height() > 0)
          << "a true box is " << box.Width() << " wide and " << box.Height() << " high; both must be above 0";
      offset = {(CenterX(box) - CenterX(from)) / width, (CenterY(box) - CenterY(from)) / height,
                std::log(box.Width() / width), std::log(box.Height() / height)};
    }
  }
  if (!coding.has_variance_in_target) {
    for (std::size_t i = 0; i < 4; ++i) {
      CHECK_GT(prior.variance[i], 0) << "a variance of the prior boxes must be above 0";
      offset[i] /= prior.variance[i];
    }
  }
  return offset;
}

std::vector<Prior> PriorsOf(const Blob& priors) {
  const int count = priors.shape(2) / 4;
  const float* const boxes = priors.cpu_data();
  const float* const variances = boxes + priors.shape(2);
  std::vector<Prior> result(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) {
    Prior& prior = result[static_cast<std::size_t>(i)];
    prior.box = {boxes[4 * i], boxes[4 * i + 1], boxes[4 * i + 2], boxes[4 * i + 3]};
    std::copy_n(variances + 4 * i, 4, prior.variance.begin());
  }
  return result;
}

void CheckPriors(const Blob& priors) {
  CHECK(priors.num_axes() >= 3 && priors.shape(0) == 1 && priors.shape(1) == 2 && priors.count(2) % 4 == 0)
      << "the prior boxes must be 1 x 2 x (4 numbers per box), as PriorBox makes them; they are "
      << priors.shape_string();
}

}  // namespace community
}  // namespace caffesharp
