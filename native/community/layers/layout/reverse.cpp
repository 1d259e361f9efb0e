// Reverse of CRNN: the order of one axis reversed.
#include <algorithm>

#include "community/community_layer.h"

namespace caffesharp {
namespace community {
namespace {

class ReverseLayer : public caffe::Layer<float> {
 public:
  explicit ReverseLayer(const caffe::LayerParameter& parameter) : caffe::Layer<float>(parameter) {}
  const char* type() const override { return "Reverse"; }
  int ExactNumBottomBlobs() const override { return 1; }
  int ExactNumTopBlobs() const override { return 1; }

  void Reshape(const Blobs& bottom, const Blobs& top) override {
    CHECK_NE(top[0], bottom[0]) << type() << " cannot write over its bottom; give its top another name";
    axis_ = bottom[0]->CanonicalAxisIndex(layer_param_.reverse_param().axis());
    top[0]->ReshapeLike(*bottom[0]);
  }

 protected:
  void Forward_cpu(const Blobs& bottom, const Blobs& top) override {
    Reverse(*bottom[0], bottom[0]->cpu_data(), top[0]->mutable_cpu_data());
  }

  void Backward_cpu(const Blobs& top, const std::vector<bool>& propagate_down, const Blobs& bottom) override {
    if (propagate_down[0]) Reverse(*top[0], top[0]->cpu_diff(), bottom[0]->mutable_cpu_diff());
  }

 private:
  void Reverse(const Blob& shape, const float* in, float* out) const {
    const int length = shape.shape(axis_), inner = shape.count(axis_ + 1);
    for (int outer = 0; outer < shape.count(0, axis_); ++outer) {
      for (int i = 0; i < length; ++i) {
        std::copy_n(in + (outer * length + i) * inner, inner, out + (outer * length + length - 1 - i) * inner);
      }
    }
  }

  int axis_ = 0;
};

const CommunityLayer registered("Reverse", &Make<ReverseLayer>);

}  // namespace
}  // namespace community
}  // namespace caffesharp
