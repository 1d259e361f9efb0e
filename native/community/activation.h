// A layer that applies a function of one variable to each value, with a gradient from the input.
#ifndef CAFFESHARP_COMMUNITY_ACTIVATION_H_
#define CAFFESHARP_COMMUNITY_ACTIVATION_H_

#include <caffe/layers/neuron_layer.hpp>
#include <caffe/util/math_functions.hpp>

#include "community/community_layer.h"

namespace caffesharp {
namespace community {

// Function has kType, a constructor from LayerParameter, Value(x) and Slope(x).
template <typename Function>
class ActivationLayer : public caffe::NeuronLayer<float> {
 public:
  explicit ActivationLayer(const caffe::LayerParameter& parameter)
      : caffe::NeuronLayer<float>(parameter), function_(parameter) {}
  const char* type() const override { return Function::kType; }

  void Reshape(const Blobs& bottom, const Blobs& top) override {
    caffe::NeuronLayer<float>::Reshape(bottom, top);
    if (top[0] == bottom[0]) input_.ReshapeLike(*bottom[0]);
  }

 protected:
  void Forward_cpu(const Blobs& bottom, const Blobs& top) override {
    const int count = bottom[0]->count();
    // Backward needs the input, which the top replaces.
    if (top[0] == bottom[0]) caffe::caffe_copy(count, bottom[0]->cpu_data(), input_.mutable_cpu_data());
    const float* const in = bottom[0]->cpu_data();
    float* const out = top[0]->mutable_cpu_data();
    for (int i = 0; i < count; ++i) out[i] = function_.Value(in[i]);
  }

  void Backward_cpu(const Blobs& top, const std::vector<bool>& propagate_down, const Blobs& bottom) override {
    if (!propagate_down[0]) return;
    const float* const in = top[0] == bottom[0] ? input_.cpu_data() : bottom[0]->cpu_data();
    const float* const out_diff = top[0]->cpu_diff();
    float* const in_diff = bottom[0]->mutable_cpu_diff();
    for (int i = 0; i < bottom[0]->count(); ++i) in_diff[i] = out_diff[i] * function_.Slope(in[i]);
  }

 private:
  Function function_;
  Blob input_;
};

}  // namespace community
}  // namespace caffesharp

#endif  // CAFFESHARP_COMMUNITY_ACTIVATION_H_
