// BN, batch normalization with a factor and an offset per channel, in two dialects:
// * SegNet and ENet (scale_filler, shift_filler, bn_mode): parameters scale and shift. bn_mode LEARN takes mean and
// variance of the
//   batch (further tops give them); INFERENCE has them folded into scale and shift.
// * PSPNet and ICNet (slope_filler, bias_filler, frozen, momentum, eps): parameters slope, bias, mean and variance. The
// stored
//   statistics are used in the phase TEST, or if frozen; else those of the batch, which are added to the stored ones.
// If bn_param has no field of either, a layer with two param entries has the first dialect, any other the second.
#include <algorithm>
#include <caffe/filler.hpp>
#include <cmath>

#include "community/community_layer.h"

namespace caffesharp {
namespace community {
namespace {

class BnLayer : public caffe::Layer<float> {
 public:
  explicit BnLayer(const caffe::LayerParameter& parameter) : caffe::Layer<float>(parameter) {}
  const char* type() const override { return "BN"; }
  int ExactNumBottomBlobs() const override { return 1; }
  int MinTopBlobs() const override { return 1; }
  int MaxTopBlobs() const override { return 3; }

  void LayerSetUp(const Blobs& bottom, const Blobs&) override {
    const caffe::BNParameter& parameter = layer_param_.bn_param();
    CHECK_GE(bottom[0]->num_axes(), 2) << "the bottom must have at least the axes image, channel";
    const bool is_segnets = parameter.has_scale_filler() || parameter.has_shift_filler() || parameter.has_bn_mode();
    const bool is_pspnets = parameter.has_slope_filler() || parameter.has_bias_filler() || parameter.has_frozen() ||
                            parameter.has_momentum() || parameter.has_eps();
    CHECK(!(is_segnets && is_pspnets))
        << "bn_param mixes fields of SegNet (scale_filler, shift_filler, bn_mode) and of PSPNet "
           "(slope_filler, bias_filler, frozen, momentum, eps)";
    has_statistics_ = is_pspnets || (!is_segnets && layer_param_.param_size() != 2);
    is_folded_ = !has_statistics_ && parameter.bn_mode() == caffe::BNParameter::INFERENCE;
    is_frozen_ = parameter.frozen();
    eps_ = has_statistics_ ? parameter.eps() : 1e-9f;
    if (blobs_.empty()) {
      AddParameter(bottom[0]->shape(1), has_statistics_ ? parameter.slope_filler() : parameter.scale_filler());
      AddParameter(bottom[0]->shape(1), has_statistics_ ? parameter.bias_filler() : parameter.shift_filler());
      if (has_statistics_) {
        caffe::FillerParameter constant;
        AddParameter(bottom[0]->shape(1), constant);
        constant.set_value(is_frozen_ ? 1 : 0);
        AddParameter(bottom[0]->shape(1), constant);
      }
    }
    param_propagate_down_.assign(blobs_.size(), true);
    if (!has_statistics_) return;
    // Statistics are not learned; frozen layers learn nothing.
    while (layer_param_.param_size() < 4) layer_param_.add_param();
    for (int i = is_frozen_ ? 0 : 2; i < 4; ++i) {
      layer_param_.mutable_param(i)->set_lr_mult(0);
      layer_param_.mutable_param(i)->set_decay_mult(0);
    }
  }

  void Reshape(const Blobs& bottom, const Blobs& top) override {
    CHECK_EQ(blobs_[0]->count(), bottom[0]->shape(1))
        << "the number of channels has changed from " << blobs_[0]->count() << " to " << bottom[0]->shape(1);
    top[0]->ReshapeLike(*bottom[0]);
    normalized_.ReshapeLike(*bottom[0]);
    deviations_.resize(static_cast<std::size_t>(bottom[0]->shape(1)));
    for (std::size_t i = 1; i < top.size(); ++i) top[i]->Reshape({1, bottom[0]->shape(1), 1, 1});
  }

 protected:
  void Forward_cpu(const Blobs& bottom, const Blobs& top) override {
    const float* const in = bottom[0]->cpu_data();
    float* const out = top[0]->mutable_cpu_data();
    float* const normalized = normalized_.mutable_cpu_data();
    const float* const scale = blobs_[0]->cpu_data();
    const float* const shift = blobs_[1]->cpu_data();
    for (int channel = 0; channel < bottom[0]->shape(1); ++channel) {
      float mean = 0, variance = 1;
      if (UsesBatch()) {
        Measure(*bottom[0], in, channel, &mean, &variance);
        if (has_statistics_) {
          const float momentum = layer_param_.bn_param().momentum();
          float& stored_mean = blobs_[2]->mutable_cpu_data()[channel];
          float& stored_variance = blobs_[3]->mutable_cpu_data()[channel];
          stored_mean = momentum * stored_mean + (1 - momentum) * mean;
          stored_variance = momentum * stored_variance + (1 - momentum) * variance;
        }
      } else if (has_statistics_) {
        mean = blobs_[2]->cpu_data()[channel];
        variance = blobs_[3]->cpu_data()[channel];
      }
      if (top.size() > 1) top[1]->mutable_cpu_data()[channel] = mean;
      if (top.size() > 2) top[2]->mutable_cpu_data()[channel] = variance;
      const float deviation = is_folded_ ? 1.0f : std::sqrt(variance + eps_);
      deviations_[static_cast<std::size_t>(channel)] = deviation;
      EachOf(*bottom[0], channel, [&](int i) {
        normalized[i] = (in[i] - mean) / deviation;
        out[i] = normalized[i] * scale[channel] + shift[channel];
      });
    }
  }

  void Backward_cpu(const Blobs& top, const std::vector<bool>& propagate_down, const Blobs& bottom) override {
    const float* const out = top[0]->cpu_diff();
    const float* const normalized = normalized_.cpu_data();
    float* const in = propagate_down[0] ? bottom[0]->mutable_cpu_diff() : nullptr;
    const double values = static_cast<double>(bottom[0]->shape(0)) * bottom[0]->count(2);
    for (int channel = 0; channel < bottom[0]->shape(1); ++channel) {
      double of_scale = 0, of_shift = 0;
      EachOf(*bottom[0], channel, [&](int i) {
        of_scale += static_cast<double>(out[i]) * normalized[i];
        of_shift += out[i];
      });
      if (!(has_statistics_ && is_frozen_)) {
        if (param_propagate_down_[0]) blobs_[0]->mutable_cpu_diff()[channel] += static_cast<float>(of_scale);
        if (param_propagate_down_[1]) blobs_[1]->mutable_cpu_diff()[channel] += static_cast<float>(of_shift);
      }
      if (in == nullptr) continue;
      const float factor = blobs_[0]->cpu_data()[channel] / deviations_[static_cast<std::size_t>(channel)];
      // PSPNet's code does so in the phase TEST too.
      const bool uses_batch = has_statistics_ ? !is_frozen_ : UsesBatch();
      EachOf(*bottom[0], channel, [&](int i) {
        const double centred = uses_batch ? out[i] - (of_shift + normalized[i] * of_scale) / values : out[i];
        in[i] = static_cast<float>(factor * centred);
      });
    }
  }

 private:
  bool UsesBatch() const { return has_statistics_ ? !is_frozen_ && phase_ == caffe::TRAIN : !is_folded_; }

  void AddParameter(int channels, const caffe::FillerParameter& filler) {
    blobs_.push_back(boost::make_shared<Blob>(std::vector<int>{1, channels, 1, 1}));
    const boost::shared_ptr<caffe::Filler<float>> fill(caffe::GetFiller<float>(filler));
    fill->Fill(blobs_.back().get());
  }

  template <typename Action>
  static void EachOf(const Blob& blob, int channel, const Action& action) {
    const int places = blob.count(2);
    for (int image = 0; image < blob.shape(0); ++image) {
      const int begin = (image * blob.shape(1) + channel) * places;
      for (int i = begin; i < begin + places; ++i) action(i);
    }
  }

  static void Measure(const Blob& blob, const float* in, int channel, float* mean, float* variance) {
    const double values = static_cast<double>(blob.shape(0)) * blob.count(2);
    double sum = 0, squares = 0;
    EachOf(blob, channel, [&](int i) { sum += in[i]; });
    const double middle = sum / values;
    EachOf(blob, channel, [&](int i) { squares += (in[i] - middle) * (in[i] - middle); });
    *mean = static_cast<float>(middle);
    *variance = static_cast<float>(squares / values);
  }

  bool has_statistics_ = false;
  bool is_folded_ = false;
  bool is_frozen_ = false;
  float eps_ = 0;
  Blob normalized_;
  std::vector<float> deviations_;
};

const CommunityLayer registered("BN", &Make<BnLayer>);

}  // namespace
}  // namespace community
}  // namespace caffesharp
