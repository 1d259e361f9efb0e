// HardSigmoid of MobileNet v3: alpha x + beta between 0 and 1.
#include <algorithm>
#include <cmath>

#include "community/activation.h"

namespace caffesharp {
namespace community {
namespace {

class HardSigmoid {
 public:
  static constexpr const char* kType = "HardSigmoid";

  explicit HardSigmoid(const caffe::LayerParameter& parameter)
      : alpha_(parameter.hard_sigmoid_param().alpha()), beta_(parameter.hard_sigmoid_param().beta()) {}
  float Value(float x) const { return std::min(std::max(alpha_ * x + beta_, 0.0f), 1.0f); }
  float Slope(float x) const {
    const float y = alpha_ * x + beta_;
    return y > 0 && y < 1 ? alpha_ : 0;
  }

 private:
  float alpha_;
  float beta_;
};

const CommunityLayer registered("HardSigmoid", &Make<ActivationLayer<HardSigmoid>>);

}  // namespace
}  // namespace community
}  // namespace caffesharp
