// ReLU6 of MobileNets: min(max(x, 0), 6); with a negative_slope, that times x below 0.
#include <algorithm>
#include <caffe/layers/neuron_layer.hpp>

#include "community/community_layer.h"

namespace caffesharp {
namespace community {
namespace {

class Relu6Layer : public caffe::NeuronLayer<float> {
 public:
  explicit Relu6Layer(const caffe::LayerParameter& parameter) : caffe::NeuronLayer<float>(parameter) {}
  const char* type() const override { return "ReLU6"; }

  void LayerSetUp(const Blobs& bottom, const Blobs& top) override {
    caffe::NeuronLayer<float>::LayerSetUp(bottom, top);
    slope_ = layer_param_.relu6_param().negative_slope();
    CHECK(slope_ >= 0) << "negative_slope must be at least 0";
  }

 protected:
  void Forward_cpu(const Blobs& bottom, const Blobs& top) override {
    const float* const in = bottom[0]->cpu_data();
    float* const out = top[0]->mutable_cpu_data();
    for (int i = 0; i < bottom[0]->count(); ++i) out[i] = std::min(in[i] > 0 ? in[i] : slope_ * in[i], kMost);
  }

  // By the outputs, which are there when the layer works in place too.
  void Backward_cpu(const Blobs& top, const std::vector<bool>& propagate_down, const Blobs& bottom) override {
    if (!propagate_down[0]) return;
    const float* const values = top[0]->cpu_data();
    const float* const out = top[0]->cpu_diff();
    float* const in = bottom[0]->mutable_cpu_diff();
    for (int i = 0; i < bottom[0]->count(); ++i)
      in[i] = values[i] >= kMost ? 0 : values[i] > 0 ? out[i] : slope_ * out[i];
  }

 private:
  static constexpr float kMost = 6;

  float slope_ = 0;
};

const CommunityLayer registered("ReLU6", &Make<Relu6Layer>);

}  // namespace
}  // namespace community
}  // namespace caffesharp
