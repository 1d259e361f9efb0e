// SmoothL1LossOHEM of R-FCN: the sum of f(weight * (prediction - target)) over a normalizer, where f(x) = x^2 / 2 for
// |x| < 1, and |x| - 0.5 otherwise.
//
// Bottoms: predictions, targets, and optionally weights, all n x c (x h x w). Tops: the loss, and if asked for, the
// loss of each row and place (n x 1 x h x w). As in the fork, the weights have no part in the gradient.
// Needs softmax_loss.proto.
#include <algorithm>
#include <caffe/layers/loss_layer.hpp>
#include <cmath>

#include "community/community_layer.h"

namespace caffesharp {
namespace community {
namespace {

using Normalization = caffe::LossParameter;

class SmoothL1LossOhemLayer : public caffe::LossLayer<float> {
 public:
  explicit SmoothL1LossOhemLayer(const caffe::LayerParameter& parameter) : caffe::LossLayer<float>(parameter) {}
  const char* type() const override { return "SmoothL1LossOHEM"; }
  int ExactNumBottomBlobs() const override { return -1; }
  int MinBottomBlobs() const override { return 2; }
  int MaxBottomBlobs() const override { return 3; }
  int ExactNumTopBlobs() const override { return -1; }
  int MinTopBlobs() const override { return 1; }
  int MaxTopBlobs() const override { return 2; }
  bool AllowForceBackward(int bottom) const override { return bottom < 2; }

  void Reshape(const Blobs& bottom, const Blobs& top) override {
    caffe::LossLayer<float>::Reshape(bottom, top);
    for (std::size_t i = 1; i < bottom.size(); ++i) {
      CHECK_EQ(bottom[i]->count(), bottom[0]->count())
          << "all bottoms must have one shape; bottom " << i << " has " << bottom[i]->shape_string();
    }
    places_ = bottom[0]->height() * bottom[0]->width();
    difference_.ReshapeLike(*bottom[0]);
    if (top.size() > 1) top[1]->Reshape(bottom[0]->num(), 1, bottom[0]->height(), bottom[0]->width());
  }

 protected:
  void Forward_cpu(const Blobs& bottom, const Blobs& top) override {
    float* const difference = difference_.mutable_cpu_data();
    float* const losses = top.size() > 1 ? top[1]->mutable_cpu_data() : nullptr;
    if (losses != nullptr) std::fill_n(losses, top[1]->count(), 0.0f);
    double sum = 0;
    for (int i = 0; i < bottom[0]->count(); ++i) {
      difference[i] = bottom[0]->cpu_data()[i] - bottom[1]->cpu_data()[i];
      if (bottom.size() > 2) difference[i] *= bottom[2]->cpu_data()[i];
      const float size = std::fabs(difference[i]);
      const float loss = size < 1 ? 0.5f * size * size : size - 0.5f;
      sum += loss;
      if (losses != nullptr) losses[i / bottom[0]->count(1) * places_ + i % places_] += loss;
    }
    top[0]->mutable_cpu_data()[0] = static_cast<float>(sum) / Normalizer(*bottom[0]);
  }

  void Backward_cpu(const Blobs& top, const std::vector<bool>& propagate_down, const Blobs& bottom) override {
    const float factor = top[0]->cpu_diff()[0] / Normalizer(*bottom[0]);
    for (std::size_t side = 0; side < 2; ++side) {
      if (!propagate_down[side]) continue;
      float* const diff = bottom[side]->mutable_cpu_diff();
      for (int i = 0; i < difference_.count(); ++i) {
        diff[i] = (side == 0 ? factor : -factor) * std::min(std::max(difference_.cpu_data()[i], -1.0f), 1.0f);
      }
    }
  }

 private:
  float Normalizer(const Blob& bottom) const {
    const caffe::LossParameter& parameter = layer_param_.loss_param();
    Normalization::NormalizationMode mode = parameter.normalization();
    if (!parameter.has_normalization() && parameter.has_normalize()) {
      mode = parameter.normalize() ? Normalization::VALID : Normalization::BATCH_SIZE;
    }
    float normalizer = 1;
    if (mode == Normalization::FULL || mode == Normalization::VALID) {
      normalizer = static_cast<float>(bottom.num() * places_);
    }
    if (mode == Normalization::BATCH_SIZE) normalizer = static_cast<float>(bottom.num());
    if (mode == Normalization::PRE_FIXED) normalizer = parameter.pre_fixed_normalizer();
    return std::max(normalizer, 1.0f);
  }

  int places_ = 0;
  Blob difference_;
};

const CommunityLayer registered("SmoothL1LossOHEM", &Make<SmoothL1LossOhemLayer>);

}  // namespace
}  // namespace community
}  // namespace caffesharp
