#include "net/net_state.h"

#include <google/protobuf/text_format.h>

#include <algorithm>
#include <boost/make_shared.hpp>
#include <caffe/layers/memory_data_layer.hpp>
#include <limits>
#include <set>
#include <utility>

#include "community/community_layer.h"
#include "core/blob_version.h"
#include "core/error.h"
#include "core/memory.h"
#include "core/text.h"
#include "layers/layer_checks.h"
#include "layers/pyramid_layer.h"
#include "net/weights/weights.h"

namespace caffesharp {
namespace {

caffe::NetState MakeCaffeState(const caffe_net_options& options) {
  if (options.phase != CAFFE_PHASE_TRAIN && options.phase != CAFFE_PHASE_TEST) {
    throw Error(CAFFE_ERROR_ARGUMENT, "phase " + std::to_string(options.phase) + " is neither 0 (train) nor 1 (test)");
  }
  if (options.stage_count < 0) {
    throw Error(CAFFE_ERROR_ARGUMENT, std::to_string(options.stage_count) + " stages");
  }
  if (options.stage_count > 0) RequireNotNull(options.stages, "options.stages");
  caffe::NetState state;
  state.set_phase(options.phase == CAFFE_PHASE_TRAIN ? caffe::TRAIN : caffe::TEST);
  state.set_level(options.level);
  for (int i = 0; i < options.stage_count; ++i) {
    RequireNotNull(options.stages[i], "options.stages[]");
    state.add_stage(options.stages[i]);
  }
  return state;
}

}  // namespace

NetState::NetState(NetDefinition definition, const caffe_net_options& options)
    : NetState(std::move(definition), options,
               options.has_seed != 0 ? std::make_shared<RandomStream>(options.seed) : nullptr,
               [](const caffe::NetParameter& parameter) { return boost::make_shared<caffe::Net<float>>(parameter); }) {}

NetState::NetState(NetDefinition definition, const caffe_net_options& options,
                   std::shared_ptr<RandomStream> random_stream, const NetMaker& make)
    : definition_(std::move(definition)),
      device_(MakeDevice(options.mode, options.device)),
      random_stream_(std::move(random_stream)) {
  UsePyramidLayer();
  community::UseCommunityLayers();
  definition_.ChooseLayers(MakeCaffeState(options));
  const auto& layers = definition_.parameter().layer();
  uses_hdf5_ = std::any_of(layers.begin(), layers.end(), [](const caffe::LayerParameter& layer) {
    return layer.type() == "HDF5Data" || layer.type() == "HDF5Output";
  });
  const caffe::NetParameter weights = definition_.TakeWeights();
  Make(make);
  if (weights.layer_size() > 0) CopyWeightsFromParameter(*this, weights, definition_.path());
}

void NetState::Make(const NetMaker& make) {
  const NetCall call(*this);
  const ComputeTurn turn;
  const CreationProgress progress;
  try {
    net_ = make(definition_.parameter());
    CheckMemory();
  } catch (...) {
    net_.reset();
    const auto& layers = definition_.parameter().layer();
    const auto layer = std::find_if(layers.begin(), layers.end(), [&](const caffe::LayerParameter& parameter) {
      return parameter.name() == progress.layer();
    });
    definition_.RethrowInLayer(progress.layer(), layer == layers.end() ? std::string() : layer->type());
  }
  copied_layers.assign(net_->layers().size(), false);
  for (const auto& layer : net_->layers()) {
    caffe::LayerParameter parameter(layer->layer_param());
    parameter.clear_blobs();
    layer_texts_.emplace_back();
    google::protobuf::TextFormat::PrintToString(parameter, &layer_texts_.back());
  }
}

void NetState::SetInputArrays(int layer, std::vector<float> data, std::vector<float> labels) {
  const auto& caffe_layer = net_->layers()[static_cast<std::size_t>(layer)];
  auto* memory_layer = dynamic_cast<caffe::MemoryDataLayer<float>*>(caffe_layer.get());
  const auto error = [&](const std::string& message) {
    return definition_.LayerError(CAFFE_ERROR_ARGUMENT, layer_name(layer), layer_parameter(layer).type(), message);
  };
  if (memory_layer == nullptr) throw error("it takes no arrays; a MemoryData layer does");
  const std::vector<int> example = {memory_layer->channels(), memory_layer->height(), memory_layer->width()};
  const std::size_t values = static_cast<std::size_t>(example[0]) * static_cast<std::size_t>(example[1]) *
                             static_cast<std::size_t>(example[2]);
  if (data.size() != labels.size() * values) {
    throw error(std::to_string(data.size()) + " values and " + std::to_string(labels.size()) +
                " labels do not belong together: an example has " + FormatShape(example) + " = " +
                std::to_string(values) + " values and one label");
  }
  if (labels.empty() || labels.size() % static_cast<std::size_t>(memory_layer->batch_size()) != 0) {
    throw error(std::to_string(labels.size()) + " examples are not a multiple of the batch size, " +
                std::to_string(memory_layer->batch_size()));
  }
  if (labels.size() > static_cast<std::size_t>(std::numeric_limits<int>::max())) {
    throw error(std::to_string(labels.size()) + " examples are more than Caffe counts");
  }
  auto arrays = std::make_unique<InputArrays>(InputArrays{std::move(data), std::move(labels)});
  replaced_arrays_.reserve(replaced_arrays_.size() + 1);
  auto& place = input_arrays_[layer];
  memory_layer->Reset(arrays->data.data(), arrays->labels.data(), static_cast<int>(arrays->labels.size()));
  // Blobs point into the old arrays until the net has run again.
  std::swap(place, arrays);
  if (arrays) replaced_arrays_.push_back(std::move(arrays));
}

// Caffe allocates when a net first runs; a net that cannot ever run is refused when it is made.
void NetState::CheckMemory() const {
  std::int64_t total = 0;
  std::int64_t largest = 0;
  std::size_t largest_index = 0;
  std::set<const caffe::SyncedMemory*> seen;
  for (std::size_t i = 0; i < net_->blobs().size(); ++i) {
    const caffe::Blob<float>& blob = *net_->blobs()[i];
    if (blob.count() == 0 || !seen.insert(blob.data().get()).second) continue;
    const std::int64_t bytes = std::int64_t{blob.count()} * static_cast<std::int64_t>(sizeof(float));
    total += bytes;
    if (bytes > largest) {
      largest = bytes;
      largest_index = i;
    }
  }
  if (total <= MemoryLimit()) return;
  const std::string& name = net_->blob_names()[largest_index];
  throw Error(CAFFE_ERROR_OUT_OF_MEMORY, "its blobs want " + FormatBytes(total) + " of memory, at most " +
                                             FormatBytes(MemoryLimit()) + " may be used; the largest is '" + name +
                                             "', " + FormatShape(net_->blobs()[largest_index]->shape()) + ", " +
                                             FormatBytes(largest))
      .InBlob(name);
}

NetState::~NetState() {
  // Layers may close HDF5 files and free device memory as they go.
  const DestructionScope destruction;
  try {
    std::optional<Hdf5Session> hdf5;
    if (uses_hdf5_) hdf5.emplace();
    const DeviceScope device(device_);
    accelerated_engine.reset();
    training_engine.reset();
    net_.reset();
  } catch (const std::exception& exception) {
    Emit(kLogError, __FILE__, __LINE__, std::string("a net was not destroyed cleanly: ") + exception.what());
  }
}

NetCall::Claim::Claim(NetState& claimed) : state(claimed) {
  if (!state.busy_.exchange(true)) return;
  throw Error(CAFFE_ERROR_BUSY,
              "this net is running, on another thread or further up on this one (a layer or its own hook); a net "
              "serves one call at a time, so give each thread its own, sharing the weights (caffe_net_clone)");
}

NetCall::NetCall(NetState& state)
    : state_(state),
      claim_(state),
      hdf5_(state.uses_hdf5_ ? std::make_optional<Hdf5Session>() : std::nullopt),
      device_(state.device_),
      random_(state.random_stream_.get()),
      failures_(state.failures_) {
  RaiseBlobVersion();
}

NetCall::~NetCall() { RaiseBlobVersion(); }

float NetCall::RunLayer(int layer) {
  float loss = 0;
  InLayer(layer, [&] {
    state_.hooks.Run(CAFFE_HOOK_BEFORE_FORWARD, layer);
    CheckForward(layer);
    const bool done = state_.training_engine != nullptr && state_.training_engine->Forward(layer);
    if (!done) {
      const ComputeTurn turn(LayerPlaces(state_));
      loss = state_.net().ForwardFromTo(layer, layer);
    }
    state_.hooks.Run(CAFFE_HOOK_AFTER_FORWARD, layer);
  });
  return loss;
}

void NetCall::RepeatLayer(int layer) {
  InLayer(layer, [&] {
    CheckForward(layer);
    const ComputeTurn turn(LayerPlaces(state_));
    state_.net().ForwardFromTo(layer, layer);
  });
}

void NetCall::RunLayerBackward(int layer) {
  InLayer(layer, [&] {
    state_.hooks.Run(CAFFE_HOOK_BEFORE_BACKWARD, layer);
    CheckForward(layer);
    const bool done = state_.training_engine != nullptr && state_.training_engine->Backward(layer);
    if (!done) {
      CheckBackward(layer);
      const ComputeTurn turn(LayerPlaces(state_));
      state_.net().BackwardFromTo(layer, layer);
    }
    state_.hooks.Run(CAFFE_HOOK_AFTER_BACKWARD, layer);
  });
}

void NetCall::CheckForward(int layer) const {
  const auto index = static_cast<std::size_t>(layer);
  const caffe::Net<float>& net = state_.net();
  caffesharp::CheckForward(*net.layers()[index], net.bottom_vecs()[index], net.top_vecs()[index]);
}

void NetCall::CheckBackward(int layer) const {
  const auto index = static_cast<std::size_t>(layer);
  const caffe::Net<float>& net = state_.net();
  const std::vector<bool>& wanted = net.bottom_need_backward()[index];
  if (std::find(wanted.begin(), wanted.end(), true) == wanted.end()) return;
  caffesharp::CheckBackward(*net.layers()[index], net.bottom_vecs()[index], net.top_vecs()[index]);
}

void NetCall::ReshapeLayer(int layer) {
  const auto index = static_cast<std::size_t>(layer);
  InLayer(layer, [&] {
    RequireShapes(state_.layer_parameter(layer), state_.net().bottom_vecs()[index]);
    state_.net().layers()[index]->Reshape(state_.net().bottom_vecs()[index], state_.net().top_vecs()[index]);
  });
}

}  // namespace caffesharp
