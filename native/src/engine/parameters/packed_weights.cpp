#include "engine/parameters/packed_weights.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <set>
#include <string>

namespace caffesharp {
namespace engine {

namespace {

// source holds windows of three rows, taps values a channel.
void AppendForPairs(const float* source, int taps, int width, int channels, std::vector<float>* weights) {
  for (const bool common : {true, false}) {
    for (int window = 0; window < taps; window += 3 * width) {
      for (int x = 0; x < width; ++x) {
        for (const bool upper : {true, false}) {
          for (int channel = 0; channel < channels; ++channel) {
            const float* const at = source + std::ptrdiff_t{channel} * taps + window + x;
            const float first = at[0], second = at[width], third = at[2 * width];
            const float half = 0.5f * (upper ? first + third + second : first + third - second);
            weights->push_back(common ? half : upper ? first : third);
          }
        }
      }
    }
  }
}

}  // namespace

const PackedLayer* PackedWeights::Get(const Operation& operation, int block, bool for_pairs) {
  const auto key = std::make_tuple(operation.layer, operation.slope_layer, block, for_pairs);
  std::unique_ptr<Packing>& packing = packings_[key];
  if (packing == nullptr) {
    packing = std::make_unique<Packing>(Packing{operation.kind,
                                                operation.layer,
                                                operation.slope_layer,
                                                operation.groups,
                                                operation.channels,
                                                block,
                                                for_pairs,
                                                {}});
    // Where a copy is older than the parameters, Refresh will find out, and pack this and the others again.
    for (const int layer : {operation.layer, operation.slope_layer}) {
      if (layer >= 0 && copies_.count(layer) == 0) Update(layer);
    }
    Pack(packing.get());
  }
  return &packing->packed;
}

void PackedWeights::Clear() {
  packings_.clear();
  copies_.clear();
}

void PackedWeights::Refresh() {
  std::set<int> changed;
  for (const auto& copy : copies_) {
    if (Update(copy.first)) changed.insert(copy.first);
  }
  if (changed.empty()) return;
  for (const auto& packing : packings_) {
    if (changed.count(packing.second->layer) + changed.count(packing.second->slope_layer) > 0) {
      Pack(packing.second.get());
    }
  }
}

bool PackedWeights::Update(int layer) {
  std::vector<std::vector<float>>& copies = copies_[layer];
  const auto& blobs = net_.layers()[layer]->blobs();
  bool differs = copies.size() != blobs.size();
  copies.resize(blobs.size());
  for (std::size_t i = 0; i < blobs.size(); ++i) {
    const float* const values = blobs[i]->cpu_data();
    const std::size_t count = static_cast<std::size_t>(blobs[i]->count());
    // Bits are compared: parameters that are not numbers equal themselves.
    if (copies[i].size() == count && std::memcmp(copies[i].data(), values, count * sizeof(float)) == 0) continue;
    copies[i].assign(values, values + count);
    differs = true;
  }
  return differs;
}

void PackedWeights::Pack(Packing* packing) const {
  switch (packing->kind) {
    case OperationKind::kConvolution:
      PackConvolution(packing);
      break;
    case OperationKind::kDense:
      if (packing->block == kDenseBlock) {
        PackDense(packing);
      } else {
        PackConvolution(packing);
      }
      break;
    case OperationKind::kAffine:
      PackAffine(packing);
      break;
    default:
      PackSlopes(packing->layer, packing->channels, &packing->packed.slopes);
      break;
  }
  if (packing->slope_layer >= 0) PackSlopes(packing->slope_layer, packing->channels, &packing->packed.slopes);
}

void PackedWeights::PackConvolution(Packing* packing) const {
  const auto& blobs = net_.layers()[packing->layer]->blobs();
  const float* const source = blobs[0]->cpu_data();
  const int taps = blobs[0]->count() / packing->channels;
  std::vector<float>& weights = packing->packed.weights;
  weights.clear();
  weights.reserve(static_cast<std::size_t>(blobs[0]->count()));
  const int group_channels = packing->channels / packing->groups;
  for (int group = 0; group < packing->groups; ++group) {
    for (int first = 0; first < group_channels; first += packing->block) {
      const int channels = std::min(packing->block, group_channels - first);
      const float* const block = source + std::ptrdiff_t{group * group_channels + first} * taps;
      if (packing->for_pairs) {
        AppendForPairs(block, taps, blobs[0]->shape(3), channels, &weights);
        continue;
      }
      for (int tap = 0; tap < taps; ++tap) {
        for (int channel = 0; channel < channels; ++channel) {
          weights.push_back(block[std::ptrdiff_t{channel} * taps + tap]);
        }
      }
    }
  }
  packing->packed.bias.assign(static_cast<std::size_t>(packing->channels), 0.0f);
  if (blobs.size() > 1) std::copy_n(blobs[1]->cpu_data(), packing->channels, packing->packed.bias.begin());
}

void PackedWeights::PackDense(Packing* packing) const {
  const auto& blobs = net_.layers()[packing->layer]->blobs();
  const float* const source = blobs[0]->cpu_data();
  const int taps = blobs[0]->count() / packing->channels;
  const int blocks = (packing->channels + kDenseBlock - 1) / kDenseBlock;
  std::vector<float>& weights = packing->packed.weights;
  weights.assign(static_cast<std::size_t>(blocks) * kDenseBlock * taps, 0.0f);
  for (int channel = 0; channel < packing->channels; ++channel) {
    float* const block = weights.data() + std::ptrdiff_t{channel / kDenseBlock} * kDenseBlock * taps;
    for (int tap = 0; tap < taps; ++tap) {
      block[std::ptrdiff_t{tap} * kDenseBlock + channel % kDenseBlock] = source[std::ptrdiff_t{channel} * taps + tap];
    }
  }
  packing->packed.bias.assign(static_cast<std::size_t>(blocks) * kDenseBlock, 0.0f);
  if (blobs.size() > 1) std::copy_n(blobs[1]->cpu_data(), packing->channels, packing->packed.bias.begin());
}

void PackedWeights::PackAffine(Packing* packing) const {
  const caffe::Layer<float>& layer = *net_.layers()[packing->layer];
  const auto& blobs = net_.layers()[packing->layer]->blobs();
  std::vector<float>& scale = packing->packed.weights;
  std::vector<float>& shift = packing->packed.bias;
  scale.assign(static_cast<std::size_t>(packing->channels), 1.0f);
  shift.assign(static_cast<std::size_t>(packing->channels), 0.0f);
  if (layer.type() == std::string("Scale")) {
    std::copy_n(blobs[0]->cpu_data(), packing->channels, scale.begin());
    if (blobs.size() > 1) std::copy_n(blobs[1]->cpu_data(), packing->channels, shift.begin());
    return;
  }
  // Means and variances are sums, which the third parameter weighs.
  const float total = blobs[2]->cpu_data()[0];
  const float factor = total == 0 ? 0 : 1 / total;
  const float epsilon = layer.layer_param().batch_norm_param().eps();
  for (int channel = 0; channel < packing->channels; ++channel) {
    const float variance = blobs[1]->cpu_data()[channel] * factor;
    scale[channel] = 1 / std::sqrt(variance + epsilon);
    shift[channel] = -blobs[0]->cpu_data()[channel] * factor * scale[channel];
  }
}

void PackedWeights::PackSlopes(int layer, int channels, std::vector<float>* slopes) const {
  const caffe::LayerParameter& parameter = net_.layers()[layer]->layer_param();
  if (parameter.type() == "ReLU") {
    slopes->assign(static_cast<std::size_t>(channels), parameter.relu_param().negative_slope());
    return;
  }
  const caffe::Blob<float>& blob = *net_.layers()[layer]->blobs()[0];
  slopes->resize(static_cast<std::size_t>(channels));
  for (int channel = 0; channel < channels; ++channel) {
    (*slopes)[channel] = blob.cpu_data()[blob.count() == 1 ? 0 : channel];
  }
}

}  // namespace engine
}  // namespace caffesharp
