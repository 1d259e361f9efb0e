// MarginInnerProduct of SphereFace: products with weights of unit length, in which the angle to an example's own class
// counts several times (the angular margin).
//
// Bottoms: features (n x ...), labels (n). Tops: n x num_output, and if asked for, lambda (1). Parameter: weights
// (num_output x values per example), which each pass scales to unit length. The gradient of the features is the fork's:
// that of the own class has unit length, and the weights' ignores the margin.
#include <algorithm>
#include <caffe/filler.hpp>
#include <caffe/util/math_functions.hpp>
#include <cmath>

#include "community/community_layer.h"
#include "community/labels.h"

namespace caffesharp {
namespace community {
namespace {

using Parameter = caffe::MarginInnerProductParameter;

float Sign(float value) { return value > 0 ? 1.0f : value < 0 ? -1.0f : 0.0f; }

// The margin function psi of the cosine, and the coefficients of its gradient: that of the weights, and that of the
// features times their length.
struct Margin {
  float value;
  float weight_slope;
  float feature_slope;
};

Margin MarginOf(Parameter::MarginType type, float cosine) {
  const float square = cosine * cosine, sign = Sign(cosine);
  if (type == Parameter::DOUBLE) return {2 * sign * square - 1, 4 * sign * cosine, -(2 * sign * square + 1)};
  if (type == Parameter::TRIPLE) {
    const float side = Sign(std::fabs(cosine) - 0.5f), shift = sign * (1 + side) - 2, cube = square * cosine;
    return {side * (4 * cube - 3 * cosine) + shift, side * (12 * square - 3), -(8 * side * cube - shift)};
  }
  const float side = sign * Sign(2 * square - 1), shift = 2 * sign + side - 3, fourth = square * square;
  return {side * (8 * fourth - 8 * square + 1) + shift, side * (32 * square * cosine - 16 * cosine),
          -(side * (24 * fourth - 8 * square - 1) - shift)};
}

class MarginInnerProductLayer : public caffe::Layer<float> {
 public:
  explicit MarginInnerProductLayer(const caffe::LayerParameter& parameter) : caffe::Layer<float>(parameter) {}
  const char* type() const override { return "MarginInnerProduct"; }
  int ExactNumBottomBlobs() const override { return 2; }
  int MinTopBlobs() const override { return 1; }
  int MaxTopBlobs() const override { return 2; }
  bool AllowForceBackward(int bottom) const override { return bottom == 0; }

  void LayerSetUp(const Blobs& bottom, const Blobs&) override {
    const Parameter& parameter = layer_param_.margin_inner_product_param();
    CHECK(parameter.num_output() > 0 && parameter.num_output() < kMostClasses)
        << "margin_inner_product_param must have num_output, from 1 to " << kMostClasses - 1;
    classes_ = static_cast<int>(parameter.num_output());
    iteration_ = parameter.iteration();
    if (blobs_.empty()) {
      blobs_.push_back(boost::make_shared<Blob>(std::vector<int>{classes_, bottom[0]->count(Axis(*bottom[0]))}));
      boost::shared_ptr<caffe::Filler<float>>(caffe::GetFiller<float>(parameter.weight_filler()))
          ->Fill(blobs_[0].get());
    }
    param_propagate_down_.resize(1, true);
  }

  void Reshape(const Blobs& bottom, const Blobs& top) override {
    const int axis = Axis(*bottom[0]);
    values_ = blobs_[0]->shape(1);
    examples_ = bottom[0]->count(0, axis);
    CHECK_EQ(bottom[0]->count(axis), values_) << "the weights are for " << values_ << " values per example";
    CHECK_EQ(bottom[1]->count(), examples_) << "there must be one label per example";
    std::vector<int> shape(bottom[0]->shape().begin(), bottom[0]->shape().begin() + axis);
    shape.push_back(classes_);
    top[0]->Reshape(shape);
    if (top.size() > 1) top[1]->Reshape({1});
    lengths_.Reshape({examples_});
  }

 protected:
  void Forward_cpu(const Blobs& bottom, const Blobs& top) override {
    const Parameter& parameter = layer_param_.margin_inner_product_param();
    ++iteration_;
    lambda_ = std::max(
        parameter.base() * std::pow(1 + parameter.gamma() * static_cast<float>(iteration_), -parameter.power()),
        parameter.lambda_min());
    if (top.size() > 1) top[1]->mutable_cpu_data()[0] = lambda_;
    float* const weights = blobs_[0]->mutable_cpu_data();
    for (int i = 0; i < classes_; ++i) {
      caffe::caffe_scal(values_, 1 / LengthOf(weights + i * values_), weights + i * values_);
    }
    const float* const in = bottom[0]->cpu_data();
    const float* const labels = bottom[1]->cpu_data();
    float* const out = top[0]->mutable_cpu_data();
    float* const lengths = lengths_.mutable_cpu_data();
    caffe::caffe_cpu_gemm(CblasNoTrans, CblasTrans, examples_, classes_, values_, 1.0f, in, weights, 0.0f, out);
    for (int i = 0; i < examples_; ++i) {
      lengths[i] = LengthOf(in + i * values_);
      if (parameter.type() == Parameter::SINGLE) continue;
      float& own = out[i * classes_ + LabelOf(labels[i], classes_)];
      const float marginal = lengths[i] * MarginOf(parameter.type(), own / lengths[i]).value;
      own = (marginal + lambda_ * own) / (1 + lambda_);
    }
  }

  void Backward_cpu(const Blobs& top, const std::vector<bool>& propagate_down, const Blobs& bottom) override {
    CHECK(!propagate_down[1]) << type() << " has no gradient for its labels";
    const float* const out_diff = top[0]->cpu_diff();
    const float* const in = bottom[0]->cpu_data();
    const float* const weights = blobs_[0]->cpu_data();
    if (param_propagate_down_[0]) {
      caffe::caffe_cpu_gemm(CblasTrans, CblasNoTrans, classes_, values_, examples_, 1.0f, out_diff, in, 1.0f,
                            blobs_[0]->mutable_cpu_diff());
    }
    if (!propagate_down[0]) return;
    float* const in_diff = bottom[0]->mutable_cpu_diff();
    caffe::caffe_cpu_gemm(CblasNoTrans, CblasNoTrans, examples_, values_, classes_, 1.0f, out_diff, weights, 0.0f,
                          in_diff);
    const Parameter::MarginType margin_type = layer_param_.margin_inner_product_param().type();
    if (margin_type == Parameter::SINGLE) return;
    for (int i = 0; i < examples_; ++i) {
      const int label = LabelOf(bottom[1]->cpu_data()[i], classes_);
      const float length = lengths_.cpu_data()[i];
      const float* const own = weights + label * values_;
      const float* const features = in + i * values_;
      const Margin margin = MarginOf(margin_type, caffe::caffe_cpu_dot(values_, features, own) / length);
      const float of_features = margin.feature_slope / length;
      const float size = std::sqrt(margin.weight_slope * margin.weight_slope + of_features * of_features);
      const float share = out_diff[i * classes_ + label] / (1 + lambda_);
      caffe::caffe_axpy(values_, share * (margin.weight_slope / size - 1), own, in_diff + i * values_);
      caffe::caffe_axpy(values_, share * of_features / size, features, in_diff + i * values_);
    }
  }

 private:
  static constexpr std::uint32_t kMostClasses = 1 << 28;

  int Axis(const Blob& bottom) const {
    return bottom.CanonicalAxisIndex(layer_param_.margin_inner_product_param().axis());
  }

  float LengthOf(const float* values) const { return std::sqrt(caffe::caffe_cpu_dot(values_, values, values)); }

  int classes_ = 0;
  int values_ = 0;
  int examples_ = 0;
  int iteration_ = 0;
  float lambda_ = 0;
  Blob lengths_;
};

const CommunityLayer registered("MarginInnerProduct", &Make<MarginInnerProductLayer>);

}  // namespace
}  // namespace community
}  // namespace caffesharp
