// SmoothL1Loss of Fast R-CNN: the sum of f(inside * (prediction - target)) * outside over the number of rows, where
// f(x) = (sigma x)^2 / 2 for |x| < 1 / sigma^2, and |x| - 0.5 / sigma^2 otherwise.
//
// Bottoms: predictions, targets, and optionally inside weights and outside weights, all of one shape.
#include <algorithm>
#include <caffe/layers/loss_layer.hpp>
#include <cmath>

#include "community/community_layer.h"

namespace caffesharp {
namespace community {
namespace {

class SmoothL1LossLayer : public caffe::LossLayer<float> {
 public:
  explicit SmoothL1LossLayer(const caffe::LayerParameter& parameter) : caffe::LossLayer<float>(parameter) {}
  const char* type() const override { return "SmoothL1Loss"; }
  int ExactNumBottomBlobs() const override { return -1; }
  int MinBottomBlobs() const override { return 2; }
  int MaxBottomBlobs() const override { return 4; }
  bool AllowForceBackward(int bottom) const override { return bottom < 2; }

  void LayerSetUp(const Blobs& bottom, const Blobs& top) override {
    caffe::LossLayer<float>::LayerSetUp(bottom, top);
    const float sigma = layer_param_.smooth_l1_loss_param().sigma();
    CHECK_GT(sigma, 0) << "sigma must be above 0";
    sigma2_ = sigma * sigma;
  }

  void Reshape(const Blobs& bottom, const Blobs& top) override {
    caffe::LossLayer<float>::Reshape(bottom, top);
    for (std::size_t i = 1; i < bottom.size(); ++i) {
      CHECK_EQ(bottom[i]->count(), bottom[0]->count())
          << "all bottoms must have one shape; bottom " << i << " has " << bottom[i]->shape_string();
    }
    difference_.ReshapeLike(*bottom[0]);
  }

 protected:
  void Forward_cpu(const Blobs& bottom, const Blobs& top) override {
    float* const difference = difference_.mutable_cpu_data();
    const float* const prediction = bottom[0]->cpu_data();
    const float* const target = bottom[1]->cpu_data();
    const float* const inside = bottom.size() > 2 ? bottom[2]->cpu_data() : nullptr;
    const float* const outside = bottom.size() > 3 ? bottom[3]->cpu_data() : nullptr;
    double loss = 0;
    for (int i = 0; i < bottom[0]->count(); ++i) {
      difference[i] = prediction[i] - target[i];
      if (inside != nullptr) difference[i] *= inside[i];
      const float size = std::fabs(difference[i]);
      const float error = size < 1 / sigma2_ ? 0.5f * difference[i] * difference[i] * sigma2_ : size - 0.5f / sigma2_;
      loss += outside != nullptr ? error * outside[i] : error;
    }
    top[0]->mutable_cpu_data()[0] = static_cast<float>(loss / bottom[0]->shape(0));
  }

  void Backward_cpu(const Blobs& top, const std::vector<bool>& propagate_down, const Blobs& bottom) override {
    const float* const difference = difference_.cpu_data();
    const float* const inside = bottom.size() > 2 ? bottom[2]->cpu_data() : nullptr;
    const float* const outside = bottom.size() > 3 ? bottom[3]->cpu_data() : nullptr;
    const float factor = top[0]->cpu_diff()[0] / static_cast<float>(bottom[0]->shape(0));
    for (int side = 0; side < 2; ++side) {
      if (!propagate_down[static_cast<std::size_t>(side)]) continue;
      float* const gradient = bottom[static_cast<std::size_t>(side)]->mutable_cpu_diff();
      for (int i = 0; i < difference_.count(); ++i) {
        const bool is_small = std::fabs(difference[i]) < 1 / sigma2_;
        const float slope =
            is_small ? sigma2_ * difference[i] : static_cast<float>((difference[i] > 0) - (difference[i] < 0));
        gradient[i] = (side == 0 ? factor : -factor) * slope;
        if (inside != nullptr) gradient[i] *= inside[i];
        if (outside != nullptr) gradient[i] *= outside[i];
      }
    }
  }

 private:
  float sigma2_ = 1;
  Blob difference_;
};

const CommunityLayer registered("SmoothL1Loss", &Make<SmoothL1LossLayer>);

}  // namespace
}  // namespace community
}  // namespace caffesharp
