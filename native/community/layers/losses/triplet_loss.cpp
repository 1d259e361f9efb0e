// TripletLoss of face recognition: half the mean of max(margin + |a - p|^2 - |a - n|^2, 0) over triplets.
//
// Bottoms: anchors a, positives p, negatives n (examples x values each). Top: the loss.
#include <algorithm>
#include <caffe/layers/loss_layer.hpp>
#include <caffe/util/math_functions.hpp>

#include "community/community_layer.h"

namespace caffesharp {
namespace community {
namespace {

class TripletLossLayer : public caffe::LossLayer<float> {
 public:
  explicit TripletLossLayer(const caffe::LayerParameter& parameter) : caffe::LossLayer<float>(parameter) {}
  const char* type() const override { return "TripletLoss"; }
  int ExactNumBottomBlobs() const override { return 3; }
  bool AllowForceBackward(int) const override { return true; }

  void Reshape(const Blobs& bottom, const Blobs& top) override {
    top[0]->Reshape(std::vector<int>());
    CHECK_GE(bottom[0]->num_axes(), 1) << "the bottoms must have an axis of examples";
    for (int i = 1; i < 3; ++i) {
      CHECK(bottom[i]->shape() == bottom[0]->shape())
          << "the bottoms must have one shape; bottom " << i << " is " << bottom[i]->shape_string();
    }
    is_active_.Reshape({bottom[0]->shape(0)});
  }

 protected:
  void Forward_cpu(const Blobs& bottom, const Blobs& top) override {
    const int values = bottom[0]->count(1);
    float sum = 0;
    for (int i = 0; i < bottom[0]->shape(0); ++i) {
      float difference = layer_param_.triplet_loss_param().margin();
      for (int j = i * values; j < (i + 1) * values; ++j) {
        const float to_positive = bottom[0]->cpu_data()[j] - bottom[1]->cpu_data()[j];
        const float to_negative = bottom[0]->cpu_data()[j] - bottom[2]->cpu_data()[j];
        difference += to_positive * to_positive - to_negative * to_negative;
      }
      is_active_.mutable_cpu_data()[i] = difference >= kLeast ? 1 : 0;
      sum += std::max(difference, 0.0f);
    }
    top[0]->mutable_cpu_data()[0] = sum / static_cast<float>(bottom[0]->shape(0)) / 2;
  }

  void Backward_cpu(const Blobs& top, const std::vector<bool>& propagate_down, const Blobs& bottom) override {
    const int values = bottom[0]->count(1);
    const float factor = top[0]->cpu_diff()[0] / static_cast<float>(bottom[0]->shape(0));
    const float* const anchor = bottom[0]->cpu_data();
    const float* const positive = bottom[1]->cpu_data();
    const float* const negative = bottom[2]->cpu_data();
    for (std::size_t side = 0; side < 3; ++side) {
      if (!propagate_down[side]) continue;
      float* const diff = bottom[side]->mutable_cpu_diff();
      for (int j = 0; j < bottom[0]->count(); ++j) {
        const float slope = side == 0   ? negative[j] - positive[j]
                            : side == 1 ? positive[j] - anchor[j]
                                        : anchor[j] - negative[j];
        diff[j] = is_active_.cpu_data()[j / values] != 0 ? factor * slope : 0;
      }
    }
  }

 private:
  // A smaller loss has no gradient.
  static constexpr float kLeast = 1e-9f;

  caffe::Blob<int> is_active_;
};

const CommunityLayer registered("TripletLoss", &Make<TripletLossLayer>);

}  // namespace
}  // namespace community
}  // namespace caffesharp
