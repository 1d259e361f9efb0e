// Packed parameters, in memory once for all nets that share the parameters.
#ifndef CAFFESHARP_SRC_ENGINE_PARAMETERS_PACKED_WEIGHTS_H_
#define CAFFESHARP_SRC_ENGINE_PARAMETERS_PACKED_WEIGHTS_H_

#include <cstdint>
#include <memory>
#include <vector>

#include "engine/parameters/packing.h"
#include "engine/parameters/parameter_version.h"

namespace caffesharp {
namespace engine {

class SharedPacking;

// One packing as one net sees it: what a pass reads stays the same until the net's next Refresh.
class PackedWeights {
 public:
  // Packs, or takes what another net has packed.
  explicit PackedWeights(PackingRequest request);

  const PackedLayer& layer() const { return *layer_; }
  // Takes what belongs to the parameters as they are now; packs if nobody has yet. Compares numbers, no values.
  void Refresh() {
    if (!IsCurrent()) Take();
  }
  // Whether the parameters were not written, nor replaced, since.
  bool IsCurrent() const {
    for (const Seen& seen : seen_) {
      if (seen.blob->count() != seen.count || !seen.version->IsOf(seen.blob->data()) ||
          seen.version->number() != seen.number) {
        return false;
      }
    }
    return true;
  }

 private:
  struct Seen {
    // The net's own blob: it may share other memory later.
    const caffe::Blob<float>* blob;
    int count;
    std::shared_ptr<ParameterVersion> version;
    std::uint64_t number;
  };

  void Take();

  const PackingRequest request_;
  std::vector<Seen> seen_;
  std::shared_ptr<SharedPacking> shared_;
  std::shared_ptr<const PackedLayer> layer_;
};

// Of the whole process.
struct PackedTotals {
  // In memory now.
  std::int64_t bytes;
  // Ever made.
  std::int64_t packings;
};
PackedTotals TotalsOfPackedWeights();

}  // namespace engine
}  // namespace caffesharp

#endif  // CAFFESHARP_SRC_ENGINE_PARAMETERS_PACKED_WEIGHTS_H_
