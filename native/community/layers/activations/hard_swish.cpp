// HardSwish of MobileNet v3: x min(max(x + 3, 0), 6) / 6.
#include <algorithm>
#include <cmath>

#include "community/activation.h"

namespace caffesharp {
namespace community {
namespace {

class HardSwish {
 public:
  static constexpr const char* kType = "HardSwish";

  explicit HardSwish(const caffe::LayerParameter&) {}
  float Value(float x) const { return x * std::min(std::max(x + 3, 0.0f), 6.0f) / 6; }
  float Slope(float x) const { return x <= -3 ? 0 : x >= 3 ? 1 : (2 * x + 3) / 6; }
};

const CommunityLayer registered("HardSwish", &Make<ActivationLayer<HardSwish>>);

}  // namespace
}  // namespace community
}  // namespace caffesharp
