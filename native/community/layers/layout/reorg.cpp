// Reorg of YOLO v2's ports: moves pixels between the image's axes and its channels, in the order of Darknet.
//
// Bottom: n x c x h x w. Top: n x c stride^2 x h / stride x w / stride; with reverse, n x c / stride^2 x h stride x
// w stride.
#include "community/community_layer.h"

namespace caffesharp {
namespace community {
namespace {

class ReorgLayer : public caffe::Layer<float> {
 public:
  explicit ReorgLayer(const caffe::LayerParameter& parameter) : caffe::Layer<float>(parameter) {}
  const char* type() const override { return "Reorg"; }
  int ExactNumBottomBlobs() const override { return 1; }
  int ExactNumTopBlobs() const override { return 1; }

  void LayerSetUp(const Blobs& bottom, const Blobs& top) override {
    CHECK(bottom[0] != top[0]) << type() << " cannot run in place";
    CHECK(layer_param_.reorg_param().stride() > 0 && layer_param_.reorg_param().stride() < kMostStride)
        << "reorg_param must have stride, from 1 to " << kMostStride - 1;
    stride_ = static_cast<int>(layer_param_.reorg_param().stride());
  }

  void Reshape(const Blobs& bottom, const Blobs& top) override {
    CHECK_EQ(bottom[0]->num_axes(), 4) << "the bottom must have the axes image, channel, row, column";
    const int images = bottom[0]->shape(0), channels = bottom[0]->shape(1), rows = bottom[0]->shape(2),
              columns = bottom[0]->shape(3), area = stride_ * stride_;
    CHECK_EQ(channels % area, 0) << channels << " channels are not a multiple of the square of the stride, " << area;
    if (layer_param_.reorg_param().reverse()) {
      top[0]->Reshape({images, channels / area, rows * stride_, columns * stride_});
      return;
    }
    CHECK(rows % stride_ == 0 && columns % stride_ == 0)
        << rows << " x " << columns << " is not a multiple of the stride, " << stride_;
    top[0]->Reshape({images, channels * area, rows / stride_, columns / stride_});
  }

 protected:
  void Forward_cpu(const Blobs& bottom, const Blobs& top) override {
    const float* const in = bottom[0]->cpu_data();
    float* const out = top[0]->mutable_cpu_data();
    EachPair(*bottom[0], [&](int from, int to) { out[to] = in[from]; });
  }

  void Backward_cpu(const Blobs& top, const std::vector<bool>& propagate_down, const Blobs& bottom) override {
    if (!propagate_down[0]) return;
    const float* const out = top[0]->cpu_diff();
    float* const in = bottom[0]->mutable_cpu_diff();
    EachPair(*bottom[0], [&](int from, int to) { in[from] = out[to]; });
  }

 private:
  static constexpr std::uint32_t kMostStride = 1 << 10;

  // Calls action with the place of each value in the bottom and in the top. Darknet walks over the values of the
  // bottom's shape, and without reverse reads in the order in which it writes with reverse.
  template <typename Action>
  void EachPair(const Blob& bottom, const Action& action) const {
    const bool is_reverse = layer_param_.reorg_param().reverse();
    const int channels = bottom.shape(1), rows = bottom.shape(2), columns = bottom.shape(3);
    const int wide_channels = channels / (stride_ * stride_), wide_columns = columns * stride_,
              wide_rows = rows * stride_;
    int place = 0;
    for (int image = 0; image < bottom.shape(0); ++image) {
      for (int channel = 0; channel < channels; ++channel) {
        const int part = channel / wide_channels;
        for (int row = 0; row < rows; ++row) {
          const int wide_row = row * stride_ + part / stride_;
          for (int column = 0; column < columns; ++column, ++place) {
            const int wide_column = column * stride_ + part % stride_;
            const int other =
                ((image * wide_channels + channel % wide_channels) * wide_rows + wide_row) * wide_columns + wide_column;
            if (is_reverse) {
              action(place, other);
            } else {
              action(other, place);
            }
          }
        }
      }
    }
  }

  int stride_ = 1;
};

const CommunityLayer registered("Reorg", &Make<ReorgLayer>);

}  // namespace
}  // namespace community
}  // namespace caffesharp
