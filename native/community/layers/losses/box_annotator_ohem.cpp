// BoxAnnotatorOHEM of R-FCN: keeps the labels and box weights of the regions of each image with the greatest losses,
// and ignores the other regions (online hard example mining).
//
// Bottoms: regions (r x 5: image index, x1, y1, x2, y2), losses (r), labels (r), box weights (r x w). Tops: labels (r x
// 1), box weights (r x w). All may have two more axes: positions of a map.
#include <algorithm>
#include <numeric>

#include "community/community_layer.h"

namespace caffesharp {
namespace community {
namespace {

class BoxAnnotatorOhemLayer : public caffe::Layer<float> {
 public:
  explicit BoxAnnotatorOhemLayer(const caffe::LayerParameter& parameter) : caffe::Layer<float>(parameter) {}
  const char* type() const override { return "BoxAnnotatorOHEM"; }
  int ExactNumBottomBlobs() const override { return 4; }
  int ExactNumTopBlobs() const override { return 2; }
  bool AllowForceBackward(int) const override { return false; }

  void LayerSetUp(const Blobs&, const Blobs&) override {
    CHECK_GT(layer_param_.box_annotator_ohem_param().roi_per_img(), 0) << "roi_per_img must be at least 1";
  }

  void Reshape(const Blobs& bottom, const Blobs& top) override {
    rows_ = bottom[0]->num();
    places_ = bottom[0]->height() * bottom[0]->width();
    CHECK_EQ(bottom[0]->channels(), 5) << "a region has five values: image index, x1, y1, x2, y2";
    weights_ = bottom[3]->channels();
    CHECK(bottom[1]->count() == rows_ * places_ && bottom[2]->count() == rows_ * places_ &&
          bottom[3]->count() == rows_ * weights_ * places_)
        << "there must be one loss, one label and one row of box weights per region; there are " << rows_ * places_
        << " regions";
    top[0]->Reshape(rows_, 1, bottom[0]->height(), bottom[0]->width());
    top[1]->Reshape(rows_, weights_, bottom[0]->height(), bottom[0]->width());
  }

 protected:
  void Forward_cpu(const Blobs& bottom, const Blobs& top) override {
    const caffe::BoxAnnotatorOHEMParameter& parameter = layer_param_.box_annotator_ohem_param();
    const float* const losses = bottom[1]->cpu_data();
    float* const labels = top[0]->mutable_cpu_data();
    float* const weights = top[1]->mutable_cpu_data();
    std::fill_n(labels, top[0]->count(), static_cast<float>(parameter.ignore_label()));
    std::fill_n(weights, top[1]->count(), 0.0f);
    std::vector<int> order(static_cast<std::size_t>(rows_ * places_));
    std::iota(order.begin(), order.end(), 0);
    // A loss that is not a number comes last.
    const auto loss = [&](int index) { return losses[index] == losses[index] ? losses[index] : -1.0f; };
    std::stable_sort(order.begin(), order.end(), [&](int a, int b) { return loss(a) > loss(b); });
    std::vector<std::uint32_t> taken;
    for (const int index : order) {
      const int row = index / places_, place = index % places_;
      const float image = bottom[0]->cpu_data()[row * 5 * places_ + place];
      CHECK(image >= 0 && image < static_cast<float>(kMostImages)) << "a region names image " << image;
      if (static_cast<std::size_t>(image) >= taken.size()) taken.resize(static_cast<std::size_t>(image) + 1);
      std::uint32_t& count = taken[static_cast<std::size_t>(image)];
      if (count == parameter.roi_per_img()) continue;
      ++count;
      labels[index] = bottom[2]->cpu_data()[index];
      for (int i = 0; i < weights_; ++i) {
        const int weight = (row * weights_ + i) * places_ + place;
        weights[weight] = bottom[3]->cpu_data()[weight];
      }
    }
  }

  void Backward_cpu(const Blobs&, const std::vector<bool>&, const Blobs&) override {}

 private:
  static constexpr int kMostImages = 1 << 20;

  int rows_ = 0;
  int places_ = 0;
  int weights_ = 0;
};

const CommunityLayer registered("BoxAnnotatorOHEM", &Make<BoxAnnotatorOhemLayer>);

}  // namespace
}  // namespace community
}  // namespace caffesharp
