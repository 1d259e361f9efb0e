#include "engine/parameters/net_weights.h"

#include <utility>

namespace caffesharp {
namespace engine {

const PackedWeights* NetWeights::Get(const Operation& operation, int variant, int block) {
  std::unique_ptr<PackedWeights>& packed = packed_[{operation.layer, operation.slope_layer, variant, block}];
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

}  // namespace engine
}  // namespace caffesharp
