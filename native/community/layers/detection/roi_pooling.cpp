// ROIPooling of Fast R-CNN: the largest value of each cell of a grid over each region.
//
// Bottoms: features (n x c x h x w), regions (r x 5: image index, x1, y1, x2, y2 in pixels of the image).
// Top: r x c x pooled_h x pooled_w.
#include <algorithm>
#include <cmath>

#include "community/community_layer.h"
#include "community/regions.h"

namespace caffesharp {
namespace community {
namespace {

class RoiPoolingLayer : public caffe::Layer<float> {
 public:
  explicit RoiPoolingLayer(const caffe::LayerParameter& parameter) : caffe::Layer<float>(parameter) {}
  const char* type() const override { return "ROIPooling"; }
  int ExactNumBottomBlobs() const override { return 2; }
  int ExactNumTopBlobs() const override { return 1; }
  bool AllowForceBackward(int bottom) const override { return bottom == 0; }

  void LayerSetUp(const Blobs&, const Blobs&) override {
    const caffe::ROIPoolingParameter& parameter = layer_param_.roi_pooling_param();
    CHECK_GT(parameter.pooled_h(), 0) << "pooled_h must be at least 1";
    CHECK_GT(parameter.pooled_w(), 0) << "pooled_w must be at least 1";
    pooled_height_ = static_cast<int>(parameter.pooled_h());
    pooled_width_ = static_cast<int>(parameter.pooled_w());
    scale_ = parameter.spatial_scale();
  }

  void Reshape(const Blobs& bottom, const Blobs& top) override {
    CheckRegions(*bottom[0], *bottom[1]);
    top[0]->Reshape({bottom[1]->shape(0), bottom[0]->shape(1), pooled_height_, pooled_width_});
    largest_.Reshape(top[0]->shape());
  }

 protected:
  void Forward_cpu(const Blobs& bottom, const Blobs& top) override {
    const int channels = bottom[0]->shape(1), height = bottom[0]->shape(2), width = bottom[0]->shape(3);
    float* out = top[0]->mutable_cpu_data();
    int* largest = largest_.mutable_cpu_data();
    for (int region = 0; region < bottom[1]->shape(0); ++region) {
      const float* const edges = bottom[1]->cpu_data() + region * 5;
      const float* in = bottom[0]->cpu_data() + bottom[0]->offset(ImageOf(edges, bottom[0]->shape(0)));
      const int left = Cell(edges[1]), top_row = Cell(edges[2]);
      // A region has at least one cell.
      const float bin_height =
          static_cast<float>(std::max(Cell(edges[4]) - top_row + 1, 1)) / static_cast<float>(pooled_height_);
      const float bin_width =
          static_cast<float>(std::max(Cell(edges[3]) - left + 1, 1)) / static_cast<float>(pooled_width_);
      for (int channel = 0; channel < channels; ++channel, in += height * width) {
        for (int y = 0; y < pooled_height_; ++y) {
          const Interval rows = Bin(y, bin_height, top_row, height);
          for (int x = 0; x < pooled_width_; ++x, ++out, ++largest) {
            const Interval columns = Bin(x, bin_width, left, width);
            *largest = -1;
            *out = rows.IsEmpty() || columns.IsEmpty() ? 0.0f : -std::numeric_limits<float>::max();
            for (int row = rows.begin; row < rows.end; ++row) {
              for (int column = columns.begin; column < columns.end; ++column) {
                const int index = row * width + column;
                if (in[index] > *out) {
                  *out = in[index];
                  *largest = index;
                }
              }
            }
          }
        }
      }
    }
  }

  void Backward_cpu(const Blobs& top, const std::vector<bool>& propagate_down, const Blobs& bottom) override {
    CHECK(!propagate_down[1]) << type() << " has no gradient for its regions";
    if (!propagate_down[0]) return;
    float* const in = bottom[0]->mutable_cpu_diff();
    std::fill_n(in, bottom[0]->count(), 0.0f);
    const int cells = pooled_height_ * pooled_width_, channels = bottom[0]->shape(1);
    const float* out = top[0]->cpu_diff();
    const int* largest = largest_.cpu_data();
    for (int region = 0; region < top[0]->shape(0); ++region) {
      float* of_channel = in + bottom[0]->offset(ImageOf(bottom[1]->cpu_data() + region * 5, bottom[0]->shape(0)));
      for (int channel = 0; channel < channels; ++channel, of_channel += bottom[0]->count(2)) {
        for (int cell = 0; cell < cells; ++cell, ++out, ++largest) {
          if (*largest >= 0) of_channel[*largest] += *out;
        }
      }
    }
  }

 private:
  int Cell(float pixel) const { return ToInt(std::round(pixel * scale_)); }

  static Interval Bin(int index, float size, int begin, int length) {
    return Clipped(std::floor(static_cast<float>(index) * size) + static_cast<float>(begin),
                   std::ceil(static_cast<float>(index + 1) * size) + static_cast<float>(begin), length);
  }

  int pooled_height_ = 0;
  int pooled_width_ = 0;
  float scale_ = 1;
  // For each value of the top its place in its channel; -1 for an empty cell.
  caffe::Blob<int> largest_;
};

const CommunityLayer registered("ROIPooling", &Make<RoiPoolingLayer>);

}  // namespace
}  // namespace community
}  // namespace caffesharp
