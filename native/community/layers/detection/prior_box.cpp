// PriorBox of SSD: boxes of given sizes and aspect ratios around each cell of a feature map, in shares of the image's
// sides.
//
// Bottoms: features (n x c x h x w), the image (n x c x height x width), of which the sizes alone are used.
// Top: 1 x 2 x (4 numbers per box): the boxes' left, top, right, bottom, and their variances.
#include <algorithm>
#include <cmath>

#include "community/community_layer.h"

namespace caffesharp {
namespace community {
namespace {

struct Size {
  float width;
  float height;
};

class PriorBoxLayer : public caffe::Layer<float> {
 public:
  explicit PriorBoxLayer(const caffe::LayerParameter& parameter) : caffe::Layer<float>(parameter) {}
  const char* type() const override { return "PriorBox"; }
  int ExactNumBottomBlobs() const override { return 2; }
  int ExactNumTopBlobs() const override { return 1; }
  bool AllowForceBackward(int) const override { return false; }

  void LayerSetUp(const Blobs&, const Blobs&) override {
    const caffe::PriorBoxParameter& parameter = layer_param_.prior_box_param();
    CHECK_GT(parameter.min_size_size(), 0) << "prior_box_param must have a min_size";
    CHECK(parameter.max_size_size() == 0 || parameter.max_size_size() == parameter.min_size_size())
        << "there must be as many max_size as min_size, or none";
    CHECK(parameter.variance_size() <= 1 || parameter.variance_size() == 4) << "there must be one variance or four";
    for (const float variance : parameter.variance()) CHECK_GT(variance, 0) << "a variance must be above 0";
    CHECK(!(parameter.has_img_size() && (parameter.has_img_h() || parameter.has_img_w())))
        << "img_size excludes img_h and img_w";
    CHECK(!(parameter.has_step() && (parameter.has_step_h() || parameter.has_step_w())))
        << "step excludes step_h and step_w";
    MakeSizes(parameter);
  }

  void Reshape(const Blobs& bottom, const Blobs& top) override {
    CHECK(bottom[0]->num_axes() == 4 && bottom[1]->num_axes() == 4)
        << "both bottoms must have the axes image, channel, row, column";
    const std::int64_t numbers =
        static_cast<std::int64_t>(bottom[0]->count(2)) * static_cast<std::int64_t>(sizes_.size()) * 4;
    CHECK_LT(numbers, std::int64_t{1} << 30) << "there would be " << numbers / 4 << " boxes";
    top[0]->Reshape({1, 2, static_cast<int>(numbers)});
  }

 protected:
  void Forward_cpu(const Blobs& bottom, const Blobs& top) override {
    const caffe::PriorBoxParameter& parameter = layer_param_.prior_box_param();
    const int rows = bottom[0]->shape(2), columns = bottom[0]->shape(3);
    int height = static_cast<int>(parameter.has_img_size() ? parameter.img_size() : parameter.img_h());
    int width = static_cast<int>(parameter.has_img_size() ? parameter.img_size() : parameter.img_w());
    if (height == 0 || width == 0) {
      height = bottom[1]->shape(2);
      width = bottom[1]->shape(3);
    }
    float step_y = parameter.has_step() ? parameter.step() : parameter.step_h();
    float step_x = parameter.has_step() ? parameter.step() : parameter.step_w();
    if (step_y == 0 || step_x == 0) {
      step_y = static_cast<float>(height) / static_cast<float>(rows);
      step_x = static_cast<float>(width) / static_cast<float>(columns);
    }
    float* out = top[0]->mutable_cpu_data();
    for (int row = 0; row < rows; ++row) {
      for (int column = 0; column < columns; ++column) {
        const float x = (static_cast<float>(column) + parameter.offset()) * step_x;
        const float y = (static_cast<float>(row) + parameter.offset()) * step_y;
        for (const Size& size : sizes_) {
          *out++ = (x - size.width / 2) / static_cast<float>(width);
          *out++ = (y - size.height / 2) / static_cast<float>(height);
          *out++ = (x + size.width / 2) / static_cast<float>(width);
          *out++ = (y + size.height / 2) / static_cast<float>(height);
        }
      }
    }
    float* const boxes = top[0]->mutable_cpu_data();
    if (parameter.clip())
      std::transform(boxes, out, boxes, [](float edge) { return std::min(std::max(edge, 0.0f), 1.0f); });
    const int variances = parameter.variance_size();
    for (int i = 0; i < top[0]->shape(2); ++i) {
      out[i] = variances == 0 ? 0.1f : parameter.variance(variances == 1 ? 0 : i % 4);
    }
  }

  void Backward_cpu(const Blobs&, const std::vector<bool>& propagate_down, const Blobs&) override {
    CHECK(!propagate_down[0] && !propagate_down[1]) << type() << " has no gradient";
  }

 private:
  void MakeSizes(const caffe::PriorBoxParameter& parameter) {
    std::vector<float> ratios;
    const auto is_new = [&](float ratio) {
      return std::fabs(ratio - 1) >= 1e-6f &&
             std::none_of(ratios.begin(), ratios.end(), [&](float known) { return std::fabs(ratio - known) < 1e-6f; });
    };
    for (const float ratio : parameter.aspect_ratio()) {
      CHECK_GT(ratio, 0) << "an aspect_ratio must be above 0";
      if (!is_new(ratio)) continue;
      ratios.push_back(ratio);
      if (parameter.flip()) ratios.push_back(1 / ratio);
    }
    for (int i = 0; i < parameter.min_size_size(); ++i) {
      CHECK(parameter.min_size(i) >= 1 && parameter.min_size(i) < 1e9f) << "a min_size must be at least 1";
      // SSD cuts the fraction off.
      const int least = static_cast<int>(parameter.min_size(i));
      sizes_.push_back({static_cast<float>(least), static_cast<float>(least)});
      if (i < parameter.max_size_size()) {
        CHECK(parameter.max_size(i) > parameter.min_size(i) && parameter.max_size(i) < 1e9f)
            << "a max_size must be above its min_size";
        const int most = static_cast<int>(parameter.max_size(i));
        const float side = static_cast<float>(std::sqrt(static_cast<double>(least) * most));
        sizes_.push_back({side, side});
      }
      for (const float ratio : ratios) {
        sizes_.push_back({static_cast<float>(least) * std::sqrt(ratio), static_cast<float>(least) / std::sqrt(ratio)});
      }
    }
  }

  // Of each cell's boxes, in pixels.
  std::vector<Size> sizes_;
};

const CommunityLayer registered("PriorBox", &Make<PriorBoxLayer>);

}  // namespace
}  // namespace community
}  // namespace caffesharp
