// DiceCoefLoss of EAST and others: 1 - (1 + 2 sum(x y)) / (1 + sum(x^2) + sum(y^2)), the mean over the examples.
//
// Bottoms: predictions x and targets y of one shape. Top: the loss.
#include <caffe/layers/loss_layer.hpp>
#include <caffe/util/math_functions.hpp>

#include "community/community_layer.h"

namespace caffesharp {
namespace community {
namespace {

class DiceCoefLossLayer : public caffe::LossLayer<float> {
 public:
  explicit DiceCoefLossLayer(const caffe::LayerParameter& parameter) : caffe::LossLayer<float>(parameter) {}
  const char* type() const override { return "DiceCoefLoss"; }
  bool AllowForceBackward(int) const override { return true; }

  void Reshape(const Blobs& bottom, const Blobs& top) override {
    caffe::LossLayer<float>::Reshape(bottom, top);
    CHECK_EQ(bottom[0]->count(), bottom[1]->count()) << "predictions and targets must have one shape";
    sizes_.Reshape({bottom[0]->shape(0)});
    coefficients_.Reshape({bottom[0]->shape(0)});
  }

 protected:
  void Forward_cpu(const Blobs& bottom, const Blobs& top) override {
    const int examples = bottom[0]->shape(0), values = bottom[0]->count(1);
    float sum = 0;
    for (int i = 0; i < examples; ++i) {
      const float* const x = bottom[0]->cpu_data() + i * values;
      const float* const y = bottom[1]->cpu_data() + i * values;
      const float size = 1 + caffe::caffe_cpu_dot(values, x, x) + caffe::caffe_cpu_dot(values, y, y);
      const float coefficient = (1 + 2 * caffe::caffe_cpu_dot(values, x, y)) / size;
      sizes_.mutable_cpu_data()[i] = size;
      coefficients_.mutable_cpu_data()[i] = coefficient;
      sum += coefficient;
    }
    top[0]->mutable_cpu_data()[0] = 1 - sum / static_cast<float>(examples);
  }

  // The fork does not divide by the number of examples here.
  void Backward_cpu(const Blobs& top, const std::vector<bool>& propagate_down, const Blobs& bottom) override {
    const int examples = bottom[0]->shape(0), values = bottom[0]->count(1);
    for (std::size_t side = 0; side < 2; ++side) {
      if (!propagate_down[side]) continue;
      const float* const own = bottom[side]->cpu_data();
      const float* const other = bottom[1 - side]->cpu_data();
      float* const diff = bottom[side]->mutable_cpu_diff();
      for (int i = 0; i < examples; ++i) {
        const float factor = 2 * top[0]->cpu_diff()[0] / sizes_.cpu_data()[i];
        const float coefficient = coefficients_.cpu_data()[i];
        for (int j = i * values; j < (i + 1) * values; ++j) diff[j] = factor * (coefficient * own[j] - other[j]);
      }
    }
  }

 private:
  Blob sizes_;
  Blob coefficients_;
};

const CommunityLayer registered("DiceCoefLoss", &Make<DiceCoefLossLayer>);

}  // namespace
}  // namespace community
}  // namespace caffesharp
