// A layer that puts the axes of its bottom into another order.
#ifndef CAFFESHARP_COMMUNITY_AXIS_ORDER_H_
#define CAFFESHARP_COMMUNITY_AXIS_ORDER_H_

#include <vector>

#include "community/community_layer.h"

namespace caffesharp {
namespace community {

class AxisOrderLayer : public caffe::Layer<float> {
 public:
  explicit AxisOrderLayer(const caffe::LayerParameter& parameter) : caffe::Layer<float>(parameter) {}
  int ExactNumBottomBlobs() const override { return 1; }
  int ExactNumTopBlobs() const override { return 1; }

  void Reshape(const Blobs& bottom, const Blobs& top) override {
    CHECK_NE(top[0], bottom[0]) << type() << " cannot write over its bottom; give its top another name";
    const int axes = bottom[0]->num_axes();
    order_ = Order(axes);
    std::vector<bool> seen(static_cast<std::size_t>(axes));
    CHECK_EQ(static_cast<int>(order_.size()), axes) << "the order must name each of the " << axes << " axes once";
    std::vector<int> shape;
    for (const int axis : order_) {
      CHECK(axis >= 0 && axis < axes && !seen[static_cast<std::size_t>(axis)])
          << "the order must name each of the " << axes << " axes once, from 0 to " << axes - 1 << "; it has " << axis;
      seen[static_cast<std::size_t>(axis)] = true;
      shape.push_back(bottom[0]->shape(axis));
    }
    top[0]->Reshape(shape);
  }

 protected:
  // For each axis of the top the axis of the bottom.
  virtual std::vector<int> Order(int axes) const = 0;

  void Forward_cpu(const Blobs& bottom, const Blobs& top) override {
    const float* const in = bottom[0]->cpu_data();
    float* const out = top[0]->mutable_cpu_data();
    EachPair(*bottom[0], *top[0], [&](int from, int to) { out[to] = in[from]; });
  }

  void Backward_cpu(const Blobs& top, const std::vector<bool>& propagate_down, const Blobs& bottom) override {
    if (!propagate_down[0]) return;
    const float* const out = top[0]->cpu_diff();
    float* const in = bottom[0]->mutable_cpu_diff();
    EachPair(*bottom[0], *top[0], [&](int from, int to) { in[from] = out[to]; });
  }

 private:
  // Calls action with the place of each value in the bottom and in the top.
  template <typename Action>
  void EachPair(const Blob& bottom, const Blob& top, const Action& action) const {
    const std::size_t axes = order_.size();
    std::vector<int> steps(axes), index(axes);
    for (std::size_t axis = 0; axis < axes; ++axis) steps[axis] = bottom.count(order_[axis] + 1);
    int from = 0;
    for (int to = 0; to < top.count(); ++to) {
      action(from, to);
      for (std::size_t axis = axes; axis-- > 0;) {
        from += steps[axis];
        if (++index[axis] < top.shape(static_cast<int>(axis))) break;
        from -= steps[axis] * index[axis];
        index[axis] = 0;
      }
    }
  }

  std::vector<int> order_;
};

}  // namespace community
}  // namespace caffesharp

#endif  // CAFFESHARP_COMMUNITY_AXIS_ORDER_H_
