// Axpy of SENet: top = a x + y, with one factor a per image and channel.
//
// Bottoms: a (n x c, or n x c x 1 x 1), x and y (n x c x h x w).
#include <algorithm>

#include "community/community_layer.h"

namespace caffesharp {
namespace community {
namespace {

class AxpyLayer : public caffe::Layer<float> {
 public:
  explicit AxpyLayer(const caffe::LayerParameter& parameter) : caffe::Layer<float>(parameter) {}
  const char* type() const override { return "Axpy"; }
  int ExactNumBottomBlobs() const override { return 3; }
  int ExactNumTopBlobs() const override { return 1; }

  void Reshape(const Blobs& bottom, const Blobs& top) override {
    CHECK_GE(bottom[1]->num_axes(), 2) << "x must have at least the axes image, channel";
    CHECK(bottom[1]->shape() == bottom[2]->shape())
        << "x and y must have one shape: " << bottom[1]->shape_string() << " and " << bottom[2]->shape_string();
    CHECK_EQ(bottom[0]->count(), bottom[1]->shape(0) * bottom[1]->shape(1))
        << "a must have one value per image and channel of x, not the shape " << bottom[0]->shape_string();
    top[0]->ReshapeLike(*bottom[1]);
  }

 protected:
  void Forward_cpu(const Blobs& bottom, const Blobs& top) override {
    const float* const factors = bottom[0]->cpu_data();
    const float* const x = bottom[1]->cpu_data();
    const float* const y = bottom[2]->cpu_data();
    float* const out = top[0]->mutable_cpu_data();
    const int places = bottom[1]->count(2);
    for (int plane = 0; plane < bottom[0]->count(); ++plane) {
      for (int i = plane * places; i < (plane + 1) * places; ++i) out[i] = factors[plane] * x[i] + y[i];
    }
  }

  void Backward_cpu(const Blobs& top, const std::vector<bool>& propagate_down, const Blobs& bottom) override {
    const float* const out = top[0]->cpu_diff();
    const int places = bottom[1]->count(2);
    for (int plane = 0; plane < bottom[0]->count(); ++plane) {
      const int begin = plane * places, end = begin + places;
      if (propagate_down[0]) {
        const float* const x = bottom[1]->cpu_data();
        double sum = 0;
        for (int i = begin; i < end; ++i) sum += out[i] * x[i];
        bottom[0]->mutable_cpu_diff()[plane] = static_cast<float>(sum);
      }
      if (propagate_down[1]) {
        const float factor = bottom[0]->cpu_data()[plane];
        float* const in = bottom[1]->mutable_cpu_diff();
        for (int i = begin; i < end; ++i) in[i] = factor * out[i];
      }
    }
    if (propagate_down[2]) std::copy_n(out, top[0]->count(), bottom[2]->mutable_cpu_diff());
  }
};

const CommunityLayer registered("Axpy", &Make<AxpyLayer>);

}  // namespace
}  // namespace community
}  // namespace caffesharp
