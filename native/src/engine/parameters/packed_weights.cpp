#include "engine/parameters/packed_weights.h"

#include <algorithm>
#include <atomic>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <utility>

#include "core/error.h"
#include "engine/graph/operator.h"

namespace caffesharp {
namespace engine {

namespace {

std::atomic<std::int64_t> bytes_packed{0};
std::atomic<std::int64_t> packings_made{0};

std::int64_t BytesOf(const PackedLayer& layer) {
  const std::size_t floats = layer.weights.capacity() + layer.bias.capacity() + layer.slopes.capacity();
  return static_cast<std::int64_t>(floats * sizeof(float));
}

// In memory that the totals count.
std::shared_ptr<const PackedLayer> PackCounted(const PackingRequest& request) {
  auto layer = std::make_unique<PackedLayer>();
  request.kind->Pack(request, layer.get());
  const std::int64_t bytes = BytesOf(*layer);
  std::shared_ptr<const PackedLayer> counted(layer.release(), [bytes](const PackedLayer* old) {
    delete old;
    bytes_packed -= bytes;
  });
  bytes_packed += bytes;
  ++packings_made;
  return counted;
}

}  // namespace

// Of one request and one set of parameters, for all nets. Safe from several threads at once.
class SharedPacking {
 public:
  using Numbers = std::vector<std::uint64_t>;

  // The packing of the parameters as they were at these versions, or later: versions may rise meanwhile, and then the
  // caller will ask again. Old packings live as long as a net reads them.
  std::shared_ptr<const PackedLayer> Get(const PackingRequest& request, const Numbers& numbers) {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (layer_ != nullptr && std::equal(numbers.begin(), numbers.end(), numbers_.begin(), std::less_equal<>())) {
      return layer_;
    }
    // The old one goes first where no net reads it.
    layer_ = nullptr;
    layer_ = PackCounted(request);
    numbers_ = numbers;
    return layer_;
  }

 private:
  std::mutex mutex_;
  Numbers numbers_;
  std::shared_ptr<const PackedLayer> layer_;
};

namespace {

template <typename Value>
void Append(const Value& value, std::string* key) {
  key->append(reinterpret_cast<const char*>(&value), sizeof(value));
}

template <typename Value>
void AppendAll(const std::vector<Value>& values, std::string* key) {
  Append(values.size(), key);
  for (const Value& value : values) Append(value, key);
}

// The packings that nets hold, by what they depend on.
class SharedPackings {
 public:
  // Never destroyed: nets may live until the process ends.
  static SharedPackings& All() {
    static auto* const packings = new SharedPackings();
    return *packings;
  }

  std::shared_ptr<SharedPacking> Get(const std::string& key) {
    // Released after the lock: releasing the last reference takes the lock to forget the packing.
    const std::shared_ptr<SharedPacking> fresh(new SharedPacking(), [this, key](SharedPacking* forgotten) {
      delete forgotten;
      Forget(key);
    });
    const std::lock_guard<std::mutex> lock(mutex_);
    std::weak_ptr<SharedPacking>& place = packings_[key];
    std::shared_ptr<SharedPacking> known = place.lock();
    if (known != nullptr) return known;
    place = fresh;
    return fresh;
  }

 private:
  // Unless another packing has taken its place.
  void Forget(const std::string& key) {
    const std::lock_guard<std::mutex> lock(mutex_);
    const auto found = packings_.find(key);
    if (found != packings_.end() && found->second.expired()) packings_.erase(found);
  }

  std::mutex mutex_;
  std::map<std::string, std::weak_ptr<SharedPacking>> packings_;
};

}  // namespace

PackedWeights::PackedWeights(PackingRequest request) : request_(std::move(request)) { Take(); }

void PackedWeights::Take() {
  std::string key;
  Append(request_.kind, &key);
  Append(request_.variant, &key);
  Append(request_.block, &key);
  Append(request_.channels, &key);
  Append(request_.groups, &key);
  Append(request_.has_slopes, &key);
  AppendAll(request_.constants, &key);
  AppendAll(request_.slope_constants, &key);
  std::vector<Seen> seen;
  SharedPacking::Numbers numbers;
  for (const auto* blobs : {&request_.parameters, &request_.slope_parameters}) {
    Append(blobs->size(), &key);
    for (const auto& blob : *blobs) {
      std::shared_ptr<ParameterVersion> version = VersionOf(blob->data());
      const std::uint64_t number = version->number();
      if (numbers.size() < seen_.size() && seen_[numbers.size()].count != blob->count()) {
        throw Error(CAFFE_ERROR_ARGUMENT, "a parameter of layer '" + request_.layer + "' was reshaped and has " +
                                              std::to_string(blob->count()) + " values, the layer requires " +
                                              std::to_string(seen_[numbers.size()].count) +
                                              ": give it its shape back before the net runs")
            .InLayer(request_.layer);
      }
      // The version is held as long as the packing is, so that no other has its address.
      Append(version.get(), &key);
      AppendAll(blob->shape(), &key);
      numbers.push_back(number);
      seen.push_back({blob.get(), blob->count(), std::move(version), number});
    }
  }
  std::shared_ptr<SharedPacking> shared = SharedPackings::All().Get(key);
  layer_ = shared->Get(request_, numbers);
  // In this order: a packing ends before the versions of its parameters.
  shared_ = std::move(shared);
  seen_ = std::move(seen);
}

PackedTotals TotalsOfPackedWeights() { return {bytes_packed, packings_made}; }

}  // namespace engine
}  // namespace caffesharp
