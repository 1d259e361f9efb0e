#include "engine/accelerated_engine.h"

#include <algorithm>
#include <set>
#include <string>

#include "core/error.h"
#include "engine/graph/graph_builder.h"
#include "engine/kernel_set.h"
#include "engine/schedule/worker_pool.h"
#include "net/net_state.h"

namespace caffesharp {
namespace engine {

AcceleratedEngine::AcceleratedEngine(const NetState& state, const caffe_engine_options& options)
    : state_(state), net_(state.net()), weights_(state.net()) {
  resources_.kernels = KernelSet(static_cast<caffe_instruction_set>(options.instruction_set));
  resources_.threads = options.threads > 0 ? options.threads : WorkerPool::Shared().processors();
  resources_.weights = &weights_;
  resources_.workspaces.resize(static_cast<std::size_t>(resources_.threads));
  stale_.assign(net_.blobs().size(), false);
  runs_.assign(net_.layers().size(), false);
  segments_.resize(net_.layers().size());
  const int layers = static_cast<int>(net_.layers().size());
  for (int layer = 0; layer < layers; ++layer) {
    const int end = SegmentEnd(layer);
    if (end == layer) continue;
    segments_[layer] = std::make_unique<Segment>(net_, layer, end - 1);
    // The layer there is left to Caffe.
    layer = end;
  }
}

// The layer before which a segment that begins with first ends.
int AcceleratedEngine::SegmentEnd(int first) const {
  const int layers = static_cast<int>(net_.layers().size());
  std::set<int> read;
  std::set<int> made;
  for (int layer = first; layer < layers; ++layer) {
    if (!SupportsLayer(net_, layer)) return layer;
    for (const int bottom : net_.bottom_ids(layer)) {
      if (made.count(bottom) == 0) read.insert(bottom);
    }
    for (const int top : net_.top_ids(layer)) {
      // Its input would be gone when a part of it is computed again.
      if (read.count(top) > 0) return layer;
      made.insert(top);
    }
  }
  return layers;
}

int AcceleratedEngine::Forward(NetCall* call, const std::function<bool()>& stop, float* loss) {
  ran_by_caffe_ = false;
  // Layers that Caffe runs may write parameters.
  bool fresh = false;
  int layer = 0;
  while (layer < state_.layer_count() && !stop()) {
    Segment* const segment = segments_[layer].get();
    if (segment != nullptr) ReshapeSegment(call, segment);
    const bool caffe = segment == nullptr || segment->IsLeftToCaffe();
    const int end = segment == nullptr ? layer + 1 : segment->last_layer() + 1;
    std::fill(runs_.begin() + layer, runs_.begin() + end, !caffe);
    if (!caffe) {
      if (!fresh) weights_.Refresh();
      RunSegment(call, segment);
      layer = end;
    }
    fresh = !caffe;
    for (; layer < end; ++layer) {
      *loss += call->RunLayer(layer);
      for (const int top : net_.top_ids(layer)) stale_[top] = false;
    }
  }
  return layer;
}

void AcceleratedEngine::Reshape(NetCall* call) {
  for (int layer = 0; layer < state_.layer_count(); ++layer) {
    if (segments_[layer] == nullptr) {
      call->ReshapeLayer(layer);
      continue;
    }
    ReshapeSegment(call, segments_[layer].get());
    layer = segments_[layer]->last_layer();
  }
}

void AcceleratedEngine::ReshapeSegment(NetCall* call, Segment* segment) {
  segment->Reshape(&resources_, [call](int layer) { call->ReshapeLayer(layer); });
}

void AcceleratedEngine::RunSegment(NetCall* call, Segment* segment) {
  call->InLayer(segment->first_layer(), [&] { segment->Run(&resources_); });
  for (const int blob : segment->made()) stale_[blob] = segment->written().count(blob) == 0;
}

int AcceleratedEngine::BlobIndex(const caffe::Blob<float>* blob) const {
  for (std::size_t i = 0; i < net_.blobs().size(); ++i) {
    if (net_.blobs()[i].get() == blob) return static_cast<int>(i);
  }
  return -1;
}

bool AcceleratedEngine::IsStale(const caffe::Blob<float>* blob) const {
  const int index = BlobIndex(blob);
  return index >= 0 && stale_[index];
}

void AcceleratedEngine::Refresh(NetCall* call, const caffe::Blob<float>* blob) {
  const int index = BlobIndex(blob);
  for (const std::unique_ptr<Segment>& segment : segments_) {
    if (segment == nullptr || segment->made().count(index) == 0) continue;
    if (!segment->IsInShape()) {
      const std::string& name = net_.blob_names()[index];
      throw Error(CAFFE_ERROR_ARGUMENT,
                  "blob '" + name +
                      "' was not computed by the last forward pass, because nobody had asked for it, and "
                      "what it follows from has another shape now: run the net forward once more, and ask then")
          .InBlob(name);
    }
    call->InLayer(segment->first_layer(), [&] { segment->RunFor(index, &resources_); });
    stale_[index] = false;
    return;
  }
}

void AcceleratedEngine::PrepareCaffe(NetCall* call, int first_layer, int last_layer) {
  std::set<int> made;
  for (int layer = first_layer; layer <= last_layer; ++layer) {
    for (const int bottom : net_.bottom_ids(layer)) {
      if (stale_[bottom] && made.count(bottom) == 0) Refresh(call, net_.blobs()[bottom].get());
    }
    for (const int top : net_.top_ids(layer)) made.insert(top);
  }
  for (const int blob : made) stale_[blob] = false;
  std::fill(runs_.begin() + first_layer, runs_.begin() + last_layer + 1, false);
  ran_by_caffe_ = ran_by_caffe_ || last_layer - first_layer + 1 == state_.layer_count();
}

}  // namespace engine
}  // namespace caffesharp
