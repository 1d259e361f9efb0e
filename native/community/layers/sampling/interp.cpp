// Interp of DeepLab, PSPNet and ICNet: bilinear resizing in which the corner cells of bottom and top coincide.
//
// The size of the top is, in this order: by shrink_factor alone, by zoom_factor alone, height and width, or both
// factors.
#include <algorithm>

#include "community/community_layer.h"

namespace caffesharp {
namespace community {
namespace {

class InterpLayer : public caffe::Layer<float> {
 public:
  explicit InterpLayer(const caffe::LayerParameter& parameter) : caffe::Layer<float>(parameter) {}
  const char* type() const override { return "Interp"; }
  // ICNet's second bottom gives the size.
  int MinBottomBlobs() const override { return 1; }
  int MaxBottomBlobs() const override { return 2; }
  int ExactNumTopBlobs() const override { return 1; }
  bool AllowForceBackward(int bottom) const override { return bottom == 0; }

  void LayerSetUp(const Blobs&, const Blobs&) override {
    const caffe::InterpParameter& parameter = layer_param_.interp_param();
    CHECK(parameter.pad_beg() <= 0 && parameter.pad_end() <= 0)
        << "pad_beg and pad_end must be 0 or negative: cells that are left out";
    CHECK(parameter.pad_beg() > -kMost && parameter.pad_end() > -kMost)
        << "pad_beg and pad_end must be above " << -kMost;
    CHECK_GE(parameter.shrink_factor(), 1) << "shrink_factor must be at least 1";
    CHECK(parameter.zoom_factor() >= 1 && parameter.zoom_factor() < kMost)
        << "zoom_factor must be from 1 to " << kMost - 1;
  }

  void Reshape(const Blobs& bottom, const Blobs& top) override {
    CHECK_EQ(bottom[0]->num_axes(), 4) << "the bottom must have the axes image, channel, row, column";
    const caffe::InterpParameter& parameter = layer_param_.interp_param();
    rows_ = bottom[0]->shape(2) + parameter.pad_beg() + parameter.pad_end();
    columns_ = bottom[0]->shape(3) + parameter.pad_beg() + parameter.pad_end();
    CHECK(rows_ > 0 && columns_ > 0) << "pad_beg and pad_end leave no cell of " << bottom[0]->shape_string();
    int height = rows_, width = columns_;
    if (bottom.size() == 2) {
      CHECK_EQ(bottom[1]->num_axes(), 4)
          << "the bottom that gives the size must have the axes image, channel, row, column";
      height = bottom[1]->shape(2);
      width = bottom[1]->shape(3);
    } else if (parameter.has_shrink_factor() != parameter.has_zoom_factor()) {
      height = Scaled(rows_);
      width = Scaled(columns_);
    } else if (parameter.has_height() && parameter.has_width()) {
      height = parameter.height();
      width = parameter.width();
    } else {
      CHECK(parameter.has_shrink_factor()) << "interp_param must have shrink_factor, zoom_factor, or height and width";
      height = Scaled(rows_);
      width = Scaled(columns_);
    }
    CHECK(height > 0 && width > 0) << "height and width must be at least 1";
    top[0]->Reshape({bottom[0]->shape(0), bottom[0]->shape(1), height, width});
  }

 protected:
  void Forward_cpu(const Blobs& bottom, const Blobs& top) override {
    const float* const in = bottom[0]->cpu_data();
    float* const out = top[0]->mutable_cpu_data();
    EachCell(*bottom[0], *top[0], [&](int to, int from, int right, int below, float x, float y) {
      out[to] = (1 - y) * ((1 - x) * in[from] + x * in[from + right]) +
                y * ((1 - x) * in[from + below] + x * in[from + below + right]);
    });
  }

  void Backward_cpu(const Blobs& top, const std::vector<bool>& propagate_down, const Blobs& bottom) override {
    if (!propagate_down[0]) return;
    const float* const out = top[0]->cpu_diff();
    float* const in = bottom[0]->mutable_cpu_diff();
    std::fill_n(in, bottom[0]->count(), 0.0f);
    EachCell(*bottom[0], *top[0], [&](int to, int from, int right, int below, float x, float y) {
      in[from] += (1 - y) * (1 - x) * out[to];
      in[from + right] += (1 - y) * x * out[to];
      in[from + below] += y * (1 - x) * out[to];
      in[from + below + right] += y * x * out[to];
    });
  }

 private:
  static constexpr int kMost = 1 << 15;

  int Scaled(int length) const {
    const caffe::InterpParameter& parameter = layer_param_.interp_param();
    const int shrunk = (length - 1) / parameter.shrink_factor() + 1;
    const std::int64_t zoomed = shrunk + static_cast<std::int64_t>(shrunk - 1) * (parameter.zoom_factor() - 1);
    CHECK_LT(zoomed, std::int64_t{1} << 31) << "the output would have " << zoomed << " cells along an axis";
    return static_cast<int>(zoomed);
  }

  // Calls action with the place of each value in the top, the place of the upper left of its four cells in the bottom,
  // the steps to the right and lower one, and the shares of those.
  template <typename Action>
  void EachCell(const Blob& bottom, const Blob& top, const Action& action) const {
    const int width = bottom.shape(3), cut = -layer_param_.interp_param().pad_beg();
    const int height_out = top.shape(2), width_out = top.shape(3);
    const bool is_copy = rows_ == height_out && columns_ == width_out;
    const float step_y = height_out > 1 ? static_cast<float>(rows_ - 1) / static_cast<float>(height_out - 1) : 0.0f;
    const float step_x = width_out > 1 ? static_cast<float>(columns_ - 1) / static_cast<float>(width_out - 1) : 0.0f;
    int to = 0;
    for (int plane = 0; plane < bottom.count(0, 2); ++plane) {
      const int origin = plane * bottom.count(2) + cut * width + cut;
      for (int y = 0; y < height_out; ++y) {
        const float row = is_copy ? static_cast<float>(y) : step_y * static_cast<float>(y);
        const int upper = std::min(static_cast<int>(row), rows_ - 1);
        for (int x = 0; x < width_out; ++x, ++to) {
          const float column = is_copy ? static_cast<float>(x) : step_x * static_cast<float>(x);
          const int left = std::min(static_cast<int>(column), columns_ - 1);
          action(to, origin + upper * width + left, left < columns_ - 1 ? 1 : 0, upper < rows_ - 1 ? width : 0,
                 column - static_cast<float>(left), row - static_cast<float>(upper));
        }
      }
    }
  }

  // The bottom without the cells that are left out.
  int rows_ = 0;
  int columns_ = 0;
};

const CommunityLayer registered("Interp", &Make<InterpLayer>);

}  // namespace
}  // namespace community
}  // namespace caffesharp
