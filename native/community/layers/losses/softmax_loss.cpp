// SoftmaxWithLoss with the class weights of SegNet and the normalization PRE_FIXED of R-FCN, and SoftmaxWithLossOHEM of
// R-FCN, which also gives the loss of each prediction.
#include "community/softmax_loss.h"

#include <algorithm>
#include <cfloat>
#include <cmath>

namespace caffesharp {
namespace community {
namespace {

class WeightedSoftmaxLoss : public SoftmaxLoss {
 public:
  explicit WeightedSoftmaxLoss(const caffe::LayerParameter& parameter) : SoftmaxLoss(parameter) {}
  const char* type() const override { return layer_param_.type().c_str(); }

  static bool Accepts(const caffe::LayerParameter& parameter) {
    const caffe::LossParameter& loss = parameter.loss_param();
    return loss.weight_by_label_freqs() || loss.normalization() == caffe::LossParameter::PRE_FIXED ||
           parameter.top_size() > 2;
  }

  void Reshape(const Blobs& bottom, const Blobs& top) override {
    SoftmaxLoss::Reshape(bottom, top);
    const caffe::LossParameter& parameter = layer_param_.loss_param();
    if (!parameter.weight_by_label_freqs()) return;
    CHECK_EQ(parameter.class_weighting_size(), classes()) << "there must be one class_weighting per class";
  }

 protected:
  float Loss(float probability, int label) const override {
    return -std::log(std::max(probability, FLT_MIN)) * Weight(label);
  }

  float Slope(float, int label) const override { return Weight(label); }

 private:
  float Weight(int label) const {
    const caffe::LossParameter& parameter = layer_param_.loss_param();
    return parameter.weight_by_label_freqs() ? parameter.class_weighting(label) : 1;
  }
};

const CommunityVariant registered_variant("SoftmaxWithLoss", &WeightedSoftmaxLoss::Accepts, &Make<WeightedSoftmaxLoss>);
const CommunityLayer registered("SoftmaxWithLossOHEM", &Make<WeightedSoftmaxLoss>);

}  // namespace
}  // namespace community
}  // namespace caffesharp
