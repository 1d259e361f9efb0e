// Permute of SSD: the axes in another order. Axes that the order does not name follow as they are.
#include <algorithm>

#include "community/axis_order.h"

namespace caffesharp {
namespace community {
namespace {

class PermuteLayer : public AxisOrderLayer {
 public:
  using AxisOrderLayer::AxisOrderLayer;
  const char* type() const override { return "Permute"; }

 protected:
  std::vector<int> Order(int axes) const override {
    std::vector<int> order;
    for (const std::uint32_t axis : layer_param_.permute_param().order()) {
      CHECK_LT(axis, static_cast<std::uint32_t>(axes))
          << "order names axis " << axis << " of a blob with " << axes << " axes";
      order.push_back(static_cast<int>(axis));
    }
    for (int axis = 0; axis < axes; ++axis) {
      if (std::find(order.begin(), order.end(), axis) == order.end()) order.push_back(axis);
    }
    return order;
  }
};

const CommunityLayer registered("Permute", &Make<PermuteLayer>);

}  // namespace
}  // namespace community
}  // namespace caffesharp
