// Dropout with the fields of Fast R-CNN (scale_train) and of SegNet (sample_weights_test). Caffe's own layer does the
// rest.
#include <caffe/layers/dropout_layer.hpp>

#include "community/community_layer.h"

namespace caffesharp {
namespace community {
namespace {

class DropoutVariant : public caffe::DropoutLayer<float> {
 public:
  explicit DropoutVariant(const caffe::LayerParameter& parameter) : caffe::DropoutLayer<float>(parameter) {}

  static bool Accepts(const caffe::LayerParameter& parameter) {
    return !parameter.dropout_param().scale_train() || parameter.dropout_param().sample_weights_test();
  }

  void LayerSetUp(const Blobs& bottom, const Blobs& top) override {
    caffe::DropoutLayer<float>::LayerSetUp(bottom, top);
    if (layer_param_.dropout_param().sample_weights_test()) phase_ = caffe::TRAIN;
    if (layer_param_.dropout_param().scale_train()) return;
    test_scale_ = 1 / scale_;
    scale_ = 1;
  }

 protected:
  void Forward_cpu(const Blobs& bottom, const Blobs& top) override {
    caffe::DropoutLayer<float>::Forward_cpu(bottom, top);
    if (phase_ == caffe::TEST) caffe::caffe_scal(top[0]->count(), test_scale_, top[0]->mutable_cpu_data());
  }

  void Backward_cpu(const Blobs& top, const std::vector<bool>& propagate_down, const Blobs& bottom) override {
    caffe::DropoutLayer<float>::Backward_cpu(top, propagate_down, bottom);
    if (phase_ == caffe::TEST && propagate_down[0]) {
      caffe::caffe_scal(bottom[0]->count(), test_scale_, bottom[0]->mutable_cpu_diff());
    }
  }

  void Forward_gpu(const Blobs& bottom, const Blobs& top) override { Forward_cpu(bottom, top); }
  void Backward_gpu(const Blobs& top, const std::vector<bool>& propagate_down, const Blobs& bottom) override {
    Backward_cpu(top, propagate_down, bottom);
  }

 private:
  float test_scale_ = 1;
};

const CommunityVariant registered("Dropout", &DropoutVariant::Accepts, &Make<DropoutVariant>);

}  // namespace
}  // namespace community
}  // namespace caffesharp
