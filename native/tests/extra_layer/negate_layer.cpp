#include "caffe/layers/negate_layer.hpp"

#include "caffe/layer_factory.hpp"
#include "caffe/util/math_functions.hpp"

namespace caffe {

template <typename Dtype>
void NegateLayer<Dtype>::Forward_cpu(const std::vector<Blob<Dtype>*>& bottom, const std::vector<Blob<Dtype>*>& top) {
  caffe_cpu_scale(bottom[0]->count(), Dtype(-1), bottom[0]->cpu_data(), top[0]->mutable_cpu_data());
}

template <typename Dtype>
void NegateLayer<Dtype>::Backward_cpu(const std::vector<Blob<Dtype>*>& top, const std::vector<bool>& propagate_down,
                                      const std::vector<Blob<Dtype>*>& bottom) {
  if (!propagate_down[0]) return;
  caffe_cpu_scale(top[0]->count(), Dtype(-1), top[0]->cpu_diff(), bottom[0]->mutable_cpu_diff());
}

INSTANTIATE_CLASS(NegateLayer);
REGISTER_LAYER_CLASS(Negate);

}  // namespace caffe
