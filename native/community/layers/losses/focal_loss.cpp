// FocalLoss: the loss of a softmax with the factor alpha (1 - p)^gamma, or with the type ONEADDP alpha (1 + p)^gamma,
// where p is the probability of the example's class.
// Needs softmax_loss.proto.
#include <algorithm>
#include <cfloat>
#include <cmath>

#include "community/softmax_loss.h"

namespace caffesharp {
namespace community {
namespace {

class FocalLossLayer : public SoftmaxLoss {
 public:
  explicit FocalLossLayer(const caffe::LayerParameter& parameter) : SoftmaxLoss(parameter) {}
  const char* type() const override { return "FocalLoss"; }

  void LayerSetUp(const Blobs& bottom, const Blobs& top) override {
    SoftmaxLoss::LayerSetUp(bottom, top);
    const caffe::FocalLossParameter& parameter = layer_param_.focal_loss_param();
    CHECK(parameter.gamma() >= 0) << "gamma must be at least 0";
    CHECK(parameter.alpha() > 0) << "alpha must be above 0";
    CHECK(parameter.type() != caffe::FocalLossParameter::LINEAR) << "the type LINEAR is not supported";
    sign_ = parameter.type() == caffe::FocalLossParameter::ONEADDP ? 1.0f : -1.0f;
  }

 protected:
  float Loss(float probability, int) const override { return -Power(probability) * Logarithm(probability); }

  float Slope(float probability, int) const override {
    constexpr float kLeast = 1e-10f;
    const float power = Power(probability);
    return sign_ * layer_param_.focal_loss_param().gamma() * power / std::max(1 + sign_ * probability, kLeast) *
               Logarithm(probability) * probability +
           power;
  }

 private:
  static float Logarithm(float probability) { return std::log(std::max(probability, FLT_MIN)); }

  float Power(float probability) const {
    const caffe::FocalLossParameter& parameter = layer_param_.focal_loss_param();
    return parameter.alpha() * std::pow(1 + sign_ * probability, parameter.gamma());
  }

  float sign_ = -1;
};

const CommunityLayer registered("FocalLoss", &Make<FocalLossLayer>);

}  // namespace
}  // namespace community
}  // namespace caffesharp
