// SeLU of EAST and others: lambda x above 0, lambda alpha (e^x - 1) below.
#include <algorithm>
#include <cmath>

#include "community/activation.h"

namespace caffesharp {
namespace community {
namespace {

class SeLU {
 public:
  static constexpr const char* kType = "SeLU";

  explicit SeLU(const caffe::LayerParameter& parameter)
      : lambda_(parameter.selu_param().lambda()), alpha_(parameter.selu_param().alpha()) {}
  float Value(float x) const { return lambda_ * (x > 0 ? x : alpha_ * (std::exp(x) - 1)); }
  float Slope(float x) const { return lambda_ * (x > 0 ? 1 : alpha_ * std::exp(x)); }

 private:
  float lambda_;
  float alpha_;
};

const CommunityLayer registered("SeLU", &Make<ActivationLayer<SeLU>>);

}  // namespace
}  // namespace community
}  // namespace caffesharp
