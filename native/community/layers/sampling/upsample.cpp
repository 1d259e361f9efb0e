// Upsample, in two dialects:
// * SegNet (two bottoms: values, and the mask of the max pooling that is undone): each value goes to the place that the
// mask names in
//   its channel, the rest is 0.
// * YOLO ports (one bottom): each value is repeated scale x scale times.
#include <algorithm>

#include "community/community_layer.h"

namespace caffesharp {
namespace community {
namespace {

class UpsampleLayer : public caffe::Layer<float> {
 public:
  explicit UpsampleLayer(const caffe::LayerParameter& parameter) : caffe::Layer<float>(parameter) {}
  const char* type() const override { return "Upsample"; }
  int MinBottomBlobs() const override { return 1; }
  int MaxBottomBlobs() const override { return 2; }
  int ExactNumTopBlobs() const override { return 1; }
  bool AllowForceBackward(int bottom) const override { return bottom == 0; }

  void LayerSetUp(const Blobs& bottom, const Blobs&) override {
    const caffe::UpsampleParameter& parameter = layer_param_.upsample_param();
    CHECK_EQ(parameter.has_scale_h(), parameter.has_scale_w()) << "scale_h and scale_w must be given together";
    CHECK_EQ(parameter.has_upsample_h(), parameter.has_upsample_w())
        << "upsample_h and upsample_w must be given together";
    scale_height_ = Scale(parameter.has_scale_h() ? parameter.scale_h() : parameter.scale());
    scale_width_ = Scale(parameter.has_scale_w() ? parameter.scale_w() : parameter.scale());
    CHECK(bottom.size() == 2 || !parameter.has_upsample_h())
        << "upsample_h and upsample_w require a mask as the second bottom";
    CHECK(!parameter.pad_out_h() || scale_height_ == 2) << "pad_out_h requires a scale of 2";
    CHECK(!parameter.pad_out_w() || scale_width_ == 2) << "pad_out_w requires a scale of 2";
  }

  void Reshape(const Blobs& bottom, const Blobs& top) override {
    CHECK_EQ(bottom[0]->num_axes(), 4) << "the bottom must have the axes image, channel, row, column";
    if (bottom.size() == 2) {
      CHECK(bottom[1]->shape() == bottom[0]->shape())
          << "the mask must have the shape of the values, " << bottom[0]->shape_string() << ", not "
          << bottom[1]->shape_string();
    }
    const caffe::UpsampleParameter& parameter = layer_param_.upsample_param();
    const int height = parameter.has_upsample_h()
                           ? static_cast<int>(parameter.upsample_h())
                           : bottom[0]->shape(2) * scale_height_ - (parameter.pad_out_h() ? 1 : 0);
    const int width = parameter.has_upsample_w() ? static_cast<int>(parameter.upsample_w())
                                                 : bottom[0]->shape(3) * scale_width_ - (parameter.pad_out_w() ? 1 : 0);
    CHECK(height > 0 && width > 0) << "the output would have " << height << " x " << width << " cells";
    top[0]->Reshape({bottom[0]->shape(0), bottom[0]->shape(1), height, width});
  }

 protected:
  void Forward_cpu(const Blobs& bottom, const Blobs& top) override {
    const float* const in = bottom[0]->cpu_data();
    float* const out = top[0]->mutable_cpu_data();
    std::fill_n(out, top[0]->count(), 0.0f);
    EachPair(bottom, *top[0], [&](int from, int to) { out[to] = in[from]; });
  }

  void Backward_cpu(const Blobs& top, const std::vector<bool>& propagate_down, const Blobs& bottom) override {
    if (!propagate_down[0]) return;
    const float* const out = top[0]->cpu_diff();
    float* const in = bottom[0]->mutable_cpu_diff();
    std::fill_n(in, bottom[0]->count(), 0.0f);
    EachPair(bottom, *top[0], [&](int from, int to) { in[from] += out[to]; });
  }

 private:
  static int Scale(std::uint32_t scale) {
    CHECK(scale >= 1 && scale < (1u << 15)) << "a scale must be from 1 to " << (1 << 15) - 1 << ", not " << scale;
    return static_cast<int>(scale);
  }

  template <typename Action>
  void EachPair(const Blobs& bottom, const Blob& top, const Action& action) const {
    const int places_in = bottom[0]->count(2), places_out = top.count(2);
    for (int plane = 0; plane < bottom[0]->count(0, 2); ++plane) {
      if (bottom.size() == 2) {
        const float* const mask = bottom[1]->cpu_data() + plane * places_in;
        for (int i = 0; i < places_in; ++i) {
          CHECK(mask[i] >= 0 && mask[i] < static_cast<float>(places_out))
              << "the mask names place " << mask[i] << " of an output of " << places_out
              << " places per channel; check the sizes of the pooling that made it";
          action(plane * places_in + i, plane * places_out + static_cast<int>(mask[i]));
        }
        continue;
      }
      const int width_out = top.shape(3), width_in = bottom[0]->shape(3);
      for (int to = 0; to < places_out; ++to) {
        const int from = (to / width_out / scale_height_) * width_in + to % width_out / scale_width_;
        action(plane * places_in + from, plane * places_out + to);
      }
    }
  }

  int scale_height_ = 1;
  int scale_width_ = 1;
};

const CommunityLayer registered("Upsample", &Make<UpsampleLayer>);

}  // namespace
}  // namespace community
}  // namespace caffesharp
