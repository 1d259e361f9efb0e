// ShuffleChannel of ShuffleNet: the channels as a matrix of group rows, transposed.
#include <algorithm>

#include "community/community_layer.h"

namespace caffesharp {
namespace community {
namespace {

class ShuffleChannelLayer : public caffe::Layer<float> {
 public:
  explicit ShuffleChannelLayer(const caffe::LayerParameter& parameter) : caffe::Layer<float>(parameter) {}
  const char* type() const override { return "ShuffleChannel"; }
  int ExactNumBottomBlobs() const override { return 1; }
  int ExactNumTopBlobs() const override { return 1; }

  void Reshape(const Blobs& bottom, const Blobs& top) override {
    CHECK_NE(top[0], bottom[0]) << type() << " cannot write over its bottom; give its top another name";
    CHECK_GE(bottom[0]->num_axes(), 2) << "the bottom must have at least the axes image, channel";
    const std::uint32_t group = layer_param_.shuffle_channel_param().group();
    CHECK_GT(group, 0) << "group must be at least 1";
    CHECK_EQ(static_cast<std::uint32_t>(bottom[0]->shape(1)) % group, 0)
        << bottom[0]->shape(1) << " channels cannot be divided into " << group << " groups";
    groups_ = static_cast<int>(group);
    top[0]->ReshapeLike(*bottom[0]);
  }

 protected:
  void Forward_cpu(const Blobs& bottom, const Blobs& top) override {
    Shuffle(*bottom[0], bottom[0]->cpu_data(), groups_, top[0]->mutable_cpu_data());
  }

  void Backward_cpu(const Blobs& top, const std::vector<bool>& propagate_down, const Blobs& bottom) override {
    if (!propagate_down[0]) return;
    Shuffle(*top[0], top[0]->cpu_diff(), top[0]->shape(1) / groups_, bottom[0]->mutable_cpu_diff());
  }

 private:
  static void Shuffle(const Blob& shape, const float* in, int rows, float* out) {
    const int columns = shape.shape(1) / rows, places = shape.count(2);
    for (int image = 0; image < shape.shape(0); ++image, in += shape.count(1), out += shape.count(1)) {
      for (int row = 0; row < rows; ++row) {
        for (int column = 0; column < columns; ++column) {
          std::copy_n(in + (row * columns + column) * places, places, out + (column * rows + row) * places);
        }
      }
    }
  }

  int groups_ = 1;
};

const CommunityLayer registered("ShuffleChannel", &Make<ShuffleChannelLayer>);

}  // namespace
}  // namespace community
}  // namespace caffesharp
