// What the losses over a softmax share: probabilities, labels, labels that are ignored, and the normalization.
//
// Bottoms: predictions (with the classes on softmax_param.axis), labels (one per prediction). Tops: the loss; if asked
// for, the probabilities, and the loss of each prediction.
#ifndef CAFFESHARP_COMMUNITY_SOFTMAX_LOSS_H_
#define CAFFESHARP_COMMUNITY_SOFTMAX_LOSS_H_

#include <caffe/layers/loss_layer.hpp>

#include "community/community_layer.h"

namespace caffesharp {
namespace community {

class SoftmaxLoss : public caffe::LossLayer<float> {
 public:
  explicit SoftmaxLoss(const caffe::LayerParameter& parameter) : caffe::LossLayer<float>(parameter) {}
  int ExactNumTopBlobs() const override { return -1; }
  int MinTopBlobs() const override { return 1; }
  int MaxTopBlobs() const override { return 3; }

  void LayerSetUp(const Blobs& bottom, const Blobs& top) override;
  void Reshape(const Blobs& bottom, const Blobs& top) override;

 protected:
  // The loss of a prediction whose class has that probability.
  virtual float Loss(float probability, int label) const = 0;
  // The factor of (probability - 1) in the gradient of the class's prediction, and of the probability in the others'.
  virtual float Slope(float probability, int label) const = 0;

  int classes() const { return probabilities_.shape(axis_); }

  void Forward_cpu(const Blobs& bottom, const Blobs& top) override;
  void Backward_cpu(const Blobs& top, const std::vector<bool>& propagate_down, const Blobs& bottom) override;

 private:
  bool IsIgnored(float label) const;
  // What the sum of the losses of that many predictions is divided by.
  float Normalizer(int counted) const;

  boost::shared_ptr<caffe::Layer<float>> softmax_;
  Blob probabilities_;
  int axis_ = 1;
  int outer_ = 0;
  int inner_ = 0;
};

}  // namespace community
}  // namespace caffesharp

#endif  // CAFFESHARP_COMMUNITY_SOFTMAX_LOSS_H_
