#ifndef CAFFE_NEGATE_LAYER_HPP_
#define CAFFE_NEGATE_LAYER_HPP_

#include <vector>

#include "caffe/layers/neuron_layer.hpp"

namespace caffe {

// y = -x: a layer type that the original does not have, for the test with another source tree.
template <typename Dtype>
class NegateLayer : public NeuronLayer<Dtype> {
 public:
  explicit NegateLayer(const LayerParameter& param) : NeuronLayer<Dtype>(param) {}
  const char* type() const override { return "Negate"; }

 protected:
  void Forward_cpu(const std::vector<Blob<Dtype>*>& bottom, const std::vector<Blob<Dtype>*>& top) override;
  void Backward_cpu(const std::vector<Blob<Dtype>*>& top, const std::vector<bool>& propagate_down,
                    const std::vector<Blob<Dtype>*>& bottom) override;
};

}  // namespace caffe

#endif  // CAFFE_NEGATE_LAYER_HPP_
