// Mish of YOLOv4's ports: x tanh(log(1 + e^x)).
#include <algorithm>
#include <cmath>

#include "community/activation.h"

namespace caffesharp {
namespace community {
namespace {

class Mish {
 public:
  static constexpr const char* kType = "Mish";

  explicit Mish(const caffe::LayerParameter&) {}
  float Value(float x) const { return x * std::tanh(SoftPlus(x)); }
  float Slope(float x) const {
    const float t = std::tanh(SoftPlus(x));
    return t + x * (1 - t * t) / (1 + std::exp(-x));
  }

 private:
  // Without the overflow of e^x.
  static float SoftPlus(float x) { return std::max(x, 0.0f) + std::log1p(std::exp(-std::fabs(x))); }
};

const CommunityLayer registered("Mish", &Make<ActivationLayer<Mish>>);

}  // namespace
}  // namespace community
}  // namespace caffesharp
