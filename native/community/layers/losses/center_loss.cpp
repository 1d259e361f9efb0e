// CenterLoss of CenterFace: half the mean squared distance between features and the center of their class.
//
// Bottoms: features (n x ...), labels (n). Top: the loss. Parameter: centers (num_output x values per example). The
// centers' gradient is the sum over a class's examples, divided by their number plus one.
#include <caffe/filler.hpp>
#include <caffe/layers/loss_layer.hpp>
#include <caffe/util/math_functions.hpp>

#include "community/community_layer.h"
#include "community/labels.h"

namespace caffesharp {
namespace community {
namespace {

class CenterLossLayer : public caffe::LossLayer<float> {
 public:
  explicit CenterLossLayer(const caffe::LayerParameter& parameter) : caffe::LossLayer<float>(parameter) {}
  const char* type() const override { return "CenterLoss"; }

  // As in the fork, there is no default loss_weight.
  void LayerSetUp(const Blobs& bottom, const Blobs&) override {
    const caffe::CenterLossParameter& parameter = layer_param_.center_loss_param();
    CHECK(parameter.num_output() > 0 && parameter.num_output() < kMostClasses)
        << "center_loss_param must have num_output, from 1 to " << kMostClasses - 1;
    classes_ = static_cast<int>(parameter.num_output());
    if (blobs_.empty()) {
      const int values = bottom[0]->count(bottom[0]->CanonicalAxisIndex(parameter.axis()));
      blobs_.push_back(boost::make_shared<Blob>(std::vector<int>{classes_, values}));
      boost::shared_ptr<caffe::Filler<float>>(caffe::GetFiller<float>(parameter.center_filler()))
          ->Fill(blobs_[0].get());
    }
    param_propagate_down_.resize(1, true);
  }

  void Reshape(const Blobs& bottom, const Blobs& top) override {
    caffe::LossLayer<float>::Reshape(bottom, top);
    examples_ = bottom[0]->shape(0);
    values_ = blobs_[0]->shape(1);
    CHECK_EQ(bottom[0]->count(), examples_ * values_) << "the centers have " << values_ << " values";
    CHECK_EQ(bottom[1]->count(), examples_) << "there must be one label per example";
    distance_.ReshapeLike(*bottom[0]);
  }

 protected:
  void Forward_cpu(const Blobs& bottom, const Blobs& top) override {
    const float* const labels = bottom[1]->cpu_data();
    float* const distance = distance_.mutable_cpu_data();
    for (int i = 0; i < examples_; ++i) {
      caffe::caffe_sub(values_, bottom[0]->cpu_data() + i * values_,
                       blobs_[0]->cpu_data() + LabelOf(labels[i], classes_) * values_, distance + i * values_);
    }
    const float squares = caffe::caffe_cpu_dot(distance_.count(), distance, distance);
    top[0]->mutable_cpu_data()[0] = squares / static_cast<float>(examples_) / 2;
  }

  void Backward_cpu(const Blobs& top, const std::vector<bool>& propagate_down, const Blobs& bottom) override {
    CHECK(!propagate_down[1]) << type() << " has no gradient for its labels";
    if (param_propagate_down_[0]) AddCenterGradients(bottom[1]->cpu_data());
    if (!propagate_down[0]) return;
    const float factor = top[0]->cpu_diff()[0] / static_cast<float>(examples_);
    caffe::caffe_cpu_scale(distance_.count(), factor, distance_.cpu_data(), bottom[0]->mutable_cpu_diff());
  }

 private:
  static constexpr std::uint32_t kMostClasses = 1 << 28;

  void AddCenterGradients(const float* labels) {
    std::vector<int> examples_of(static_cast<std::size_t>(classes_));
    for (int i = 0; i < examples_; ++i) ++examples_of[static_cast<std::size_t>(LabelOf(labels[i], classes_))];
    float* const diff = blobs_[0]->mutable_cpu_diff();
    for (int i = 0; i < examples_; ++i) {
      const int label = LabelOf(labels[i], classes_);
      const float share = 1 / (static_cast<float>(examples_of[static_cast<std::size_t>(label)]) + 1);
      caffe::caffe_axpy(values_, -share, distance_.cpu_data() + i * values_, diff + label * values_);
    }
  }

  int classes_ = 0;
  int examples_ = 0;
  int values_ = 0;
  Blob distance_;
};

const CommunityLayer registered("CenterLoss", &Make<CenterLossLayer>);

}  // namespace
}  // namespace community
}  // namespace caffesharp
