// SeLUDropout of EAST and others: in the phase TRAIN, sets values to alpha at random, and scales and shifts the result
// so that mean and variance stay those of the input.
#include <caffe/layers/neuron_layer.hpp>
#include <caffe/util/math_functions.hpp>
#include <cmath>

#include "community/community_layer.h"

namespace caffesharp {
namespace community {
namespace {

class SeluDropoutLayer : public caffe::NeuronLayer<float> {
 public:
  explicit SeluDropoutLayer(const caffe::LayerParameter& parameter) : caffe::NeuronLayer<float>(parameter) {}
  const char* type() const override { return "SeLUDropout"; }

  void LayerSetUp(const Blobs& bottom, const Blobs& top) override {
    caffe::NeuronLayer<float>::LayerSetUp(bottom, top);
    const float dropped = layer_param_.selu_dropout_param().dropout_ratio();
    alpha_ = layer_param_.selu_dropout_param().alpha();
    CHECK(dropped > 0 && dropped < 1) << "dropout_ratio must be between 0 and 1";
    kept_ = 1 - dropped;
    scale_ = 1 / std::sqrt(kept_ * (1 + alpha_ * alpha_ * dropped));
    shift_ = -scale_ * dropped * alpha_;
  }

  void Reshape(const Blobs& bottom, const Blobs& top) override {
    caffe::NeuronLayer<float>::Reshape(bottom, top);
    is_kept_.Reshape(bottom[0]->shape());
  }

 protected:
  void Forward_cpu(const Blobs& bottom, const Blobs& top) override {
    const int count = bottom[0]->count();
    const float* const in = bottom[0]->cpu_data();
    float* const out = top[0]->mutable_cpu_data();
    if (phase_ == caffe::TEST) {
      caffe::caffe_copy(count, in, out);
      return;
    }
    unsigned int* const is_kept = is_kept_.mutable_cpu_data();
    caffe::caffe_rng_bernoulli(count, static_cast<double>(kept_), is_kept);
    for (int i = 0; i < count; ++i) out[i] = scale_ * (is_kept[i] == 1 ? in[i] : alpha_) + shift_;
  }

  void Backward_cpu(const Blobs& top, const std::vector<bool>& propagate_down, const Blobs& bottom) override {
    if (!propagate_down[0]) return;
    const float* const out_diff = top[0]->cpu_diff();
    float* const in_diff = bottom[0]->mutable_cpu_diff();
    if (phase_ == caffe::TEST) {
      caffe::caffe_copy(bottom[0]->count(), out_diff, in_diff);
      return;
    }
    const unsigned int* const is_kept = is_kept_.cpu_data();
    for (int i = 0; i < bottom[0]->count(); ++i) in_diff[i] = is_kept[i] == 1 ? out_diff[i] * scale_ : 0;
  }

 private:
  float alpha_ = 0;
  float kept_ = 1;
  float scale_ = 1;
  float shift_ = 0;
  caffe::Blob<unsigned int> is_kept_;
};

const CommunityLayer registered("SeLUDropout", &Make<SeluDropoutLayer>);
const CommunityLayer registered_otherwise("SeLuDropout", &Make<SeluDropoutLayer>);

}  // namespace
}  // namespace community
}  // namespace caffesharp
