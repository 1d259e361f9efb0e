// The accelerated engine against the original one: random nets, each put through random calls in both engines, whose
// results must agree after every call.
//
//   differential SEED [--nets N] [--steps S] [--seconds T] [--net I] [--verbose]
//
// Ends after N nets, S steps or T seconds, whichever comes first. A failure prints the seed and the number of the net;
// --net runs that net alone. Times never decide whether a run passes.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <limits>
#include <memory>
#include <string>
#include <vector>

#include "caffesharp/caffesharp.h"
#include "random_net.h"

namespace caffesharp::tests {
namespace {

constexpr double kTolerance = 2e-4;
// After products of three values: normalization takes differences of their sixth powers.
constexpr double kToleranceOfProducts = 5e-2;

struct Options {
  std::uint64_t seed = 1;
  long nets = std::numeric_limits<long>::max();
  long steps = std::numeric_limits<long>::max();
  double seconds = 1e9;
  long only = -1;
  bool verbose = false;
};

std::string LastMessage() {
  caffe_error error;
  return caffe_error_last(&error) == CAFFE_OK && error.message != nullptr ? error.message : "";
}

// The engines disagree, or a call that cannot fail did.
struct Difference {
  std::string message;
};

void Must(caffe_status status) {
  if (status != CAFFE_OK) throw Difference{"a call that cannot fail did: " + LastMessage()};
}

// A blob's handle.
class BlobHandle {
 public:
  BlobHandle(caffe_net* net, int blob) { Must(caffe_net_blob(net, blob, &blob_)); }
  BlobHandle(caffe_net* net, int layer, int parameter) { Must(caffe_net_layer_param(net, layer, parameter, &blob_)); }
  ~BlobHandle() { caffe_blob_destroy(blob_); }
  BlobHandle(const BlobHandle&) = delete;
  BlobHandle& operator=(const BlobHandle&) = delete;
  caffe_blob* get() const { return blob_; }

 private:
  caffe_blob* blob_ = nullptr;
};

void CompareValues(const std::string& what, const float* values, const float* expected, std::int64_t count,
                   double tolerance) {
  double largest = 1;
  double difference = 0;
  for (std::int64_t i = 0; i < count; ++i) {
    if (values[i] == expected[i] || (std::isnan(values[i]) && std::isnan(expected[i]))) continue;
    largest = std::fmax(largest, std::fabs(static_cast<double>(expected[i])));
    const double here = std::fabs(static_cast<double>(values[i]) - static_cast<double>(expected[i]));
    if (!(here <= difference)) difference = here;
  }
  for (std::int64_t i = 0; i < count; ++i) largest = std::fmax(largest, std::fabs(static_cast<double>(expected[i])));
  // Maxima of empty windows are the lowest number; their sums may overflow in another order.
  if (difference <= tolerance * largest || largest > 1e30) return;
  throw Difference{what + " differs by " + std::to_string(difference) + "; its largest value is " +
                   std::to_string(largest)};
}

class Trial {
 public:
  Trial(const RandomNet& definition, Random* random, bool verbose)
      : definition_(definition), random_(*random), verbose_(verbose) {}

  ~Trial() {
    caffe_net_destroy(nets_[0]);
    caffe_net_destroy(nets_[1]);
  }

  // False if Caffe does not make the net.
  bool Open() {
    const caffe_net_options options = {CAFFE_PHASE_TEST, 0, nullptr, 0, CAFFE_MODE_CPU, 0, 1, 5};
    const std::string& text = definition_.prototxt;
    for (caffe_net*& net : nets_) {
      if (caffe_net_create_from_text(text.data(), static_cast<std::int64_t>(text.size()), nullptr, &options, &net) !=
          CAFFE_OK) {
        return false;
      }
    }
    std::int32_t layers = 0;
    std::int32_t blobs = 0;
    Must(caffe_net_layer_count(nets_[0], &layers));
    Must(caffe_net_blob_count(nets_[0], &blobs));
    layers_ = layers;
    for (std::int32_t blob = 0; blob < blobs; ++blob) {
      const char* name = nullptr;
      Must(caffe_net_blob_name(nets_[0], blob, &name));
      names_.emplace_back(name);
    }
    if (!definition_.has_state) Must(caffe_net_share_with(nets_[0], nets_[1]));
    if (text.find("PROD") != std::string::npos) tolerance_ = kToleranceOfProducts;
    FillNorms();
    ChooseEngine();
    held_.resize(2);
    if (definition_.has_input) WriteInput();
    return true;
  }

  void Step() {
    const int kind = random_.Between(0, 99);
    if (!has_run_ || kind < 20) return Forward();
    if (kind == 20) return ForwardWithHook();
    if (kind == 21) return StopAtOnce();
    if (kind < 38) return definition_.has_input ? WriteInput() : Forward();
    if (kind < 46) return definition_.has_input ? Reshape() : Forward();
    if (kind < 60) return ReadOne();
    if (kind < 68) return ReadAll();
    if (kind < 77) return Partial();
    if (kind < 87) return Backward();
    if (kind < 91) return WriteInner();
    if (kind < 93) return WriteWeights();
    if (kind < 95) return ChooseAgain();
    if (kind < 97) return Clone();
    if (kind < 98) return ReshapeNet();
    return Poison();
  }

  const std::string& log() const { return log_; }

 private:
  void Log(const std::string& text) {
    log_ += text + "\n";
    if (verbose_) std::fprintf(stderr, "  %s\n", text.c_str());
  }

  // A call for both nets, with the same numbers of random. Where the fast one alone may fail, false.
  bool Both(const char* what, bool fast_may_fail, const std::function<caffe_status(int)>& call) {
    const caffe_status fast = call(0);
    const std::string message = LastMessage();
    if (fast != CAFFE_OK && fast_may_fail && message.find("run the net forward once more") != std::string::npos) {
      Log(std::string("    refused: ") + what);
      return false;
    }
    const caffe_status reference = call(1);
    if ((fast == CAFFE_OK) == (reference == CAFFE_OK)) return fast == CAFFE_OK;
    throw Difference{std::string(what) + (fast == CAFFE_OK ? " fails in the original engine alone: " + LastMessage()
                                                           : " fails in the accelerated engine alone: " + message)};
  }

  void FillNorms() {
    for (int layer = 0; layer < layers_; ++layer) {
      const char* type = nullptr;
      Must(caffe_net_layer_type(nets_[1], layer, &type));
      if (std::strcmp(type, "BatchNorm") != 0) continue;
      Random same(static_cast<std::uint64_t>(layer));
      for (int which = 0; which < 2; ++which) {
        Random values = same;
        for (int parameter = 0; parameter < 3; ++parameter) {
          const BlobHandle blob(nets_[which], layer, parameter);
          float* data = nullptr;
          std::int64_t count = 0;
          Must(caffe_blob_mutable_data(blob.get(), &data, &count));
          for (std::int64_t i = 0; i < count; ++i) data[i] = values.Value() + (parameter > 0 ? 2.0f : 0.0f);
        }
      }
    }
  }

  void ChooseEngine() {
    const caffe_engine_options options = {CAFFE_ENGINE_ACCELERATED, random_.Between(1, 3), random_.Between(0, 2)};
    Log("engine: threads " + std::to_string(options.threads) + ", instructions " +
        std::to_string(options.instruction_set));
    const caffe_status status = caffe_engine_choose(nets_[0], &options);
    if (status == CAFFE_OK) return;
    if (!may_refuse_) throw Difference{"the engine cannot be chosen: " + LastMessage()};
  }

  void ChooseAgain() {
    if (random_.OneIn(3)) {
      const caffe_engine_options original = {CAFFE_ENGINE_CAFFE, 0, 0};
      if (caffe_engine_choose(nets_[0], &original) != CAFFE_OK) {
        if (!may_refuse_) throw Difference{"the engine cannot be left: " + LastMessage()};
        return;
      }
      Log("engine left");
      ReadAll();
    }
    ChooseEngine();
  }

  int DataBlob() const {
    std::int32_t blob = -1;
    Must(caffe_net_blob_index(nets_[0], "data", &blob));
    return blob;
  }

  void WriteInput() {
    const int way = random_.Between(0, 3);
    const std::uint64_t seed = static_cast<std::uint64_t>(random_.Between(0, 1 << 30));
    Log("write input, way " + std::to_string(way));
    for (int which = 0; which < 2; ++which) {
      const BlobHandle blob(nets_[which], DataBlob());
      float* data = nullptr;
      std::int64_t count = 0;
      Held& held = held_[static_cast<std::size_t>(which)];
      if (way == 0 && held.data != nullptr) {
        data = held.data;
        count = held.count;
      } else if (way == 1) {
        Must(caffe_blob_overwrite_data(blob.get(), &data, &count));
        held = {};
      } else {
        Must(caffe_blob_mutable_data(blob.get(), &data, &count));
        held = {data, count};
      }
      Random values(seed);
      // A part of the values, except where the others are undefined.
      const std::int64_t first = way == 2 ? count / 3 : 0;
      for (std::int64_t i = first; i < count; ++i) data[i] = values.Value();
    }
  }

  void Reshape() {
    const int batch = random_.OneIn(3) ? random_.Between(4, 19) : random_.Between(1, 4);
    const bool same = definition_.has_fixed_size || random_.OneIn(2);
    const int height = same ? definition_.height : random_.Between(1, 16);
    const int width = same ? definition_.width : random_.Between(1, 30);
    const std::int32_t shape[] = {batch, definition_.channels, height, width};
    Log("reshape input to " + std::to_string(batch) + " x " + std::to_string(shape[1]) + " x " +
        std::to_string(height) + " x " + std::to_string(width));
    for (int which = 0; which < 2; ++which) {
      const BlobHandle blob(nets_[which], DataBlob());
      Must(caffe_blob_reshape(blob.get(), shape, 4));
      held_[static_cast<std::size_t>(which)] = {};
    }
    is_reshaped_ = true;
    // What the memory holds after a larger shape is undefined.
    WriteAll();
    if (random_.OneIn(3)) ReadOne();
    if (random_.OneIn(4)) ReshapeNet();
    // Layers of another shape may not run backward or alone.
    Forward();
  }

  void WriteAll() {
    for (int which = 0; which < 2; ++which) {
      const BlobHandle blob(nets_[which], DataBlob());
      float* data = nullptr;
      std::int64_t count = 0;
      Must(caffe_blob_mutable_data(blob.get(), &data, &count));
      held_[static_cast<std::size_t>(which)] = {data, count};
      Random values(static_cast<std::uint64_t>(count));
      for (std::int64_t i = 0; i < count; ++i) data[i] = values.Value();
    }
  }

  void ReshapeNet() {
    Log("reshape net");
    may_refuse_ = true;
    Both("reshape", false, [&](int which) { return caffe_net_reshape(nets_[which]); });
  }

  void Forward() {
    Log("forward");
    float losses[2] = {0, 0};
    has_run_ = true;
    if (Both("forward", false,
             [&](int which) { return caffe_net_forward(nets_[which], 0, layers_ - 1, &losses[which]); })) {
      may_refuse_ = false;
      is_reshaped_ = false;
      failed_ = false;
      CompareOutputs();
      return;
    }
    may_refuse_ = true;
    failed_ = true;
    // The shape that the net was made with.
    const std::int32_t shape[] = {2, definition_.channels, definition_.height, definition_.width};
    for (int which = 0; which < 2; ++which) {
      const BlobHandle blob(nets_[which], DataBlob());
      Must(caffe_blob_reshape(blob.get(), shape, 4));
    }
    WriteAll();
    if (Both("forward", false, [&](int which) { return caffe_net_forward(nets_[which], 0, layers_ - 1, nullptr); })) {
      may_refuse_ = false;
      failed_ = false;
      is_reshaped_ = false;
      CompareOutputs();
    }
  }

  // Caffe runs it in either engine.
  void ForwardWithHook() {
    // It reads the blob of its context.
    static const caffe_hook_callback read = [](std::int64_t context, std::int32_t, std::int32_t, char*, std::int32_t,
                                               std::int32_t* status) {
      const float* values = nullptr;
      std::int64_t count = 0;
      *status = caffe_blob_data(reinterpret_cast<caffe_blob*>(context), &values, &count);
    };
    const int blob = random_.Between(0, static_cast<int>(names_.size()) - 1);
    const BlobHandle blobs[] = {{nets_[0], blob}, {nets_[1], blob}};
    Log("with a hook:");
    for (int which = 0; which < 2; ++which) {
      Must(caffe_net_set_hook(nets_[which], CAFFE_HOOK_AFTER_FORWARD, read,
                              reinterpret_cast<std::int64_t>(blobs[which].get())));
    }
    Forward();
    for (caffe_net* net : nets_) Must(caffe_net_set_hook(net, CAFFE_HOOK_AFTER_FORWARD, nullptr, 0));
  }

  void StopAtOnce() {
    Log("forward, stopped at once");
    const std::int32_t stop = 1;
    for (caffe_net* net : nets_) {
      std::int32_t stopped = 0;
      Must(caffe_net_forward_until(net, 0, layers_ - 1, &stop, nullptr, &stopped));
      if (stopped != 1) throw Difference{"a pass was not stopped"};
    }
  }

  void Partial() {
    if (is_reshaped_ || failed_) return;
    const int first = random_.Between(0, layers_ - 1);
    const int last = random_.Between(first, layers_ - 1);
    Log("forward from " + std::to_string(first) + " to " + std::to_string(last));
    Both("part", may_refuse_, [&](int which) { return caffe_net_forward(nets_[which], first, last, nullptr); });
    if (may_refuse_) partial_after_write_ = true;
  }

  void Backward() {
    if (is_reshaped_ || failed_) return;
    Log("backward");
    const std::uint64_t seed = static_cast<std::uint64_t>(random_.Between(0, 1 << 30));
    std::int32_t outputs = 0;
    Must(caffe_net_output_count(nets_[0], &outputs));
    for (int which = 0; which < 2; ++which) {
      Must(caffe_net_clear_param_diffs(nets_[which]));
      Random values(seed);
      for (std::int32_t i = 0; i < outputs; ++i) {
        std::int32_t output = -1;
        Must(caffe_net_output(nets_[which], i, &output));
        const BlobHandle blob(nets_[which], output);
        float* diff = nullptr;
        std::int64_t count = 0;
        Must(caffe_blob_mutable_diff(blob.get(), &diff, &count));
        for (std::int64_t k = 0; k < count; ++k) diff[k] = values.Value();
      }
    }
    if (!Both("backward", may_refuse_, [&](int which) { return caffe_net_backward(nets_[which], layers_ - 1, 0); })) {
      return;
    }
    if (!definition_.has_rounded_ties && !IsNearBend() && !HasNearlyEqualMaxima()) CompareDiffs();
  }

  // Whether a value is so near to where a layer's gradient jumps that rounding decides the side.
  bool IsNearBend() const {
    static const char* const bent[] = {"ReLU", "ReLU6", "PReLU", "ELU", "AbsVal"};
    for (int layer = 0; layer < layers_; ++layer) {
      const char* type = nullptr;
      std::int32_t blob = -1;
      Must(caffe_net_layer_type(nets_[1], layer, &type));
      for (const char* const one : bent) {
        if (std::strcmp(type, one) != 0) continue;
        // In place, the top tells.
        Must(caffe_net_top(nets_[1], layer, 0, &blob));
        if (HasValueNear(blob, 0) || HasValueNear(blob, 6)) return true;
        Must(caffe_net_bottom(nets_[1], layer, 0, &blob));
        if (HasValueNear(blob, 0)) return true;
      }
    }
    return false;
  }

  // Whether rounding may decide which value of a window is the largest, and gets the gradient.
  bool HasNearlyEqualMaxima() const {
    for (int layer = 0; layer < layers_; ++layer) {
      const char* type = nullptr;
      std::int32_t blob = -1;
      Must(caffe_net_layer_type(nets_[1], layer, &type));
      if (std::strcmp(type, "Pooling") != 0) continue;
      Must(caffe_net_bottom(nets_[1], layer, 0, &blob));
      for (caffe_net* net : nets_) {
        if (HasNearlyEqualValues(net, blob)) return true;
      }
    }
    return false;
  }

  // In one channel of an image, and not equal.
  static bool HasNearlyEqualValues(caffe_net* net, int blob) {
    const BlobHandle handle(net, blob);
    const float* values = nullptr;
    std::int64_t count = 0;
    std::int32_t shape[CAFFE_MAX_BLOB_AXES];
    std::int32_t axes = 0;
    Must(caffe_blob_data(handle.get(), &values, &count));
    Must(caffe_blob_shape(handle.get(), shape, CAFFE_MAX_BLOB_AXES, &axes));
    if (axes != 4 || count == 0) return false;
    const std::int64_t plane = std::int64_t{shape[2]} * shape[3];
    float largest = 1;
    for (std::int64_t i = 0; i < count; ++i) largest = std::fmax(largest, std::fabs(values[i]));
    for (std::int64_t first = 0; first < count; first += plane) {
      std::vector<float> sorted(values + first, values + first + plane);
      std::sort(sorted.begin(), sorted.end());
      for (std::size_t i = 1; i < sorted.size(); ++i) {
        const float distance = sorted[i] - sorted[i - 1];
        if (distance > 0 && distance < 3e-6f * largest) return true;
      }
    }
    return false;
  }

  // Zeros themselves are exact.
  bool HasValueNear(int blob, float place) const {
    const BlobHandle handle(nets_[1], blob);
    const float* values = nullptr;
    std::int64_t count = 0;
    Must(caffe_blob_data(handle.get(), &values, &count));
    float largest = 1;
    for (std::int64_t i = 0; i < count; ++i) largest = std::fmax(largest, std::fabs(values[i]));
    for (std::int64_t i = 0; i < count; ++i) {
      const float distance = std::fabs(values[i] - place);
      if (distance > 0 && distance < 1e-5f * largest) return true;
    }
    return false;
  }

  void CompareDiffs() {
    for (std::size_t blob = 0; blob < names_.size(); ++blob)
      CompareDiff("of '" + names_[blob] + "'",
                  [&](int which) { return new BlobHandle(nets_[which], static_cast<int>(blob)); });
    for (int layer = 0; layer < layers_; ++layer) {
      std::int32_t parameters = 0;
      Must(caffe_net_layer_param_count(nets_[0], layer, &parameters));
      for (std::int32_t i = 0; i < parameters; ++i) {
        CompareDiff("of parameter " + std::to_string(i) + " of layer " + std::to_string(layer),
                    [&](int which) { return new BlobHandle(nets_[which], layer, i); });
      }
    }
  }

  void CompareDiff(const std::string& what, const std::function<BlobHandle*(int)>& open) {
    const float* diffs[2] = {nullptr, nullptr};
    std::int64_t counts[2] = {0, 0};
    std::unique_ptr<BlobHandle> blobs[2];
    for (int which = 0; which < 2; ++which) {
      blobs[which].reset(open(which));
      Must(caffe_blob_diff(blobs[which]->get(), &diffs[which], &counts[which]));
    }
    if (counts[0] != counts[1]) throw Difference{"the count of the gradient " + what};
    CompareValues("the gradient " + what, diffs[0], diffs[1], counts[0], tolerance_);
  }

  bool Compare(std::size_t blob) {
    const BlobHandle fast(nets_[0], static_cast<int>(blob));
    const BlobHandle reference(nets_[1], static_cast<int>(blob));
    const float* values[2] = {nullptr, nullptr};
    std::int64_t counts[2] = {0, 0};
    if (!Both("read", may_refuse_, [&](int which) {
          return caffe_blob_data((which == 0 ? fast : reference).get(), &values[which], &counts[which]);
        })) {
      return false;
    }
    if (counts[0] != counts[1]) throw Difference{"the count of '" + names_[blob] + "'"};
    CompareValues("'" + names_[blob] + "'", values[0], values[1], counts[0], tolerance_);
    return true;
  }

  void CompareOutputs() {
    std::int32_t outputs = 0;
    Must(caffe_net_output_count(nets_[0], &outputs));
    for (std::int32_t i = 0; i < outputs; ++i) {
      std::int32_t output = -1;
      Must(caffe_net_output(nets_[0], i, &output));
      Compare(static_cast<std::size_t>(output));
    }
  }

  void ReadOne() {
    // Blobs hold something undefined after shapes were changed, or a pass failed.
    if (may_refuse_) return;
    const std::size_t blob = static_cast<std::size_t>(random_.Between(0, static_cast<int>(names_.size()) - 1));
    Log("read '" + names_[blob] + "'");
    Compare(blob);
  }

  void ReadAll() {
    if (may_refuse_) return;
    Log("read all");
    for (std::size_t blob = 0; blob < names_.size(); ++blob) Compare(blob);
  }

  void WriteInner() {
    if (is_reshaped_ || failed_ || may_refuse_) return;
    const std::size_t blob = static_cast<std::size_t>(random_.Between(0, static_cast<int>(names_.size()) - 1));
    Log("write '" + names_[blob] + "'");
    const std::uint64_t seed = static_cast<std::uint64_t>(random_.Between(0, 1 << 30));
    for (int which = 0; which < 2; ++which) {
      const BlobHandle handle(nets_[which], static_cast<int>(blob));
      float* data = nullptr;
      std::int64_t count = 0;
      Must(caffe_blob_mutable_data(handle.get(), &data, &count));
      Random values(seed);
      for (std::int64_t i = 0; i < count; ++i) data[i] = values.Value();
    }
  }

  void WriteWeights() {
    const int layer = random_.Between(0, layers_ - 1);
    std::int32_t parameters = 0;
    const char* type = nullptr;
    Must(caffe_net_layer_type(nets_[0], layer, &type));
    Must(caffe_net_layer_param_count(nets_[0], layer, &parameters));
    if (parameters == 0 || std::strcmp(type, "BatchNorm") == 0) return;
    Log("write weights of layer " + std::to_string(layer));
    const std::uint64_t seed = static_cast<std::uint64_t>(random_.Between(0, 1 << 30));
    for (int which = definition_.has_state ? 0 : 1; which < 2; ++which) {
      const BlobHandle blob(nets_[which], layer, 0);
      float* data = nullptr;
      std::int64_t count = 0;
      Must(caffe_blob_mutable_data(blob.get(), &data, &count));
      Random values(seed);
      for (std::int64_t i = 0; i < count; ++i) data[i] = 0.5f * values.Value();
    }
    may_refuse_ = true;
    // Blobs are of the weights before, or refused.
    const std::size_t blob = static_cast<std::size_t>(random_.Between(0, static_cast<int>(names_.size()) - 1));
    if (!is_reshaped_ && !failed_) Compare(blob);
    Forward();
  }

  void Clone() {
    if (definition_.has_state || failed_) return;
    Log("clone");
    const Trial clone(*this);
  }

  // Clones of both nets, run once.
  explicit Trial(Trial& source)
      : definition_(source.definition_),
        random_(source.random_),
        verbose_(source.verbose_),
        layers_(source.layers_),
        tolerance_(source.tolerance_),
        names_(source.names_) {
    for (int which = 0; which < 2; ++which) Must(caffe_net_clone(source.nets_[which], 0, 0, &nets_[which]));
    held_.resize(2);
    ChooseEngine();
    WriteAll();
    Forward();
    ReadAll();
    Backward();
  }

  // Whatever the next pass reads of memory that it did not write shows.
  void Poison() {
    if (!definition_.has_input || definition_.has_state) return;
    Log("poison");
    const std::int32_t shape[] = {random_.Between(1, 17), definition_.channels,
                                  definition_.has_fixed_size ? definition_.height : definition_.height + 9,
                                  definition_.has_fixed_size ? definition_.width : definition_.width + 20};
    const std::int32_t after[] = {random_.Between(1, 9), definition_.channels, definition_.height, definition_.width};
    for (int which = 0; which < 2; ++which) {
      const BlobHandle blob(nets_[which], DataBlob());
      held_[static_cast<std::size_t>(which)] = {};
      float* data = nullptr;
      std::int64_t count = 0;
      Must(caffe_blob_reshape(blob.get(), shape, 4));
      Must(caffe_blob_mutable_data(blob.get(), &data, &count));
      for (std::int64_t i = 0; i < count; ++i) data[i] = std::nanf("");
      caffe_net_forward(nets_[which], 0, layers_ - 1, nullptr);
      Must(caffe_blob_reshape(blob.get(), after, 4));
    }
    WriteAll();
    Forward();
    ReadAll();
  }

  struct Held {
    float* data = nullptr;
    std::int64_t count = 0;
  };

  const RandomNet& definition_;
  Random& random_;
  const bool verbose_;
  // The accelerated engine's, and the original engine's.
  caffe_net* nets_[2] = {nullptr, nullptr};
  int layers_ = 0;
  double tolerance_ = kTolerance;
  std::vector<std::string> names_;
  // Pointers to write the input through, of an earlier step.
  std::vector<Held> held_;
  bool has_run_ = false;
  bool failed_ = false;
  // Whether the input was reshaped since the last pass.
  bool is_reshaped_ = false;
  // Whether the accelerated engine may ask for another pass.
  bool may_refuse_ = false;
  bool partial_after_write_ = false;
  std::string log_;
};

int Run(const Options& options) {
  const auto start = std::chrono::steady_clock::now();
  long nets = 0;
  long made = 0;
  long steps = 0;
  for (long index = options.only < 0 ? 0 : options.only; nets < options.nets && steps < options.steps; ++index) {
    const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start;
    if (elapsed.count() > options.seconds || (options.only >= 0 && nets > 0)) break;
    ++nets;
    Random random(options.seed * 1000003u + static_cast<std::uint64_t>(index));
    const RandomNet definition = MakeRandomNet(&random);
    Trial trial(definition, &random, options.verbose);
    if (options.verbose) std::fprintf(stderr, "%s", definition.prototxt.c_str());
    try {
      if (!trial.Open()) {
        if (options.verbose) std::fprintf(stderr, "not made: %s\n", LastMessage().c_str());
        continue;
      }
      ++made;
      const int count = random.Between(4, 40);
      for (int step = 0; step < count; ++step, ++steps) trial.Step();
    } catch (const Difference& difference) {
      std::fprintf(stderr, "%s\n%s%s\nseed %llu, net %ld\n", definition.prototxt.c_str(), trial.log().c_str(),
                   difference.message.c_str(), static_cast<unsigned long long>(options.seed), index);
      return 1;
    }
  }
  std::printf("%ld nets (%ld made), %ld steps: the engines agree\n", nets, made, steps);
  // A generator that makes no nets would find nothing.
  return made * 2 > nets && steps > made ? 0 : 1;
}

}  // namespace
}  // namespace caffesharp::tests

int main(int argc, char** argv) {
  caffesharp::tests::Options options;
  if (argc < 2) {
    std::fprintf(stderr, "usage: differential SEED [--nets N] [--steps S] [--seconds T] [--net I] [--verbose]\n");
    return 2;
  }
  options.seed = std::strtoull(argv[1], nullptr, 10);
  for (int i = 2; i < argc; ++i) {
    const std::string name = argv[i];
    if (name == "--verbose") {
      options.verbose = true;
    } else if (i + 1 < argc && name == "--nets") {
      options.nets = std::atol(argv[++i]);
    } else if (i + 1 < argc && name == "--steps") {
      options.steps = std::atol(argv[++i]);
    } else if (i + 1 < argc && name == "--seconds") {
      options.seconds = std::atof(argv[++i]);
    } else if (i + 1 < argc && name == "--net") {
      options.only = std::atol(argv[++i]);
    } else {
      std::fprintf(stderr, "unknown option %s\n", name.c_str());
      return 2;
    }
  }
  return caffesharp::tests::Run(options);
}
