#include "engine/operators/parts/convolution_rows.h"

#include <algorithm>

#include "engine/operators/parts/slopes.h"
#include "engine/parameters/net_weights.h"
#include "engine/schedule/layout.h"
#include "engine/schedule/worker.h"

namespace caffesharp {
namespace engine {

double WindowProducts(const Operation& operation, const Operation& input) {
  return static_cast<double>(input.channels) / operation.groups * operation.window.kernel_height *
         operation.window.kernel_width;
}

double LineProducts(const Operation& operation, const Operation& input) {
  return WindowProducts(operation, input) * operation.channels * operation.height;
}

double EstimateImageCost(const Operation& operation, const Operation& input, const Share& share) {
  return LineProducts(operation, input) * operation.width * VectorCost(share.lanes) /
         std::min(share.lanes, share.images);
}

int VectorsOfRow(const PlanSite& site) {
  const int width = site.operation().width;
  return site.share.lanes_are_images() ? width : DivideUp(width, site.planned().lanes);
}

int ChooseBlock(const Operation& operation, int vectors, const int (&blocks)[3]) {
  const int channels = operation.channels / operation.groups;
  const int most = blocks[std::min(vectors, 3) - 1];
  return DivideUp(channels, DivideUp(channels, most));
}

void ChooseRowKernels(const PlanSite& site, ConvolutionPlan* plan) {
  plan->kernels = &site.kernels.Of<ConvolutionFamily>(site.planned().lanes);
  plan->block = ChooseBlock(site.operation(), VectorsOfRow(site), plan->kernels->blocks);
  plan->packed = site.weights.Get(site.operation(), 0, plan->block);
}

Taps ListTaps(const PlanSite& site) {
  const Operation& operation = site.operation();
  const Window& window = operation.window;
  const PlannedOperation& from = site.planned_input();
  Taps taps;
  for (int channel = 0; channel < site.input().channels / operation.groups; ++channel) {
    for (int y = 0; y < window.kernel_height; ++y) {
      const std::ptrdiff_t row = channel * from.channel_step + y * window.dilation_height * from.row_step;
      for (int x = 0; x < window.kernel_width; ++x) {
        const int column = x * window.dilation_width;
        taps.push_back(from.phase_step == 0
                           ? row + column * from.pixel_step
                           : row + column % window.stride_width * from.phase_step + column / window.stride_width);
      }
    }
  }
  return taps;
}

void PackRows(const PackingRequest& request, PackedLayer* packed) {
  const caffe::Blob<float>& blob = *request.parameters[0];
  const float* const source = blob.cpu_data();
  const int taps = blob.count() / request.channels;
  packed->weights.reserve(static_cast<std::size_t>(blob.count()));
  const int group_channels = request.channels / request.groups;
  for (int group = 0; group < request.groups; ++group) {
    for (int first = 0; first < group_channels; first += request.block) {
      const int channels = std::min(request.block, group_channels - first);
      const float* const block = source + std::ptrdiff_t{group * group_channels + first} * taps;
      for (int tap = 0; tap < taps; ++tap) {
        for (int channel = 0; channel < channels; ++channel) {
          packed->weights.push_back(block[std::ptrdiff_t{channel} * taps + tap]);
        }
      }
    }
  }
  PackBiasAndSlopes(request, static_cast<std::size_t>(request.channels), packed);
}

void PackBiasAndSlopes(const PackingRequest& request, std::size_t room, PackedLayer* packed) {
  packed->bias.assign(room, 0.0f);
  if (request.parameters.size() > 1) {
    std::copy_n(request.parameters[1]->cpu_data(), request.channels, packed->bias.begin());
  }
  if (request.has_slopes) {
    PackSlopes(request.slope_constants, request.slope_parameters, request.channels, &packed->slopes);
  }
}

void ConvolveRow(const Worker& worker, int index, const ConvolutionPlan& plan, int row) {
  const Operation& operation = worker.Of(index);
  const PlannedOperation& planned = worker.Planned(index);
  const int input = operation.inputs[0];
  const PlannedOperation& from = worker.Planned(input);
  const Window& window = operation.window;
  const PackedLayer& packed = plan.packed->layer();
  const float* const start =
      worker.Row(input, row * window.stride_height - window.pad_height) - window.pad_width * from.pixel_step;
  const int channels = operation.channels / operation.groups;
  const int input_channels = worker.Of(input).channels / operation.groups;
  ConvolutionRow arguments;
  arguments.taps = plan.taps.data();
  arguments.tap_count = static_cast<std::ptrdiff_t>(plan.taps.size());
  arguments.vector_step = worker.lanes_are_images() ? window.stride_width * from.pixel_step : planned.lanes;
  arguments.block = plan.block;
  arguments.channels = channels;
  arguments.output_channel_step = planned.channel_step;
  arguments.vectors = worker.VectorCount(index);
  for (int group = 0; group < operation.groups; ++group) {
    const int first = group * channels;
    arguments.input = start + group * input_channels * from.channel_step;
    arguments.weights = packed.weights.data() + first * arguments.tap_count;
    arguments.bias = packed.bias.data() + first;
    arguments.slopes = operation.slope_layer < 0 ? nullptr : packed.slopes.data() + first;
    arguments.output = worker.Row(index, row) + first * planned.channel_step;
    plan.kernels->convolve(arguments);
  }
}

}  // namespace engine
}  // namespace caffesharp
