// BatchNorm with the statistics it has learned, and Scale: times a factor, plus a term, by channel.
#include <algorithm>
#include <cmath>

#include "engine/operators/parts/elementwise.h"

namespace caffesharp {
namespace engine {

template <int kSet>
struct AffineFamily {
  static const ElementwiseKernel* ByLanes();
};

namespace {

class Affine : public ElementwiseOperator {
 protected:
  ~Affine() = default;

  ElementwiseKernel Kernel(const KernelSet& kernels, int lanes) const final { return kernels.Of<AffineFamily>(lanes); }
};

class Scale final : public Affine {
 public:
  std::vector<const char*> LayerTypes() const override { return {"Scale"}; }

  bool Supports(const caffe::Net<float>& net, int layer) const override {
    const auto& scale = net.layers()[layer]->layer_param().scale_param();
    return Operator::Supports(net, layer) && scale.axis() == 1 && net.layers()[layer]->blobs()[0]->num_axes() == 1;
  }

  void Pack(const PackingRequest& request, PackedLayer* packed) const override {
    const float* const scale = request.parameters[0]->cpu_data();
    packed->weights.assign(scale, scale + request.channels);
    packed->bias.assign(static_cast<std::size_t>(request.channels), 0.0f);
    if (request.parameters.size() < 2) return;
    std::copy_n(request.parameters[1]->cpu_data(), request.channels, packed->bias.begin());
  }
};

class BatchNorm final : public Affine {
 public:
  std::vector<const char*> LayerTypes() const override { return {"BatchNorm"}; }

  bool Supports(const caffe::Net<float>& net, int layer) const override {
    const auto& norm = net.layers()[layer]->layer_param().batch_norm_param();
    return Operator::Supports(net, layer) && (!norm.has_use_global_stats() || norm.use_global_stats());
  }

  std::vector<float> Constants(const caffe::LayerParameter& layer) const override {
    return {layer.batch_norm_param().eps()};
  }

  void Pack(const PackingRequest& request, PackedLayer* packed) const override {
    const float* const means = request.parameters[0]->cpu_data();
    const float* const variances = request.parameters[1]->cpu_data();
    // Means and variances are sums, which the third parameter weighs.
    const float total = request.parameters[2]->cpu_data()[0];
    const float factor = total == 0 ? 0 : 1 / total;
    packed->weights.resize(static_cast<std::size_t>(request.channels));
    packed->bias.resize(static_cast<std::size_t>(request.channels));
    for (int channel = 0; channel < request.channels; ++channel) {
      const float variance = variances[channel] * factor;
      const float scale = 1 / std::sqrt(variance + request.constants[0]);
      packed->weights[channel] = scale;
      packed->bias[channel] = -means[channel] * factor * scale;
    }
  }
};

const RegisteredOperator<Scale> scale;
const RegisteredOperator<BatchNorm> batch_norm;

}  // namespace
}  // namespace engine
}  // namespace caffesharp
