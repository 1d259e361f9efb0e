// InnerProduct: a convolution whose window is all of its input.
#include "engine/graph/graph_builder.h"
#include "engine/graph/operator_table.h"
#include "engine/kernels/dense_kernels.h"
#include "engine/operators/parts/convolution_rows.h"
#include "engine/parameters/net_weights.h"
#include "engine/schedule/worker.h"

namespace caffesharp {
namespace engine {
namespace {

// Inner products beyond it are memory-bound: packing their weights would cost more than it gives.
constexpr int kMostDenseWeights = 4 << 20;

enum Packing { kRows = 0, kDense = 1 };

// With pixels as lanes; with images as lanes it is a convolution's.
struct DensePlan final : OperatorPlan {
  const DenseKernels* kernels = nullptr;
  const PackedWeights* packed = nullptr;
  Taps taps;
};

class Dense final : public Operator {
 public:
  std::vector<const char*> LayerTypes() const override { return {"InnerProduct"}; }

  bool Supports(const caffe::Net<float>& net, int layer) const override {
    const auto& product = net.layers()[layer]->layer_param().inner_product_param();
    return Operator::Supports(net, layer) && product.axis() == 1 && !product.transpose() &&
           net.layers()[layer]->blobs()[0]->count() <= kMostDenseWeights;
  }

  bool Add(GraphBuilder* builder, int layer) const override {
    Operation* const operation = builder->AddTop(*this, layer);
    if (operation == nullptr || operation->height != 1 || operation->width != 1) return false;
    const Operation& input = builder->operation(operation->inputs[0]);
    operation->window.kernel_height = input.height;
    operation->window.kernel_width = input.width;
    return true;
  }

  bool AppliesSlopes() const override { return true; }

  Rows InputRows(const Operation& /*operation*/, const Operation& input, Rows /*rows*/) const override {
    return {0, input.height};
  }

  int ReachableEnd(const Operation& /*operation*/, int /*input_end*/) const override { return 0; }

  double Products(const Operation& operation, const Operation& input) const override {
    return WindowProducts(operation, input);
  }

  double EstimateCost(const Operation& operation, const Operation& input, const Share& share,
                      const KernelSet& /*kernels*/) const override {
    if (share.lanes_are_images()) return EstimateImageCost(operation, input, share);
    // Weights are used once: memory limits it.
    return LineProducts(operation, input) / 4;
  }

  void ChooseKernels(const PlanSite& site) const override {
    if (site.share.lanes_are_images()) {
      auto plan = std::make_unique<ConvolutionPlan>();
      ChooseRowKernels(site, plan.get());
      site.planned().own = std::move(plan);
      return;
    }
    auto plan = std::make_unique<DensePlan>();
    site.planned().lanes = site.kernels.most_lanes();
    plan->kernels = &site.kernels.Of<DenseFamily>(site.planned().lanes);
    plan->packed = site.weights.Get(site.operation(), kDense, kDenseBlock);
    site.planned().own = std::move(plan);
  }

  void Finish(const PlanSite& site) const override {
    OperatorPlan& plan = *site.planned().own;
    if (site.share.lanes_are_images()) {
      static_cast<ConvolutionPlan&>(plan).taps = ListTaps(site);
    } else {
      static_cast<DensePlan&>(plan).taps = ListTaps(site);
    }
  }

  void Pack(const PackingRequest& request, PackedLayer* packed) const override {
    if (request.variant == kRows) {
      PackRows(request, packed);
      return;
    }
    const caffe::Blob<float>& blob = *request.parameters[0];
    const float* const source = blob.cpu_data();
    const int taps = blob.count() / request.channels;
    const int blocks = (request.channels + kDenseBlock - 1) / kDenseBlock;
    packed->weights.assign(static_cast<std::size_t>(blocks) * kDenseBlock * taps, 0.0f);
    for (int channel = 0; channel < request.channels; ++channel) {
      float* const block = packed->weights.data() + std::ptrdiff_t{channel / kDenseBlock} * kDenseBlock * taps;
      for (int tap = 0; tap < taps; ++tap) {
        block[std::ptrdiff_t{tap} * kDenseBlock + channel % kDenseBlock] = source[std::ptrdiff_t{channel} * taps + tap];
      }
    }
    PackBiasAndSlopes(request, static_cast<std::size_t>(blocks) * kDenseBlock, packed);
  }

  void Run(const Worker& worker, int index, Rows /*rows*/) const override {
    if (worker.lanes_are_images()) {
      ConvolveRow(worker, index, worker.Own<ConvolutionPlan>(index), 0);
      return;
    }
    const Operation& operation = worker.Of(index);
    const auto& plan = worker.Own<DensePlan>(index);
    const PackedLayer& packed = plan.packed->layer();
    DenseRow arguments;
    arguments.input = worker.Row(operation.inputs[0], 0);
    arguments.taps = plan.taps.data();
    arguments.tap_count = static_cast<std::ptrdiff_t>(plan.taps.size());
    arguments.weights = packed.weights.data();
    arguments.channels = operation.channels;
    arguments.bias = packed.bias.data();
    arguments.slopes = operation.slope_layer < 0 ? nullptr : packed.slopes.data();
    arguments.output = worker.Row(index, 0);
    arguments.output_channel_step = worker.Planned(index).channel_step;
    plan.kernels->dense(arguments);
  }
};

const RegisteredOperator<Dense> dense;

}  // namespace
}  // namespace engine
}  // namespace caffesharp
