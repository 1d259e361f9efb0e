#include "caffesharp/net.h"

#include <cstring>
#include <limits>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/error.h"
#include "core/text.h"
#include "net/blob_handle.h"
#include "net/net_clone.h"
#include "net/net_run.h"
#include "net/net_state.h"
#include "net/weights/weights.h"

namespace caffesharp {
namespace {

void CreateNet(NetDefinition definition, const caffe_net_options* options, caffe_net** net) {
  auto handle = std::make_unique<caffe_net>();
  handle->state = std::make_shared<NetState>(std::move(definition), options == nullptr ? kDefaultNetOptions : *options);
  *net = handle.release();
}

NetState& StateOf(const caffe_net* net) {
  RequireNotNull(net, "net");
  return *net->state;
}

// The layer's index in Caffe's vectors.
std::size_t LayerIndex(const NetState& state, std::int32_t layer) {
  RequireIndex(layer, state.layer_count(), "layer");
  return static_cast<std::size_t>(layer);
}

std::size_t BlobIndex(const NetState& state, std::int32_t blob) {
  RequireIndex(blob, static_cast<int>(state.net().blobs().size()), "blob");
  return static_cast<std::size_t>(blob);
}

// An accessor with one result.
template <typename Result, typename Body>
caffe_status Get(const caffe_net* net, Result* result, const char* name, Body&& body) {
  return Guard([&] {
    const NetState& state = StateOf(net);
    RequireNotNull(result, name);
    *result = static_cast<Result>(body(state));
  });
}

// The blob index at a position of a list of blob indices.
std::int32_t Pick(const std::vector<int>& indices, std::int32_t index, const char* what) {
  RequireIndex(index, static_cast<int>(indices.size()), what);
  return indices[static_cast<std::size_t>(index)];
}

std::int32_t FindName(const std::vector<std::string>& names, const char* name, const char* what) {
  RequireNotNull(name, "name");
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i] == name) return static_cast<std::int32_t>(i);
  }
  throw Error(CAFFE_ERROR_NOT_FOUND,
              std::string("the net has no ") + what + " '" + name + "'" + DidYouMean(name, names));
}

caffe_status HandOut(caffe_net* net, caffe_blob** blob,
                     const boost::shared_ptr<caffe::Blob<float>>& (*find)(const NetState&, std::int32_t, std::int32_t),
                     std::int32_t first, std::int32_t second) {
  return Guard([&] {
    const NetState& state = StateOf(net);
    RequireNotNull(blob, "blob");
    auto handle = std::make_unique<caffe_blob>();
    handle->blob = find(state, first, second);
    handle->owner = net->state;
    *blob = handle.release();
  });
}

const boost::shared_ptr<caffe::Blob<float>>& FindParameter(const NetState& state, std::int32_t layer,
                                                           std::int32_t parameter) {
  auto& blobs = state.net().layers()[LayerIndex(state, layer)]->blobs();
  RequireIndex(parameter, static_cast<int>(blobs.size()), "parameter");
  return blobs[static_cast<std::size_t>(parameter)];
}

const boost::shared_ptr<caffe::Blob<float>>& FindBlob(const NetState& state, std::int32_t blob, std::int32_t) {
  return state.net().blobs()[BlobIndex(state, blob)];
}

}  // namespace
}  // namespace caffesharp

using caffesharp::ComputeTurn;
using caffesharp::Get;
using caffesharp::Guard;
using caffesharp::NetCall;
using caffesharp::NetState;
using caffesharp::RequireNotNull;
using caffesharp::StateOf;

caffe_status caffe_net_create_from_file(const char* prototxt_path, const caffe_net_options* options, caffe_net** net) {
  return Guard([&] {
    RequireNotNull(prototxt_path, "prototxt_path");
    RequireNotNull(net, "net");
    caffesharp::CreateNet(caffesharp::NetDefinition::FromFile(prototxt_path), options, net);
  });
}

caffe_status caffe_net_create_from_text(const char* text, int64_t length, const char* name,
                                        const caffe_net_options* options, caffe_net** net) {
  return Guard([&] {
    RequireNotNull(text, "text");
    RequireNotNull(net, "net");
    if (length < 0) throw caffesharp::Error(CAFFE_ERROR_ARGUMENT, "length " + std::to_string(length) + " is negative");
    const std::string prototxt(text, static_cast<std::size_t>(length));
    caffesharp::CreateNet(caffesharp::NetDefinition::FromText(prototxt, name == nullptr ? "" : name), options, net);
  });
}

caffe_status caffe_net_clone(caffe_net* net, int32_t has_seed, uint32_t seed, caffe_net** clone) {
  return Guard([&] {
    NetState& state = StateOf(net);
    RequireNotNull(clone, "clone");
    auto handle = std::make_unique<caffe_net>();
    handle->state =
        caffesharp::CloneNet(state, has_seed != 0 ? std::make_shared<caffesharp::RandomStream>(seed) : nullptr);
    *clone = handle.release();
  });
}

caffe_status caffe_net_destroy(caffe_net* net) {
  return Guard([&] {
    if (net != nullptr) net->state->hooks.Forget(net);
    delete net;
  });
}

caffe_status caffe_net_name(const caffe_net* net, const char** name) {
  return Get(net, name, "name", [](const NetState& state) { return state.net().name().c_str(); });
}

caffe_status caffe_net_phase(const caffe_net* net, int32_t* phase) {
  return Get(net, phase, "phase", [](const NetState& state) {
    return state.net().phase() == caffe::TRAIN ? CAFFE_PHASE_TRAIN : CAFFE_PHASE_TEST;
  });
}

caffe_status caffe_net_layer_count(const caffe_net* net, int32_t* count) {
  return Get(net, count, "count", [](const NetState& state) { return state.layer_count(); });
}

caffe_status caffe_net_layer_name(const caffe_net* net, int32_t layer, const char** name) {
  return Get(net, name, "name", [&](const NetState& state) {
    return state.net().layer_names()[caffesharp::LayerIndex(state, layer)].c_str();
  });
}

caffe_status caffe_net_layer_type(const caffe_net* net, int32_t layer, const char** type) {
  return Get(net, type, "type", [&](const NetState& state) {
    caffesharp::LayerIndex(state, layer);
    return state.layer_parameter(layer).type().c_str();
  });
}

caffe_status caffe_net_layer_definition(const caffe_net* net, int32_t layer, const char** prototxt) {
  return Get(net, prototxt, "prototxt", [&](const NetState& state) {
    caffesharp::LayerIndex(state, layer);
    return state.layer_text(layer).c_str();
  });
}

caffe_status caffe_net_layer_index(const caffe_net* net, const char* name, int32_t* layer) {
  return Get(net, layer, "layer",
             [&](const NetState& state) { return caffesharp::FindName(state.net().layer_names(), name, "layer"); });
}

caffe_status caffe_net_bottom_count(const caffe_net* net, int32_t layer, int32_t* count) {
  return Get(net, count, "count", [&](const NetState& state) {
    caffesharp::LayerIndex(state, layer);
    return state.net().bottom_ids(layer).size();
  });
}

caffe_status caffe_net_bottom(const caffe_net* net, int32_t layer, int32_t bottom, int32_t* blob) {
  return Get(net, blob, "blob", [&](const NetState& state) {
    caffesharp::LayerIndex(state, layer);
    return caffesharp::Pick(state.net().bottom_ids(layer), bottom, "bottom");
  });
}

caffe_status caffe_net_top_count(const caffe_net* net, int32_t layer, int32_t* count) {
  return Get(net, count, "count", [&](const NetState& state) {
    caffesharp::LayerIndex(state, layer);
    return state.net().top_ids(layer).size();
  });
}

caffe_status caffe_net_top(const caffe_net* net, int32_t layer, int32_t top, int32_t* blob) {
  return Get(net, blob, "blob", [&](const NetState& state) {
    caffesharp::LayerIndex(state, layer);
    return caffesharp::Pick(state.net().top_ids(layer), top, "top");
  });
}

caffe_status caffe_net_layer_param_count(const caffe_net* net, int32_t layer, int32_t* count) {
  return Get(net, count, "count", [&](const NetState& state) {
    return state.net().layers()[caffesharp::LayerIndex(state, layer)]->blobs().size();
  });
}

caffe_status caffe_net_layer_param(caffe_net* net, int32_t layer, int32_t param, caffe_blob** blob) {
  return caffesharp::HandOut(net, blob, &caffesharp::FindParameter, layer, param);
}

caffe_status caffe_net_blob_count(const caffe_net* net, int32_t* count) {
  return Get(net, count, "count", [](const NetState& state) { return state.net().blobs().size(); });
}

caffe_status caffe_net_blob_name(const caffe_net* net, int32_t blob, const char** name) {
  return Get(net, name, "name", [&](const NetState& state) {
    return state.net().blob_names()[caffesharp::BlobIndex(state, blob)].c_str();
  });
}

caffe_status caffe_net_blob_index(const caffe_net* net, const char* name, int32_t* blob) {
  return Get(net, blob, "blob",
             [&](const NetState& state) { return caffesharp::FindName(state.net().blob_names(), name, "blob"); });
}

caffe_status caffe_net_blob(caffe_net* net, int32_t index, caffe_blob** blob) {
  return caffesharp::HandOut(net, blob, &caffesharp::FindBlob, index, 0);
}

caffe_status caffe_net_blob_loss_weight(const caffe_net* net, int32_t blob, float* weight) {
  return Get(net, weight, "weight", [&](const NetState& state) {
    // Caffe keeps weights only up to the last blob that is a top.
    const std::size_t index = caffesharp::BlobIndex(state, blob);
    const std::vector<float>& weights = state.net().blob_loss_weights();
    return index < weights.size() ? weights[index] : 0.0f;
  });
}

caffe_status caffe_net_bytes(const caffe_net* net, int32_t with_parameters, int64_t* bytes) {
  return Get(net, bytes, "bytes", [&](const NetState& state) {
    std::int64_t count = 0;
    for (const auto& blob : state.net().blobs()) count += blob->count();
    if (with_parameters != 0) {
      for (const auto& layer : state.net().layers()) {
        for (const auto& parameter : layer->blobs()) count += parameter->count();
      }
    }
    return count * static_cast<std::int64_t>(sizeof(float));
  });
}

caffe_status caffe_net_input_count(const caffe_net* net, int32_t* count) {
  return Get(net, count, "count", [](const NetState& state) { return state.net().num_inputs(); });
}

caffe_status caffe_net_input(const caffe_net* net, int32_t input, int32_t* blob) {
  return Get(net, blob, "blob",
             [&](const NetState& state) { return caffesharp::Pick(state.net().input_blob_indices(), input, "input"); });
}

caffe_status caffe_net_output_count(const caffe_net* net, int32_t* count) {
  return Get(net, count, "count", [](const NetState& state) { return state.net().num_outputs(); });
}

caffe_status caffe_net_output(const caffe_net* net, int32_t output, int32_t* blob) {
  return Get(net, blob, "blob", [&](const NetState& state) {
    return caffesharp::Pick(state.net().output_blob_indices(), output, "output");
  });
}

caffe_status caffe_net_forward(caffe_net* net, int32_t first_layer, int32_t last_layer, float* loss) {
  return Guard([&] { caffesharp::RunForward(StateOf(net), first_layer, last_layer, nullptr, loss); });
}

caffe_status caffe_net_backward(caffe_net* net, int32_t first_layer, int32_t last_layer) {
  return Guard([&] { caffesharp::RunBackward(StateOf(net), first_layer, last_layer, nullptr); });
}

caffe_status caffe_net_forward_until(caffe_net* net, int32_t first_layer, int32_t last_layer, const int32_t* stop,
                                     float* loss, int32_t* stopped) {
  return Guard([&] {
    NetState& state = StateOf(net);
    RequireNotNull(stop, "stop");
    RequireNotNull(stopped, "stopped");
    *stopped = caffesharp::RunForward(state, first_layer, last_layer, stop, loss) ? 0 : 1;
  });
}

caffe_status caffe_net_backward_until(caffe_net* net, int32_t first_layer, int32_t last_layer, const int32_t* stop,
                                      int32_t* stopped) {
  return Guard([&] {
    NetState& state = StateOf(net);
    RequireNotNull(stop, "stop");
    RequireNotNull(stopped, "stopped");
    *stopped = caffesharp::RunBackward(state, first_layer, last_layer, stop) ? 0 : 1;
  });
}

caffe_status caffe_net_reshape(caffe_net* net) {
  return Guard([&] {
    NetState& state = StateOf(net);
    NetCall call(state);
    const ComputeTurn turn;
    if (state.accelerated_engine != nullptr) {
      state.accelerated_engine->Reshape(&call);
      return;
    }
    for (int32_t i = 0; i < state.layer_count(); ++i) call.ReshapeLayer(i);
  });
}

caffe_status caffe_net_clear_param_diffs(caffe_net* net) {
  return Guard([&] {
    NetState& state = StateOf(net);
    const NetCall call(state);
    state.net().ClearParamDiffs();
  });
}

caffe_status caffe_net_set_input_arrays(caffe_net* net, int32_t layer, const float* data, int64_t data_length,
                                        const float* labels, int64_t count) {
  return Guard([&] {
    NetState& state = StateOf(net);
    caffesharp::LayerIndex(state, layer);
    if (data_length < 0 || count < 0) throw caffesharp::Error(CAFFE_ERROR_ARGUMENT, "a length is negative");
    if (data_length > 0) RequireNotNull(data, "data");
    if (count > 0) RequireNotNull(labels, "labels");
    const NetCall call(state);
    state.SetInputArrays(layer, std::vector<float>(data, data + data_length),
                         std::vector<float>(labels, labels + count));
  });
}

caffe_status caffe_net_copy_from_file(caffe_net* net, const char* weights_path, int32_t* copied_layers) {
  return Guard([&] {
    NetState& state = StateOf(net);
    RequireNotNull(weights_path, "weights_path");
    const int count = caffesharp::CopyWeightsFromFile(state, weights_path);
    if (copied_layers != nullptr) *copied_layers = count;
  });
}

caffe_status caffe_net_copy_from_bytes(caffe_net* net, const void* bytes, int64_t length, const char* name,
                                       int32_t* copied_layers) {
  return Guard([&] {
    NetState& state = StateOf(net);
    RequireNotNull(bytes, "bytes");
    if (length < 0) throw caffesharp::Error(CAFFE_ERROR_ARGUMENT, "length " + std::to_string(length) + " is negative");
    const int count = caffesharp::CopyWeightsFromBytes(state, bytes, length, name == nullptr ? "" : name);
    if (copied_layers != nullptr) *copied_layers = count;
  });
}

caffe_status caffe_net_layer_was_copied(const caffe_net* net, int32_t layer, int32_t* copied) {
  return Get(net, copied, "copied",
             [&](const NetState& state) { return state.copied_layers[caffesharp::LayerIndex(state, layer)] ? 1 : 0; });
}

caffe_status caffe_net_share_with(caffe_net* net, caffe_net* other) {
  return Guard([&] {
    NetState& state = StateOf(net);
    RequireNotNull(other, "other");
    caffesharp::ShareWeights(state, *other->state);
  });
}

caffe_status caffe_net_save(caffe_net* net, const char* path, int32_t write_diff) {
  return Guard([&] {
    NetState& state = StateOf(net);
    RequireNotNull(path, "path");
    caffesharp::SaveCaffemodel(state, path, write_diff != 0);
  });
}

caffe_status caffe_net_save_hdf5(caffe_net* net, const char* path, int32_t write_diff) {
  return Guard([&] {
    NetState& state = StateOf(net);
    RequireNotNull(path, "path");
    caffesharp::SaveHdf5(state, path, write_diff != 0);
  });
}
