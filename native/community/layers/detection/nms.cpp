// Nms of OpenPose, as its CUDA kernels compute it: the peaks of each part's map.
//
// Bottom: n x c x h x w. Top: n x num_parts x (max_peaks + 1) x 3: the number of peaks, 0, 0, then x, y and score per
// peak, by rows. Values behind the last peak are 0.
#include <algorithm>
#include <cmath>

#include "community/community_layer.h"

namespace caffesharp {
namespace community {
namespace {

class NmsLayer : public caffe::Layer<float> {
 public:
  explicit NmsLayer(const caffe::LayerParameter& parameter) : caffe::Layer<float>(parameter) {}
  const char* type() const override { return "Nms"; }
  int ExactNumBottomBlobs() const override { return 1; }
  int ExactNumTopBlobs() const override { return 1; }
  bool AllowForceBackward(int) const override { return false; }

  void Reshape(const Blobs& bottom, const Blobs& top) override {
    const caffe::NmsParameter& parameter = layer_param_.nms_param();
    CHECK_EQ(bottom[0]->num_axes(), 4) << "the bottom must have the axes image, channel, row, column";
    CHECK(parameter.max_peaks() > 0 && parameter.max_peaks() < kMostPeaks)
        << "max_peaks must be from 1 to " << kMostPeaks - 1;
    CHECK(parameter.num_parts() > 0 && static_cast<int>(parameter.num_parts()) <= bottom[0]->shape(1))
        << "num_parts is " << parameter.num_parts() << "; the bottom has " << bottom[0]->shape(1) << " channels";
    top[0]->Reshape(
        {bottom[0]->shape(0), static_cast<int>(parameter.num_parts()), static_cast<int>(parameter.max_peaks()) + 1, 3});
  }

 protected:
  void Forward_cpu(const Blobs& bottom, const Blobs& top) override {
    std::fill_n(top[0]->mutable_cpu_data(), top[0]->count(), 0.0f);
    for (int image = 0; image < top[0]->shape(0); ++image) {
      for (int part = 0; part < top[0]->shape(1); ++part) {
        // The fork counts the maps of an image by parts, so that of the first image alone it takes the first channels.
        const int map = image * top[0]->shape(1) + part;
        Peaks({bottom[0]->cpu_data() + map * bottom[0]->count(2), bottom[0]->shape(2), bottom[0]->shape(3)},
              top[0]->mutable_cpu_data() + map * top[0]->count(2));
      }
    }
  }

  void Backward_cpu(const Blobs&, const std::vector<bool>& propagate_down, const Blobs&) override {
    CHECK(!propagate_down[0]) << type() << " has no gradient";
  }

 private:
  static constexpr std::uint32_t kMostPeaks = 1 << 20;

  struct Map {
    const float* values;
    int rows;
    int columns;
    float At(int x, int y) const { return values[y * columns + x]; }
  };

  static bool IsPeak(const Map& map, int x, int y) {
    for (int dy = -1; dy <= 1; ++dy) {
      for (int dx = -1; dx <= 1; ++dx) {
        if ((dx != 0 || dy != 0) && !(map.At(x, y) > map.At(x + dx, y + dy))) return false;
      }
    }
    return true;
  }

  void Peaks(const Map& map, float* out) const {
    const caffe::NmsParameter& parameter = layer_param_.nms_param();
    std::uint32_t count = 0;
    for (int y = 1; y < map.rows - 1; ++y) {
      for (int x = 1; x < map.columns - 1; ++x) {
        if (!(map.At(x, y) > parameter.threshold()) || !IsPeak(map, x, y)) continue;
        if (count < parameter.max_peaks()) Refine(map, x, y, out + 3 * (count + 1));
        ++count;
      }
    }
    // The fork counts the peaks that it drops, too.
    out[0] = static_cast<float>(count);
  }

  // The mean position around a peak, weighted by the positive values, and the peak's value.
  static void Refine(const Map& map, int x, int y, float* peak) {
    constexpr int kReach = 3;
    float sum_x = 0, sum_y = 0, sum = 0;
    for (int row = std::max(y - kReach, 1); row <= std::min(y + kReach, map.rows - 1); ++row) {
      for (int column = std::max(x - kReach, 1); column <= std::min(x + kReach, map.columns - 1); ++column) {
        const float value = map.At(column, row);
        if (!(value > 0)) continue;
        sum_x += static_cast<float>(column) * value;
        sum_y += static_cast<float>(row) * value;
        sum += value;
      }
    }
    peak[0] = sum_x / sum;
    peak[1] = sum_y / sum;
    peak[2] = map.At(x, y);
  }
};

const CommunityLayer registered("Nms", &Make<NmsLayer>);

}  // namespace
}  // namespace community
}  // namespace caffesharp
