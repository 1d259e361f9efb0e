// ReLU6 of MobileNets: min(max(x, 0), 6).
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

 protected:
  void Forward_cpu(const Blobs& bottom, const Blobs& top) override {
    const float* const in = bottom[0]->cpu_data();
    float* const out = top[0]->mutable_cpu_data();
    for (int i = 0; i < bottom[0]->count(); ++i) out[i] = std::min(std::max(in[i], 0.0f), kMost);
  }

  // By the outputs, which are there when the layer works in place too.
  void Backward_cpu(const Blobs& top, const std::vector<bool>& propagate_down, const Blobs& bottom) override {
    if (!propagate_down[0]) return;
    const float* const values = top[0]->cpu_data();
    const float* const out = top[0]->cpu_diff();
    float* const in = bottom[0]->mutable_cpu_diff();
    for (int i = 0; i < bottom[0]->count(); ++i) in[i] = values[i] > 0 && values[i] < kMost ? out[i] : 0.0f;
  }

 private:
  static constexpr float kMost = 6;
};

const CommunityLayer registered("ReLU6", &Make<Relu6Layer>);

}  // namespace
}  // namespace community
}  // namespace caffesharp
