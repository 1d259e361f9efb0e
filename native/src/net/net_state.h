// A caffe::Net with everything that it needs to run the same from any thread.
#ifndef CAFFESHARP_SRC_NET_NET_STATE_H_
#define CAFFESHARP_SRC_NET_NET_STATE_H_

#include <atomic>
#include <boost/shared_ptr.hpp>
#include <caffe/net.hpp>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "caffesharp/net.h"
#include "core/device.h"
#include "core/log.h"
#include "core/random_stream.h"
#include "core/threads/thread_budget.h"
#include "core/threads/thread_failure.h"
#include "data/hdf5/hdf5_session.h"
#include "engine/accelerated_engine.h"
#include "engine/parameters/parameter_version.h"
#include "engine/training/training_engine.h"
#include "net/net_definition.h"
#include "net/net_hooks.h"
#include "net/writable_memory.h"

namespace caffesharp {

// What null options stand for.
constexpr caffe_net_options kDefaultNetOptions = {CAFFE_PHASE_TEST, 0, nullptr, 0, CAFFE_MODE_CPU, 0, 0, 0};

// Makes the net of a definition whose layers are chosen.
using NetMaker = std::function<boost::shared_ptr<caffe::Net<float>>(const caffe::NetParameter&)>;

class NetState {
 public:
  // Makes the net. Throws what the prototxt or the options deserve.
  NetState(NetDefinition definition, const caffe_net_options& options);
  // As above, a net that make makes. It draws from random_stream, which other nets may share; null for the thread's.
  NetState(NetDefinition definition, const caffe_net_options& options, std::shared_ptr<RandomStream> random_stream,
           const NetMaker& make);
  ~NetState();
  NetState(const NetState&) = delete;
  NetState& operator=(const NetState&) = delete;

  caffe::Net<float>& net() const { return *net_; }
  const NetDefinition& definition() const { return definition_; }
  const Device& device() const { return device_; }
  int layer_count() const { return static_cast<int>(net_->layers().size()); }
  const std::string& layer_name(int layer) const { return net_->layer_names()[static_cast<std::size_t>(layer)]; }
  const caffe::LayerParameter& layer_parameter(int layer) const {
    return net_->layers()[static_cast<std::size_t>(layer)]->layer_param();
  }
  // In prototxt syntax.
  const std::string& layer_text(int layer) const { return layer_texts_[static_cast<std::size_t>(layer)]; }

  // Gives a MemoryData layer what it reads from now on.
  void SetInputArrays(int layer, std::vector<float> data, std::vector<float> labels);
  // After a run of all layers none of them points to arrays that were replaced before.
  void ForgetReplacedArrays() { replaced_arrays_.clear(); }

  // By layer, whether the last successful copy gave it its parameters.
  std::vector<bool> copied_layers;
  NetHooks hooks;
  // Memory of blobs that may be written without another call.
  mutable WritableMemory writable_memory;
  // What runs whole forward passes; null if Caffe does.
  std::unique_ptr<engine::AcceleratedEngine> accelerated_engine;
  // What runs single layers in the train phase; null if Caffe does.
  std::unique_ptr<engine::TrainingEngine> training_engine;

 private:
  friend class NetCall;

  // Examples of a MemoryData layer, which reads them where they are.
  struct InputArrays {
    std::vector<float> data;
    std::vector<float> labels;
  };

  void Make(const NetMaker& make);
  void CheckMemory() const;

  NetDefinition definition_;
  Device device_;
  std::shared_ptr<RandomStream> random_stream_;
  std::shared_ptr<FailureGroup> failures_ = std::make_shared<FailureGroup>();
  bool uses_hdf5_ = false;
  std::vector<std::string> layer_texts_;
  std::atomic<bool> busy_{false};
  std::map<int, std::unique_ptr<InputArrays>> input_arrays_;
  std::vector<std::unique_ptr<InputArrays>> replaced_arrays_;
  boost::shared_ptr<caffe::Net<float>> net_;
};

// The places of the thread budget that a layer of Caffe's requires.
inline int LayerPlaces(const NetState& state) { return state.device().mode == CAFFE_MODE_CPU ? BlasPlaces() : 1; }

// The calling thread is inside the net while this lives: its device, random stream and failures are the net's. Throws
// CAFFE_ERROR_BUSY if another thread is.
class NetCall {
 public:
  explicit NetCall(NetState& state);
  ~NetCall();
  NetCall(const NetCall&) = delete;
  NetCall& operator=(const NetCall&) = delete;

  // Has Caffe run one layer forward, and gives its weighted losses; or backward; or bring its tops into shape.
  float RunLayer(int layer);
  void RunLayerBackward(int layer);
  // Runs a layer again that has run already: no hook sees it.
  void RepeatLayer(int layer);
  void ReshapeLayer(int layer);
  // Throw where Caffe's layer would divide by a size, or index by a value, without a look.
  void CheckForward(int layer) const;
  void CheckBackward(int layer) const;

  // Runs body for one layer; a failure in it carries the layer's name and its place in the prototxt.
  template <typename Body>
  void InLayer(int layer, Body&& body) {
    try {
      state_.failures_->ThrowKnownFailure();
      body();
    } catch (...) {
      state_.definition().RethrowInLayer(state_.layer_name(layer), state_.layer_parameter(layer).type());
    }
  }

 private:
  // Gives the net back when everything else has been put back.
  struct Claim {
    explicit Claim(NetState& claimed);
    ~Claim() { state.busy_ = false; }
    Claim(const Claim&) = delete;
    Claim& operator=(const Claim&) = delete;
    NetState& state;
  };

  NetState& state_;
  Claim claim_;
  std::optional<Hdf5Session> hdf5_;
  DeviceScope device_;
  RandomStreamScope random_;
  FailureGroupScope failures_;
  engine::WriteScope writes_;
};

}  // namespace caffesharp

// What the handles of the C interface point at. The blobs of a net keep it alive: a data layer owns the memory of its
// tops.
struct caffe_net {
  std::shared_ptr<caffesharp::NetState> state;
};

#endif  // CAFFESHARP_SRC_NET_NET_STATE_H_
