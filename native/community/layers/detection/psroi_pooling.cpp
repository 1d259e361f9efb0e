// PSROIPooling of R-FCN: the mean of each cell of a grid over each region, each cell from its own channels.
//
// Bottoms: features (n x output_dim * group_size^2 x h x w), regions (r x 5: image index, x1, y1, x2, y2 in pixels of
// the image). Top: r x output_dim x group_size x group_size.
#include <algorithm>
#include <cmath>

#include "community/community_layer.h"
#include "community/regions.h"

namespace caffesharp {
namespace community {
namespace {

class PsroiPoolingLayer : public caffe::Layer<float> {
 public:
  explicit PsroiPoolingLayer(const caffe::LayerParameter& parameter) : caffe::Layer<float>(parameter) {}
  const char* type() const override { return "PSROIPooling"; }
  int ExactNumBottomBlobs() const override { return 2; }
  int ExactNumTopBlobs() const override { return 1; }
  bool AllowForceBackward(int bottom) const override { return bottom == 0; }

  void LayerSetUp(const Blobs&, const Blobs&) override {
    const caffe::PSROIPoolingParameter& parameter = layer_param_.psroi_pooling_param();
    CHECK_GT(parameter.output_dim(), 0) << "output_dim must be at least 1";
    CHECK_GT(parameter.group_size(), 0) << "group_size must be at least 1";
    CHECK_LE(parameter.group_size(), kMostCells) << "group_size must be at most " << kMostCells;
    channels_ = parameter.output_dim();
    cells_ = parameter.group_size();
    scale_ = parameter.spatial_scale();
  }

  void Reshape(const Blobs& bottom, const Blobs& top) override {
    CheckRegions(*bottom[0], *bottom[1]);
    CHECK_EQ(bottom[0]->shape(1) / (cells_ * cells_), channels_)
        << "the features have " << bottom[0]->shape(1) << " channels; output_dim " << channels_ << " and group_size "
        << cells_ << " require their product with the square";
    CHECK_EQ(bottom[0]->shape(1) % (cells_ * cells_), 0)
        << "the number of channels is not a multiple of the square of group_size";
    top[0]->Reshape({bottom[1]->shape(0), channels_, cells_, cells_});
  }

 protected:
  void Forward_cpu(const Blobs& bottom, const Blobs& top) override {
    float* const out = top[0]->mutable_cpu_data();
    const float* const in = bottom[0]->cpu_data();
    EachCell(bottom, [&](int index, int channel_offset, Interval rows, Interval columns) {
      float sum = 0;
      EachPlace(rows, columns, bottom[0]->shape(3), [&](int place) { sum += in[channel_offset + place]; });
      out[index] = rows.IsEmpty() || columns.IsEmpty() ? 0.0f : sum / Area(rows, columns);
    });
  }

  void Backward_cpu(const Blobs& top, const std::vector<bool>& propagate_down, const Blobs& bottom) override {
    CHECK(!propagate_down[1]) << type() << " has no gradient for its regions";
    if (!propagate_down[0]) return;
    const float* const out = top[0]->cpu_diff();
    float* const in = bottom[0]->mutable_cpu_diff();
    std::fill_n(in, bottom[0]->count(), 0.0f);
    EachCell(bottom, [&](int index, int channel_offset, Interval rows, Interval columns) {
      const float share = rows.IsEmpty() || columns.IsEmpty() ? 0.0f : out[index] / Area(rows, columns);
      EachPlace(rows, columns, bottom[0]->shape(3), [&](int place) { in[channel_offset + place] += share; });
    });
  }

 private:
  // Its square times output_dim is a number of channels.
  static constexpr int kMostCells = 1000;

  static float Area(Interval rows, Interval columns) { return static_cast<float>(rows.length() * columns.length()); }

  template <typename Action>
  static void EachPlace(Interval rows, Interval columns, int width, const Action& action) {
    for (int row = rows.begin; row < rows.end; ++row) {
      for (int column = columns.begin; column < columns.end; ++column) action(row * width + column);
    }
  }

  // Calls action with the index of each value of the top, the offset of its channel in the features, and its cell.
  template <typename Action>
  void EachCell(const Blobs& bottom, const Action& action) const {
    const int height = bottom[0]->shape(2), width = bottom[0]->shape(3);
    int index = 0;
    for (int region = 0; region < bottom[1]->shape(0); ++region) {
      const float* const edges = bottom[1]->cpu_data() + region * 5;
      const int image = ImageOf(edges, bottom[0]->shape(0));
      const float left = std::round(edges[1]) * scale_, top = std::round(edges[2]) * scale_;
      // The fork adds and compares in double precision.
      const float right = static_cast<float>(std::round(edges[3]) + 1.0) * scale_;
      const float bottom_edge = static_cast<float>(std::round(edges[4]) + 1.0) * scale_;
      const float bin_width =
          static_cast<float>(std::max(static_cast<double>(right - left), 0.1)) / static_cast<float>(cells_);
      const float bin_height =
          static_cast<float>(std::max(static_cast<double>(bottom_edge - top), 0.1)) / static_cast<float>(cells_);
      for (int channel = 0; channel < channels_; ++channel) {
        for (int y = 0; y < cells_; ++y) {
          const Interval rows = Bin(y, bin_height, top, height);
          for (int x = 0; x < cells_; ++x, ++index) {
            const int from = (channel * cells_ + y) * cells_ + x;
            action(index, bottom[0]->offset(image, from), rows, Bin(x, bin_width, left, width));
          }
        }
      }
    }
  }

  static Interval Bin(int index, float size, float begin, int length) {
    return Clipped(std::floor(static_cast<float>(index) * size + begin),
                   std::ceil(static_cast<float>(index + 1) * size + begin), length);
  }

  int channels_ = 0;
  int cells_ = 0;
  float scale_ = 1;
};

const CommunityLayer registered("PSROIPooling", &Make<PsroiPoolingLayer>);

}  // namespace
}  // namespace community
}  // namespace caffesharp
