// ImResize of OpenPose, as its CUDA kernel computes it: enlarges maps by cubic interpolation and averages scales.
//
// Bottom: n x c x h x w, the same image at n scales. Top: 1 x c x height x width.
#include <algorithm>
#include <array>
#include <cmath>

#include "community/community_layer.h"

namespace caffesharp {
namespace community {
namespace {

float Cubic(const std::array<float, 4>& v, float x) {
  return (-0.5f * v[0] + 1.5f * v[1] - 1.5f * v[2] + 0.5f * v[3]) * x * x * x +
         (v[0] - 2.5f * v[1] + 2.0f * v[2] - 0.5f * v[3]) * x * x + (-0.5f * v[0] + 0.5f * v[2]) * x + v[1];
}

// Four neighbors of a point on one axis, and its distance from the second.
struct Neighbors {
  std::array<int, 4> places;
  float distance;
};

// The neighbors of a point of the enlarged axis, in an axis without its margins of that length.
Neighbors NeighborsOf(int point, int target, int length, int margin) {
  const int inner = length - 2 * margin;
  const float scale = static_cast<float>(inner) / static_cast<float>(target);
  const float offset = static_cast<float>(static_cast<float>(target) / static_cast<float>(inner) / 2 - 0.5);
  const float place = (static_cast<float>(point) - offset) * scale;
  const int second = std::max(static_cast<int>(place + 1e-5f), 0);
  const int third = std::min(second + 1, inner - 1);
  return {{std::max(second - 1, 0) + margin, second + margin, third + margin, std::min(third + 1, inner - 1) + margin},
          place - static_cast<float>(second)};
}

class ImResizeLayer : public caffe::Layer<float> {
 public:
  explicit ImResizeLayer(const caffe::LayerParameter& parameter) : caffe::Layer<float>(parameter) {}
  const char* type() const override { return "ImResize"; }
  int ExactNumBottomBlobs() const override { return 1; }
  int ExactNumTopBlobs() const override { return 1; }
  bool AllowForceBackward(int) const override { return false; }

  void Reshape(const Blobs& bottom, const Blobs& top) override {
    const caffe::ImResizeParameter& parameter = layer_param_.imresize_param();
    CHECK_EQ(bottom[0]->num_axes(), 4) << "the bottom must have the axes image, channel, row, column";
    const auto target = [&](int length, std::uint32_t fixed) {
      const double size =
          parameter.factor() != 0 ? std::floor(static_cast<double>(length) * parameter.factor()) : fixed;
      CHECK(size >= 1 && size < kMostSide) << "the top would have a side of " << size << " pixels";
      return static_cast<int>(size);
    };
    height_ = target(bottom[0]->shape(2), parameter.target_spatial_height());
    width_ = target(bottom[0]->shape(3), parameter.target_spatial_width());
    for (int image = 0; image < bottom[0]->shape(0); ++image) {
      for (const int axis : {2, 3}) {
        const int length = bottom[0]->shape(axis), margin = Margin(length, image);
        CHECK(margin >= 0 && 2 * margin < length)
            << "start_scale and scale_gap give image " << image << " a margin of " << margin << " of " << length;
      }
    }
    top[0]->Reshape({1, bottom[0]->shape(1), height_, width_});
  }

 protected:
  void Forward_cpu(const Blobs& bottom, const Blobs& top) override {
    const int images = bottom[0]->shape(0), rows = bottom[0]->shape(2), columns = bottom[0]->shape(3);
    float* const out = top[0]->mutable_cpu_data();
    std::fill_n(out, top[0]->count(), 0.0f);
    for (int image = 0; image < images; ++image) {
      std::vector<Neighbors> across;
      for (int x = 0; x < width_; ++x) across.push_back(NeighborsOf(x, width_, columns, Margin(columns, image)));
      for (int y = 0; y < height_; ++y) {
        const Neighbors down = NeighborsOf(y, height_, rows, Margin(rows, image));
        for (int channel = 0; channel < bottom[0]->shape(1); ++channel) {
          const float* const in = bottom[0]->cpu_data() + bottom[0]->offset(image, channel);
          float* const line = out + (channel * height_ + y) * width_;
          for (int x = 0; x < width_; ++x) {
            std::array<float, 4> values;
            for (std::size_t i = 0; i < 4; ++i) {
              const float* const row = in + down.places[i] * columns;
              const std::array<int, 4>& at = across[static_cast<std::size_t>(x)].places;
              values[i] =
                  Cubic({row[at[0]], row[at[1]], row[at[2]], row[at[3]]}, across[static_cast<std::size_t>(x)].distance);
            }
            line[x] += Cubic(values, down.distance);
          }
        }
      }
    }
    for (int i = 0; i < top[0]->count(); ++i) out[i] /= static_cast<float>(images);
  }

  void Backward_cpu(const Blobs&, const std::vector<bool>& propagate_down, const Blobs&) override {
    CHECK(!propagate_down[0]) << type() << " has no gradient";
  }

 private:
  static constexpr double kMostSide = 1 << 15;

  // What an image of that place in the batch leaves free at each end of an axis.
  int Margin(int length, int image) const {
    const caffe::ImResizeParameter& parameter = layer_param_.imresize_param();
    const float share = 1 - parameter.start_scale() + static_cast<float>(image) * parameter.scale_gap();
    return static_cast<int>(std::floor(static_cast<float>(length / 2) * std::min(std::max(share, -1.0f), 2.0f)));
  }

  int height_ = 0;
  int width_ = 0;
};

const CommunityLayer registered("ImResize", &Make<ImResizeLayer>);

}  // namespace
}  // namespace community
}  // namespace caffesharp
