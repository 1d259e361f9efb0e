// Transpose of CRNN and CTPN: the axes in another order.
#include "community/axis_order.h"

namespace caffesharp {
namespace community {
namespace {

class TransposeLayer : public AxisOrderLayer {
 public:
  using AxisOrderLayer::AxisOrderLayer;
  const char* type() const override { return "Transpose"; }

 protected:
  std::vector<int> Order(int) const override {
    const auto& axes = layer_param_.transpose_param().dim();
    return std::vector<int>(axes.begin(), axes.end());
  }
};

const CommunityLayer registered("Transpose", &Make<TransposeLayer>);

}  // namespace
}  // namespace community
}  // namespace caffesharp
