// The proposals of Faster R-CNN's region proposal network: anchors around each cell of a feature map, moved and resized
// by the predicted offsets, clipped to the image, without those that are small or overlap one of a higher score.
//
// Bottoms: scores (1 x 2A x h x w: A of background, then A of objects), offsets (1 x 4A x h x w), image information
// (1 x 3: height, width and scale of the image). Tops: proposals (r x 5: image index 0, x1, y1, x2, y2 in pixels), and
// if asked for, their scores (r x 1). There may be no proposal: r is 0 then.
#include <algorithm>
#include <cmath>
#include <numeric>

#include "community/community_layer.h"
#include "community/python_parameters.h"
#include "community/regions.h"

namespace caffesharp {
namespace community {
namespace {

struct Region {
  float left, top, right, bottom;
  float Width() const { return right - left + 1; }
  float Height() const { return bottom - top + 1; }
};

// The intersection of two regions over their union.
float Overlap(const Region& a, const Region& b) {
  const Region common{std::max(a.left, b.left), std::max(a.top, b.top), std::min(a.right, b.right),
                      std::min(a.bottom, b.bottom)};
  const float area = std::max(common.Width(), 0.0f) * std::max(common.Height(), 0.0f);
  return area / (a.Width() * a.Height() + b.Width() * b.Height() - area);
}

struct ProposalOptions {
  int stride = 16;
  int base_size = 16;
  float least_side = 16;
  std::vector<float> ratios = {0.5f, 1, 2};
  std::vector<float> scales = {8, 16, 32};
  std::size_t most_before = 6000;
  std::size_t most_after = 300;
  float overlap = 0.7f;
};

// Python's round: a half goes to the even number.
double RoundHalfToEven(double value) { return std::nearbyint(value); }

// Each ratio of each scale of a square with the corner (0, 0). A ratio is height to width and keeps the area.
std::vector<Region> AnchorsOf(const ProposalOptions& options) {
  std::vector<Region> anchors;
  const double center = 0.5 * (options.base_size - 1);
  for (const float ratio : options.ratios) {
    const double area = static_cast<double>(options.base_size) * options.base_size;
    const double width = RoundHalfToEven(std::sqrt(area / ratio));
    const double height = RoundHalfToEven(width * ratio);
    for (const float scale : options.scales) {
      const double half_width = 0.5 * (width * scale - 1), half_height = 0.5 * (height * scale - 1);
      anchors.push_back({static_cast<float>(center - half_width), static_cast<float>(center - half_height),
                         static_cast<float>(center + half_width), static_cast<float>(center + half_height)});
    }
  }
  return anchors;
}

class ProposalLayer : public caffe::Layer<float> {
 public:
  explicit ProposalLayer(const caffe::LayerParameter& parameter) : caffe::Layer<float>(parameter) {}
  const char* type() const override { return layer_param_.type().c_str(); }
  int ExactNumBottomBlobs() const override { return 3; }
  int MinTopBlobs() const override { return 1; }
  int MaxTopBlobs() const override { return 2; }
  bool AllowForceBackward(int) const override { return false; }

  void LayerSetUp(const Blobs&, const Blobs&) override {
    options_ = Options();
    CHECK(options_.stride > 0 && options_.stride < kMostStride) << "feat_stride must be from 1 to " << kMostStride - 1;
    CHECK(options_.base_size > 0 && options_.base_size < kMostStride)
        << "base_size must be from 1 to " << kMostStride - 1;
    for (const float ratio : options_.ratios) CHECK(ratio > 0 && ratio < 1e6f) << "a ratio must be above 0";
    for (const float scale : options_.scales) CHECK(scale > 0 && scale < 1e6f) << "a scale must be above 0";
    anchors_ = AnchorsOf(options_);
    CHECK(!anchors_.empty()) << "there must be a scale and a ratio";
  }

  void Reshape(const Blobs& bottom, const Blobs& top) override {
    const int anchors = static_cast<int>(anchors_.size());
    CHECK_EQ(bottom[0]->num_axes(), 4) << "the scores must have the axes image, channel, row, column";
    CHECK_EQ(bottom[0]->shape(0), 1) << type() << " takes one image at a time";
    CHECK_EQ(bottom[0]->shape(1), 2 * anchors)
        << "the scores must have two channels for each of the " << anchors << " anchors";
    CHECK(bottom[1]->shape() == std::vector<int>({1, 4 * anchors, bottom[0]->shape(2), bottom[0]->shape(3)}))
        << "the offsets must have four channels for each of the " << anchors << " anchors, and the scores' size; they "
        << "are " << bottom[1]->shape_string();
    CHECK_GE(bottom[2]->count(), 3) << "the image information must have three values: height, width, scale";
    // Forward sets the number of proposals.
    top[0]->Reshape({1, 5});
    if (top.size() > 1) top[1]->Reshape({1, 1});
  }

 protected:
  void Forward_cpu(const Blobs& bottom, const Blobs& top) override {
    std::vector<Region> regions;
    std::vector<float> scores;
    Decode(bottom, &regions, &scores);
    const std::vector<int> kept = Suppress(regions, scores);
    const int count = static_cast<int>(kept.size());
    top[0]->Reshape({count, 5});
    float* out = top[0]->mutable_cpu_data();
    for (const int index : kept) {
      const Region& region = regions[static_cast<std::size_t>(index)];
      for (const float value : {0.0f, region.left, region.top, region.right, region.bottom}) *out++ = value;
    }
    if (top.size() == 1) return;
    top[1]->Reshape({count, 1});
    std::transform(kept.begin(), kept.end(), top[1]->mutable_cpu_data(),
                   [&](int index) { return scores[static_cast<std::size_t>(index)]; });
  }

  void Backward_cpu(const Blobs&, const std::vector<bool>& propagate_down, const Blobs&) override {
    CHECK(std::none_of(propagate_down.begin(), propagate_down.end(), [](bool has_gradient) { return has_gradient; }))
        << type() << " has no gradient";
  }

 private:
  static constexpr int kMostStride = 1 << 16;

  ProposalOptions Options() const {
    ProposalOptions options;
    if (phase_ == caffe::TRAIN) {
      options.most_before = 12000;
      options.most_after = 2000;
    }
    if (layer_param_.type() == "Proposal") {
      const caffe::ProposalParameter& parameter = layer_param_.proposal_param();
      options.stride = ToInt(static_cast<float>(parameter.feat_stride()));
      options.base_size = ToInt(static_cast<float>(parameter.base_size()));
      options.least_side = static_cast<float>(parameter.min_size());
      options.most_before = parameter.pre_nms_topn();
      options.most_after = parameter.post_nms_topn();
      options.overlap = parameter.nms_thresh();
      if (parameter.ratio_size() > 0) options.ratios.assign(parameter.ratio().begin(), parameter.ratio().end());
      if (parameter.scale_size() > 0) options.scales.assign(parameter.scale().begin(), parameter.scale().end());
      return options;
    }
    const auto parameters = ReadPythonParameters(layer_param_.python_param().param_str());
    CHECK(parameters.count("feat_stride") == 1 && parameters.at("feat_stride").size() == 1)
        << "param_str must have feat_stride, for example \"'feat_stride': 16\"";
    options.stride = ToInt(parameters.at("feat_stride")[0]);
    if (parameters.count("scales") == 1) options.scales = parameters.at("scales");
    if (parameters.count("ratios") == 1) options.ratios = parameters.at("ratios");
    return options;
  }

  // The proposals of sufficient size, by row, column and anchor.
  void Decode(const Blobs& bottom, std::vector<Region>* regions, std::vector<float>* scores) const {
    const int anchors = static_cast<int>(anchors_.size()), rows = bottom[0]->shape(2), columns = bottom[0]->shape(3);
    const int cells = rows * columns;
    const float* const objects = bottom[0]->cpu_data() + anchors * cells;
    const float* const offsets = bottom[1]->cpu_data();
    const float* const image = bottom[2]->cpu_data();
    const float bottom_most = image[0] - 1, right_most = image[1] - 1, least = options_.least_side * image[2];
    const auto clip = [](float edge, float most) { return std::max(std::min(edge, most), 0.0f); };
    for (int cell = 0; cell < cells; ++cell) {
      const float x = static_cast<float>(cell % columns) * static_cast<float>(options_.stride);
      const float y = static_cast<float>(cell / columns) * static_cast<float>(options_.stride);
      for (int a = 0; a < anchors; ++a) {
        const Region& anchor = anchors_[static_cast<std::size_t>(a)];
        const Region start{anchor.left + x, anchor.top + y, anchor.right + x, anchor.bottom + y};
        const float* const offset = offsets + 4 * a * cells + cell;
        const float width = std::exp(offset[2 * cells]) * start.Width();
        const float height = std::exp(offset[3 * cells]) * start.Height();
        const float center_x = offset[0] * start.Width() + (start.left + 0.5f * start.Width());
        const float center_y = offset[cells] * start.Height() + (start.top + 0.5f * start.Height());
        const Region region{clip(center_x - 0.5f * width, right_most), clip(center_y - 0.5f * height, bottom_most),
                            clip(center_x + 0.5f * width, right_most), clip(center_y + 0.5f * height, bottom_most)};
        if (!(region.Width() >= least && region.Height() >= least)) continue;
        regions->push_back(region);
        scores->push_back(objects[a * cells + cell]);
      }
    }
  }

  // The indices of the proposals that stay, in falling score.
  std::vector<int> Suppress(const std::vector<Region>& regions, const std::vector<float>& scores) const {
    std::vector<int> order(regions.size());
    std::iota(order.begin(), order.end(), 0);
    const auto score = [&](int index) {
      const float value = scores[static_cast<std::size_t>(index)];
      return value == value ? value : -std::numeric_limits<float>::infinity();
    };
    std::stable_sort(order.begin(), order.end(), [&](int a, int b) { return score(a) > score(b); });
    if (options_.most_before > 0 && order.size() > options_.most_before) order.resize(options_.most_before);
    std::vector<int> kept;
    for (const int index : order) {
      if (options_.most_after > 0 && kept.size() == options_.most_after) break;
      const Region& region = regions[static_cast<std::size_t>(index)];
      if (std::all_of(kept.begin(), kept.end(), [&](int other) {
            return Overlap(region, regions[static_cast<std::size_t>(other)]) <= options_.overlap;
          })) {
        kept.push_back(index);
      }
    }
    return kept;
  }

  ProposalOptions options_;
  std::vector<Region> anchors_;
};

const CommunityLayer registered("Proposal", &Make<ProposalLayer>);
const BuiltInPythonLayer python("rpn.proposal_layer", "ProposalLayer", &Make<ProposalLayer>);

}  // namespace
}  // namespace community
}  // namespace caffesharp
