#include "engine/parameters/net_weights.h"

#include <algorithm>
#include <utility>

namespace caffesharp {
namespace engine {

const PackedWeights* NetWeights::Get(const Operation& operation, int variant, int block) {
  std::unique_ptr<PackedWeights>& packed =
      packed_[{operation.layer, operation.slope_layer, variant, block, operation.channels}];
  if (packed == nullptr) {
    PackingRequest request;
    request.layer = net_.layer_names()[operation.layer];
    request.kind = operation.kind;
    request.variant = variant;
    request.block = block;
    request.channels = operation.channels;
    request.groups = operation.groups;
    request.constants = operation.constants;
    request.parameters = net_.layers()[operation.layer]->blobs();
    if (operation.slope_layer >= 0) {
      request.has_slopes = true;
      request.slope_constants = operation.slope_constants;
      request.slope_parameters = net_.layers()[operation.slope_layer]->blobs();
    }
    packed = std::make_unique<PackedWeights>(std::move(request));
  }
  return packed.get();
}

void NetWeights::Refresh() {
  for (const auto& packed : packed_) packed.second->Refresh();
}

bool NetWeights::IsCurrent(int first_layer, int last_layer) const {
  return std::all_of(packed_.begin(), packed_.end(), [&](const auto& packed) {
    const int layer = std::get<0>(packed.first);
    return layer < first_layer || layer > last_layer || packed.second->IsCurrent();
  });
}

}  // namespace engine
}  // namespace caffesharp
