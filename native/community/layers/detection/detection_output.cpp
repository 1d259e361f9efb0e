// DetectionOutput of SSD: the boxes of the classes, decoded from offsets and without those that overlap one of a higher
// score. With RefineDet's bottoms, anchors of low objectness are dropped, and the prior boxes are refined first.
//
// Bottoms: offsets (n x 4 numbers per prior box, and per class if share_location is false), scores (n x classes per
// prior box), prior boxes (1 x 2 x 4 numbers per box), and of RefineDet: objectness (n x 2 per prior box), offsets of
// the prior boxes (n x 4 per prior box). Top: 1 x 1 x boxes x 7: image, class, score, left, top, right, bottom in
// shares of the image's sides. If there is no box, the top has a row of image, -1, ..., -1 per image.
// Needs prior_box.proto.
#include <algorithm>
#include <limits>
#include <map>
#include <utility>

#include "community/community_layer.h"
#include "community/normalized_boxes.h"

namespace caffesharp {
namespace community {
namespace {

// A score with an index or with a class and an index.
template <typename Key>
using Scored = std::pair<float, Key>;

template <typename Key>
bool IsHigher(const Scored<Key>& a, const Scored<Key>& b) {
  return a.first > b.first;
}

class DetectionOutputLayer : public caffe::Layer<float> {
 public:
  explicit DetectionOutputLayer(const caffe::LayerParameter& parameter) : caffe::Layer<float>(parameter) {}
  const char* type() const override { return "DetectionOutput"; }
  int MinBottomBlobs() const override { return 3; }
  int MaxBottomBlobs() const override { return 5; }
  int ExactNumTopBlobs() const override { return 1; }
  bool AllowForceBackward(int) const override { return false; }

  void LayerSetUp(const Blobs&, const Blobs&) override {
    const caffe::DetectionOutputParameter& parameter = layer_param_.detection_output_param();
    CHECK(parameter.num_classes() > 0 && parameter.num_classes() < kMostClasses)
        << "detection_output_param must have num_classes, from 1 to " << kMostClasses - 1;
    CHECK(parameter.nms_param().nms_threshold() >= 0) << "nms_threshold must be at least 0";
    CHECK(parameter.nms_param().eta() > 0 && parameter.nms_param().eta() <= 1) << "eta must be above 0 and at most 1";
    CHECK(parameter.keep_top_k() >= -1) << "keep_top_k must be at least -1";
    if (parameter.has_save_output_param() || parameter.visualize()) {
      LOG(WARNING) << "Layer '" << layer_param_.name()
                   << "': save_output_param and visualize are ignored; read the boxes from the top.";
    }
    classes_ = static_cast<int>(parameter.num_classes());
    location_classes_ = parameter.share_location() ? 1 : classes_;
    coding_ = {parameter.code_type(), parameter.variance_encoded_in_target()};
  }

  void Reshape(const Blobs& bottom, const Blobs& top) override {
    CheckPriors(*bottom[2]);
    const int images = bottom[0]->shape(0), priors = bottom[2]->count(2) / 4;
    CheckCount(*bottom[0], "offsets", images, 4 * std::int64_t{priors} * location_classes_);
    CheckCount(*bottom[1], "scores", images, std::int64_t{priors} * classes_);
    if (bottom.size() > 3) CheckCount(*bottom[3], "objectness", images, 2 * std::int64_t{priors});
    if (bottom.size() > 4) CheckCount(*bottom[4], "offsets of the prior boxes", images, 4 * std::int64_t{priors});
    // Forward sets the number of boxes.
    top[0]->Reshape({1, 1, 1, kRow});
  }

 protected:
  void Forward_cpu(const Blobs& bottom, const Blobs& top) override {
    const std::vector<Prior> priors = PriorsOf(*bottom[2]);
    const int images = bottom[0]->shape(0);
    std::vector<float> rows;
    for (int image = 0; image < images; ++image) AddImage(bottom, priors, image, &rows);
    if (rows.empty()) {
      rows.assign(static_cast<std::size_t>(images * kRow), -1.0f);
      for (int image = 0; image < images; ++image) {
        rows[static_cast<std::size_t>(image * kRow)] = static_cast<float>(image);
      }
    }
    top[0]->Reshape({1, 1, static_cast<int>(rows.size()) / kRow, kRow});
    std::copy(rows.begin(), rows.end(), top[0]->mutable_cpu_data());
  }

  void Backward_cpu(const Blobs&, const std::vector<bool>& propagate_down, const Blobs&) override {
    CHECK(std::none_of(propagate_down.begin(), propagate_down.end(), [](bool has_gradient) { return has_gradient; }))
        << type() << " has no gradient";
  }

 private:
  static constexpr int kRow = 7;
  static constexpr std::uint32_t kMostClasses = 1 << 20;

  static void CheckCount(const Blob& blob, const char* what, int images, std::int64_t count) {
    CHECK(blob.num_axes() >= 2 && blob.shape(0) == images && blob.count(1) == count)
        << "there must be " << count << " " << what << " for each of " << images << " images; they are "
        << blob.shape_string();
  }

  int background() const { return layer_param_.detection_output_param().background_label_id(); }

  // An image's boxes; one set if the classes share them.
  std::vector<std::vector<Box>> BoxesOf(const Blobs& bottom, const std::vector<Prior>& priors, int image) const {
    std::vector<std::vector<Box>> boxes(static_cast<std::size_t>(location_classes_));
    for (std::size_t i = 0; i < priors.size(); ++i) {
      Prior prior = priors[i];
      if (bottom.size() > 4) {
        prior.box = Decode(coding_, prior, bottom[4]->cpu_data() + image * bottom[4]->count(1) + 4 * i);
      }
      for (int c = 0; c < location_classes_; ++c) {
        if (location_classes_ > 1 && c == background()) continue;
        const std::size_t place = (i * static_cast<std::size_t>(location_classes_) + static_cast<std::size_t>(c)) * 4;
        boxes[static_cast<std::size_t>(c)].push_back(
            Decode(coding_, prior, bottom[0]->cpu_data() + image * bottom[0]->count(1) + place));
      }
    }
    return boxes;
  }

  std::vector<float> ScoresOf(const Blobs& bottom, int image, int label) const {
    const int priors = bottom[1]->count(1) / classes_;
    const float* const scores = bottom[1]->cpu_data() + image * bottom[1]->count(1) + label;
    std::vector<float> result(static_cast<std::size_t>(priors));
    for (int i = 0; i < priors; ++i) result[static_cast<std::size_t>(i)] = scores[i * classes_];
    if (bottom.size() > 3) {
      const float* const objectness = bottom[3]->cpu_data() + image * bottom[3]->count(1);
      for (int i = 0; i < priors; ++i) {
        if (objectness[2 * i + 1] < layer_param_.detection_output_param().objectness_score()) {
          result[static_cast<std::size_t>(i)] = label == 0 ? 1.0f : 0.0f;
        }
      }
    }
    return result;
  }

  // The indices of the boxes that stay, in falling score.
  std::vector<int> Suppress(const std::vector<Box>& boxes, const std::vector<float>& scores) const {
    const caffe::DetectionOutputParameter& parameter = layer_param_.detection_output_param();
    const caffe::NonMaximumSuppressionParameter& suppression = parameter.nms_param();
    const float least =
        parameter.has_confidence_threshold() ? parameter.confidence_threshold() : std::numeric_limits<float>::lowest();
    std::vector<Scored<int>> order;
    for (std::size_t i = 0; i < scores.size(); ++i) {
      if (scores[i] > least) order.emplace_back(scores[i], static_cast<int>(i));
    }
    std::stable_sort(order.begin(), order.end(), &IsHigher<int>);
    if (suppression.has_top_k() && suppression.top_k() > -1) {
      order.resize(std::min(order.size(), static_cast<std::size_t>(suppression.top_k())));
    }
    float threshold = suppression.nms_threshold();
    std::vector<int> kept;
    for (const Scored<int>& next : order) {
      const Box& box = boxes[static_cast<std::size_t>(next.second)];
      if (!std::all_of(kept.begin(), kept.end(),
                       [&](int other) { return Overlap(box, boxes[static_cast<std::size_t>(other)]) <= threshold; })) {
        continue;
      }
      kept.push_back(next.second);
      if (suppression.eta() < 1 && threshold > 0.5f) threshold *= suppression.eta();
    }
    return kept;
  }

  void AddImage(const Blobs& bottom, const std::vector<Prior>& priors, int image, std::vector<float>* rows) const {
    const std::vector<std::vector<Box>> boxes = BoxesOf(bottom, priors, image);
    const auto boxes_of = [&](int label) -> const std::vector<Box>& {
      return boxes[static_cast<std::size_t>(location_classes_ == 1 ? 0 : label)];
    };
    std::vector<Scored<std::pair<int, int>>> kept;
    for (int label = 0; label < classes_; ++label) {
      if (label == background()) continue;
      const std::vector<float> scores = ScoresOf(bottom, image, label);
      for (const int index : Suppress(boxes_of(label), scores)) {
        kept.push_back({scores[static_cast<std::size_t>(index)], {label, index}});
      }
    }
    const int most = layer_param_.detection_output_param().keep_top_k();
    if (most > -1 && kept.size() > static_cast<std::size_t>(most)) {
      // Not a stable sort, as the order of equal scores is the fork's.
      std::sort(kept.begin(), kept.end(), &IsHigher<std::pair<int, int>>);
      kept.resize(static_cast<std::size_t>(most));
      std::stable_sort(kept.begin(), kept.end(),
                       [](const auto& a, const auto& b) { return a.second.first < b.second.first; });
    }
    for (const auto& one : kept) {
      const Box& box = boxes_of(one.second.first)[static_cast<std::size_t>(one.second.second)];
      for (const float value : {static_cast<float>(image), static_cast<float>(one.second.first), one.first, box.left,
                                box.top, box.right, box.bottom}) {
        rows->push_back(value);
      }
    }
  }

  int classes_ = 0;
  int location_classes_ = 0;
  BoxCoding coding_{};
};

const CommunityLayer registered("DetectionOutput", &Make<DetectionOutputLayer>);

}  // namespace
}  // namespace community
}  // namespace caffesharp
