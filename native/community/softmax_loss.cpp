// Needs softmax_loss.proto.
#include "community/softmax_loss.h"

#include <algorithm>
#include <caffe/util/math_functions.hpp>

#include "community/labels.h"

namespace caffesharp {
namespace community {

using Normalization = caffe::LossParameter;

void SoftmaxLoss::LayerSetUp(const Blobs& bottom, const Blobs& top) {
  caffe::LossLayer<float>::LayerSetUp(bottom, top);
  caffe::LayerParameter softmax(layer_param_);
  softmax.set_type("Softmax");
  softmax.clear_loss_weight();
  softmax_ = caffe::LayerRegistry<float>::CreateLayer(softmax);
  softmax_->SetUp({bottom[0]}, {&probabilities_});
}

void SoftmaxLoss::Reshape(const Blobs& bottom, const Blobs& top) {
  caffe::LossLayer<float>::Reshape(bottom, top);
  softmax_->Reshape({bottom[0]}, {&probabilities_});
  axis_ = bottom[0]->CanonicalAxisIndex(layer_param_.softmax_param().axis());
  outer_ = bottom[0]->count(0, axis_);
  inner_ = bottom[0]->count(axis_ + 1);
  CHECK_EQ(bottom[1]->count(), outer_ * inner_) << "there must be one label per prediction";
  if (top.size() > 1) top[1]->ReshapeLike(*bottom[0]);
  if (top.size() > 2) top[2]->ReshapeLike(*bottom[1]);
}

bool SoftmaxLoss::IsIgnored(float label) const {
  return layer_param_.loss_param().has_ignore_label() &&
         static_cast<int>(label) == layer_param_.loss_param().ignore_label();
}

float SoftmaxLoss::Normalizer(int counted) const {
  const caffe::LossParameter& parameter = layer_param_.loss_param();
  Normalization::NormalizationMode mode = parameter.normalization();
  if (!parameter.has_normalization() && parameter.has_normalize()) {
    mode = parameter.normalize() ? Normalization::VALID : Normalization::BATCH_SIZE;
  }
  float normalizer = 1;
  if (mode == Normalization::FULL) normalizer = static_cast<float>(outer_ * inner_);
  if (mode == Normalization::VALID) normalizer = static_cast<float>(counted);
  if (mode == Normalization::BATCH_SIZE) normalizer = static_cast<float>(outer_);
  if (mode == Normalization::PRE_FIXED) normalizer = parameter.pre_fixed_normalizer();
  return std::max(normalizer, 1.0f);
}

void SoftmaxLoss::Forward_cpu(const Blobs& bottom, const Blobs& top) {
  softmax_->Forward({bottom[0]}, {&probabilities_});
  const float* const probabilities = probabilities_.cpu_data();
  const float* const labels = bottom[1]->cpu_data();
  float* const losses = top.size() > 2 ? top[2]->mutable_cpu_data() : nullptr;
  float sum = 0;
  int counted = 0;
  for (int i = 0; i < outer_ * inner_; ++i) {
    float loss = 0;
    if (!IsIgnored(labels[i])) {
      const int label = LabelOf(labels[i], classes());
      loss = Loss(probabilities[(i / inner_ * classes() + label) * inner_ + i % inner_], label);
      ++counted;
    }
    sum += loss;
    if (losses != nullptr) losses[i] = loss;
  }
  top[0]->mutable_cpu_data()[0] = sum / Normalizer(counted);
  if (top.size() > 1) caffe::caffe_copy(probabilities_.count(), probabilities, top[1]->mutable_cpu_data());
}

void SoftmaxLoss::Backward_cpu(const Blobs& top, const std::vector<bool>& propagate_down, const Blobs& bottom) {
  CHECK(!propagate_down[1]) << type() << " has no gradient for its labels";
  if (!propagate_down[0]) return;
  const float* const probabilities = probabilities_.cpu_data();
  const float* const labels = bottom[1]->cpu_data();
  float* const diff = bottom[0]->mutable_cpu_diff();
  int counted = 0;
  for (int i = 0; i < outer_ * inner_; ++i) {
    const int first = i / inner_ * classes() * inner_ + i % inner_;
    const bool is_ignored = IsIgnored(labels[i]);
    const int label = is_ignored ? 0 : LabelOf(labels[i], classes());
    const float slope = is_ignored ? 0 : Slope(probabilities[first + label * inner_], label);
    for (int c = 0; c < classes(); ++c) {
      const int place = first + c * inner_;
      diff[place] = is_ignored ? 0 : slope * (probabilities[place] - (c == label ? 1.0f : 0.0f));
    }
    counted += is_ignored ? 0 : 1;
  }
  caffe::caffe_scal(bottom[0]->count(), top[0]->cpu_diff()[0] / Normalizer(counted), diff);
}

}  // namespace community
}  // namespace caffesharp
