// Normalize of SSD: values over their L2 norm, times a learned factor. The norm is that of an image, or that of each
// place over the channels.
#include <algorithm>
#include <caffe/filler.hpp>
#include <cmath>

#include "community/community_layer.h"

namespace caffesharp {
namespace community {
namespace {

class NormalizeLayer : public caffe::Layer<float> {
 public:
  explicit NormalizeLayer(const caffe::LayerParameter& parameter) : caffe::Layer<float>(parameter) {}
  const char* type() const override { return "Normalize"; }
  int ExactNumBottomBlobs() const override { return 1; }
  int ExactNumTopBlobs() const override { return 1; }

  void LayerSetUp(const Blobs& bottom, const Blobs&) override {
    CHECK_GE(bottom[0]->num_axes(), 2) << "the bottom must have at least the axes image, channel";
    const caffe::NormalizeParameter& parameter = layer_param_.norm_param();
    if (blobs_.empty()) {
      const std::vector<int> shape =
          parameter.channel_shared() ? std::vector<int>{} : std::vector<int>{bottom[0]->shape(1)};
      blobs_.push_back(boost::make_shared<Blob>(shape));
      caffe::FillerParameter filler = parameter.scale_filler();
      if (!parameter.has_scale_filler()) filler.set_value(1);
      const boost::shared_ptr<caffe::Filler<float>> fill(caffe::GetFiller<float>(filler));
      fill->Fill(blobs_[0].get());
    }
    param_propagate_down_.assign(blobs_.size(), true);
  }

  void Reshape(const Blobs& bottom, const Blobs& top) override {
    CHECK(layer_param_.norm_param().channel_shared() || blobs_[0]->count() == bottom[0]->shape(1))
        << "the number of channels has changed from " << blobs_[0]->count() << " to " << bottom[0]->shape(1);
    top[0]->ReshapeLike(*bottom[0]);
    norms_.resize(static_cast<std::size_t>(bottom[0]->shape(0)) * static_cast<std::size_t>(Norms(*bottom[0])));
  }

 protected:
  void Forward_cpu(const Blobs& bottom, const Blobs& top) override {
    const float* const in = bottom[0]->cpu_data();
    float* const out = top[0]->mutable_cpu_data();
    const float* const scale = blobs_[0]->cpu_data();
    std::fill(norms_.begin(), norms_.end(), layer_param_.norm_param().eps());
    EachValue(*bottom[0], [&](int i, std::size_t norm, int) { norms_[norm] += in[i] * in[i]; });
    for (float& norm : norms_) norm = std::sqrt(norm);
    EachValue(*bottom[0],
              [&](int i, std::size_t norm, int channel) { out[i] = in[i] / norms_[norm] * scale[channel]; });
  }

  // With u = in / norm and g the gradient of the top: scale (g - u (u . g)) / norm. SSD applies the factors last, which
  // is the exact gradient only if they are equal; its numbers are kept.
  void Backward_cpu(const Blobs& top, const std::vector<bool>& propagate_down, const Blobs& bottom) override {
    const float* const in = bottom[0]->cpu_data();
    const float* const out = top[0]->cpu_diff();
    const float* const scale = blobs_[0]->cpu_data();
    if (param_propagate_down_[0]) {
      std::vector<double> sums(static_cast<std::size_t>(blobs_[0]->count()));
      EachValue(*bottom[0], [&](int i, std::size_t norm, int channel) {
        sums[static_cast<std::size_t>(channel)] += out[i] * in[i] / norms_[norm];
      });
      for (int i = 0; i < blobs_[0]->count(); ++i)
        blobs_[0]->mutable_cpu_diff()[i] += static_cast<float>(sums[static_cast<std::size_t>(i)]);
    }
    if (!propagate_down[0]) return;
    float* const gradient = bottom[0]->mutable_cpu_diff();
    std::vector<double> products(norms_.size());
    EachValue(*bottom[0], [&](int i, std::size_t norm, int) { products[norm] += out[i] * in[i] / norms_[norm]; });
    EachValue(*bottom[0], [&](int i, std::size_t norm, int channel) {
      gradient[i] =
          static_cast<float>(scale[channel] * (out[i] - in[i] / norms_[norm] * products[norm]) / norms_[norm]);
    });
  }

 private:
  int Norms(const Blob& blob) const { return layer_param_.norm_param().across_spatial() ? 1 : blob.count(2); }

  // Calls action with the place of each value, of its norm and of its factor.
  template <typename Action>
  void EachValue(const Blob& blob, const Action& action) const {
    const int norms = Norms(blob), places = blob.count(2);
    const bool is_shared = layer_param_.norm_param().channel_shared();
    int i = 0;
    for (int image = 0; image < blob.shape(0); ++image) {
      for (int channel = 0; channel < blob.shape(1); ++channel) {
        for (int place = 0; place < places; ++place, ++i) {
          action(i, static_cast<std::size_t>(image * norms + (norms == 1 ? 0 : place)), is_shared ? 0 : channel);
        }
      }
    }
  }

  std::vector<float> norms_;
};

const CommunityLayer registered("Normalize", &Make<NormalizeLayer>);

}  // namespace
}  // namespace community
}  // namespace caffesharp
