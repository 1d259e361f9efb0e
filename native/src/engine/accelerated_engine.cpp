#include "engine/accelerated_engine.h"

#include <algorithm>
#include <map>
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
  remembered_.assign(net_.layers().size(), true);
  refreshed_.assign(net_.layers().size(), false);
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
  std::set<int> views;
  for (int layer = first; layer < layers; ++layer) {
    if (!SupportsLayer(net_, layer)) return layer;
    const bool makes_views = Segment::MakesViews(net_, layer);
    for (const int bottom : net_.bottom_ids(layer)) {
      if (made.count(bottom) == 0) read.insert(bottom);
    }
    for (const int top : net_.top_ids(layer)) {
      // Its input would be gone when a part of it is computed again.
      if (read.count(top) > 0) return layer;
      // In place on a view, it changes what the blob and its other views hold.
      if (views.count(top) > 0) return layer;
      made.insert(top);
      if (makes_views) views.insert(top);
    }
  }
  return layers;
}

int AcceleratedEngine::Forward(NetCall* call, const std::function<bool()>& stop, float* loss) {
  // A pass that does not begin leaves the one before.
  if (stop()) return 0;
  Forget();
  // Layers that Caffe runs may write parameters.
  bool fresh = false;
  int layer = 0;
  while (layer < state_.layer_count() && !stop()) {
    Segment* const segment = segments_[layer].get();
    if (segment != nullptr) ReshapeSegment(call, segment);
    const bool caffe = segment == nullptr || segment->IsLeftToCaffe();
    const int end = segment == nullptr ? layer + 1 : segment->last_layer() + 1;
    if (!caffe) {
      if (!fresh) weights_.Refresh();
      RunSegment(call, segment);
      layer = end;
    }
    fresh = !caffe;
    for (; layer < end; ++layer) *loss += RunCaffe(call, layer);
  }
  return layer;
}

void AcceleratedEngine::Forget() {
  for (const std::unique_ptr<Segment>& segment : segments_) {
    if (segment != nullptr) segment->Forget();
  }
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
  const int first = segment->first_layer();
  const int end = segment->last_layer() + 1;
  std::fill(runs_.begin() + first, runs_.begin() + end, true);
  std::fill(remembered_.begin() + first, remembered_.begin() + end, false);
  refreshed_[first] = false;
  call->InLayer(first, [&] {
    segment->Run(&resources_,
                 [this](const caffe::Blob<float>& blob) { return state_.writable_memory.Contains(blob.data()); });
  });
  for (const int blob : segment->made()) stale_[blob] = !segment->Writes(blob);
}

int AcceleratedEngine::BlobIndex(const caffe::Blob<float>* blob) const {
  for (std::size_t i = 0; i < net_.blobs().size(); ++i) {
    if (net_.blobs()[i].get() == blob) return static_cast<int>(i);
  }
  return -1;
}

// In place, all that make it are in one segment, or the last is Caffe's.
Segment* AcceleratedEngine::SegmentThatMakes(int blob) const {
  for (const std::unique_ptr<Segment>& segment : segments_) {
    if (segment != nullptr && segment->Makes(blob)) return segment.get();
  }
  return nullptr;
}

bool AcceleratedEngine::IsStale(const caffe::Blob<float>* blob) const {
  const int index = BlobIndex(blob);
  return index >= 0 && stale_[index];
}

void AcceleratedEngine::NoteRead(const caffe::Blob<float>* blob) {
  const int index = BlobIndex(blob);
  Segment* const segment = index < 0 ? nullptr : SegmentThatMakes(index);
  if (segment != nullptr) segment->Write(index);
}

void AcceleratedEngine::BeforeWrite(const caffe::SyncedMemory* memory) {
  for (const std::unique_ptr<Segment>& segment : segments_) {
    if (segment != nullptr) segment->BeforeWrite(memory);
  }
}

bool AcceleratedEngine::IsReadFrom(const caffe::SyncedMemory* memory) const {
  return std::any_of(segments_.begin(), segments_.end(), [memory](const std::unique_ptr<Segment>& segment) {
    return segment != nullptr && segment->IsReadFrom(memory);
  });
}

bool AcceleratedEngine::Renew(caffe::Blob<float>* blob) {
  const int index = BlobIndex(blob);
  if (index < 0 || blob->count() == 0 || SegmentThatMakes(index) != nullptr) return false;
  const boost::shared_ptr<caffe::SyncedMemory> memory = blob->data();
  if (!state_.writable_memory.Contains(memory) && !IsReadFrom(memory.get())) return true;
  auto& buffers = buffers_[index];
  // All room that the blob counts on.
  const std::size_t size = std::max(memory->size(), static_cast<std::size_t>(blob->count()) * sizeof(float));
  buffers.erase(std::remove_if(buffers.begin(), buffers.end(),
                               [&](const auto& buffer) {
                                 return buffer->data()->size() < size && buffer->data().use_count() == 1;
                               }),
                buffers.end());
  auto free =
      std::find_if(buffers.begin(), buffers.end(), [](const auto& buffer) { return buffer->data().use_count() == 1; });
  if (free == buffers.end()) {
    const int floats = static_cast<int>(size / sizeof(float));
    free = buffers.insert(free, std::make_unique<caffe::Blob<float>>(std::vector<int>{floats}));
  }
  (*free)->Reshape(blob->shape());
  // With its views.
  for (const auto& other : net_.blobs()) {
    if (other->count() == blob->count() && other->data() == memory) other->ShareData(**free);
  }
  state_.writable_memory.Remove(memory);
  return true;
}

void AcceleratedEngine::Leave(NetCall* call) {
  const bool has_run = std::any_of(segments_.begin(), segments_.end(), [](const std::unique_ptr<Segment>& segment) {
    return segment != nullptr && segment->HasRun();
  });
  if (has_run) PrepareBackward(call);
}

const char* AcceleratedEngine::WhyNotComputed(const Segment& segment) const {
  if (!segment.HasRun()) return "the pass ended before it, or a part of the net was run since";
  if (!segment.IsInShapeOfRun()) {
    return "its shape, or that of a blob that follows from the same inputs, was changed since";
  }
  if (!weights_.IsCurrent(segment.first_layer(), segment.last_layer())) {
    return "parameters of the layers that make it may have been written since";
  }
  return nullptr;
}

bool AcceleratedEngine::CanCompute(int blob) const { return WhyNotComputed(*SegmentThatMakes(blob)) == nullptr; }

void AcceleratedEngine::RequireRun(const Segment& segment, int blob) const {
  const char* const reason = WhyNotComputed(segment);
  if (reason == nullptr) return;
  if (blob < 0) {
    throw Error(
        CAFFE_ERROR_ARGUMENT,
        std::string("the accelerated engine ran the layer in the last forward pass, and what Caffe's layer would "
                    "remember of it cannot be computed: ") +
            reason + "; run the net forward once more");
  }
  const std::string& name = net_.blob_names()[blob];
  throw Error(CAFFE_ERROR_ARGUMENT, "blob '" + name +
                                        "' was not computed by the last forward pass, because it had not been "
                                        "requested, and it cannot be computed now: " +
                                        reason + "; run the net forward once more, and read it then")
      .InBlob(name);
}

void AcceleratedEngine::Refresh(NetCall* call, const caffe::Blob<float>* blob) { Refresh(call, BlobIndex(blob)); }

void AcceleratedEngine::Refresh(NetCall* call, int blob) {
  Segment* const segment = SegmentThatMakes(blob);
  RequireRun(*segment, blob);
  const int root = segment->RootOf(blob);
  if (root != blob) {
    if (stale_[root]) Refresh(call, root);
    net_.blobs()[blob]->ShareData(*net_.blobs()[root]);
    stale_[blob] = false;
    return;
  }
  // A caller that reads a second blob is likely to read all.
  std::set<int> blobs = {blob};
  for (const int made : segment->made()) {
    if (refreshed_[segment->first_layer()] && stale_[made] && segment->RootOf(made) == made) blobs.insert(made);
  }
  call->InLayer(segment->first_layer(), [&] { segment->Recompute(blobs, &resources_); });
  refreshed_[segment->first_layer()] = true;
  for (const int computed : blobs) stale_[computed] = false;
}

void AcceleratedEngine::PrepareCaffe(NetCall* call, int first_layer, int last_layer) {
  std::set<int> made;
  for (int layer = first_layer; layer <= last_layer; ++layer) {
    for (const int bottom : net_.bottom_ids(layer)) {
      if (!stale_[bottom] || made.count(bottom) > 0) continue;
      // The next pass may be followed by the same part.
      SegmentThatMakes(bottom)->Write(bottom);
      Refresh(call, bottom);
    }
    for (const int top : net_.top_ids(layer)) made.insert(top);
  }
  if (state_.hooks.AnyForward()) {
    for (const int top : made) {
      if (stale_[top] && CanCompute(top)) Refresh(call, top);
      stale_[top] = false;
    }
  }
  if (last_layer - first_layer + 1 == state_.layer_count()) {
    Forget();
    return;
  }
  for (const std::unique_ptr<Segment>& segment : segments_) {
    if (segment == nullptr || IsRunByCaffe(*segment) || last_layer < segment->first_layer() ||
        last_layer >= segment->last_layer()) {
      continue;
    }
    // A layer after last_layer could not be run again with what it read: its bottoms will be others.
    if (WhyNotComputed(*segment) == nullptr) {
      RepeatInCaffe(call, *segment);
    } else {
      segment->Forget();
    }
  }
}

float AcceleratedEngine::RunCaffe(NetCall* call, int layer) {
  for (const caffe::Blob<float>* top : net_.top_vecs()[layer]) {
    // An empty blob may have no memory.
    if (top->count() > 0) BeforeWrite(top->data().get());
  }
  runs_[layer] = false;
  const float loss = call->RunLayer(layer);
  NoteRunByCaffe(layer);
  return loss;
}

void AcceleratedEngine::NoteRunByCaffe(int layer) {
  runs_[layer] = false;
  remembered_[layer] = true;
  for (const int top : net_.top_ids(layer)) stale_[top] = false;
}

bool AcceleratedEngine::IsRunByCaffe(const Segment& segment) const {
  const auto first = remembered_.begin() + segment.first_layer();
  return std::all_of(first, first + (segment.last_layer() - segment.first_layer() + 1), [](bool is) { return is; });
}

// Blobs that are not stale may hold what was written since the run: they keep it.
void AcceleratedEngine::RepeatInCaffe(NetCall* call, const Segment& segment) {
  std::map<int, std::vector<float>> kept;
  for (const int blob : segment.made()) {
    if (stale_[blob]) continue;
    const float* const values = net_.blobs()[blob]->cpu_data();
    kept[blob].assign(values, values + net_.blobs()[blob]->count());
  }
  segment.AsInRun([&] {
    for (int layer = segment.first_layer(); layer <= segment.last_layer(); ++layer) {
      if (!remembered_[layer]) call->RepeatLayer(layer);
    }
  });
  segment.ShareInputViews();
  for (const auto& values : kept) {
    std::copy(values.second.begin(), values.second.end(), net_.blobs()[values.first]->mutable_cpu_data());
  }
  for (int layer = segment.first_layer(); layer <= segment.last_layer(); ++layer) remembered_[layer] = true;
  for (const int blob : segment.made()) stale_[blob] = false;
}

void AcceleratedEngine::PrepareBackward(NetCall* call) {
  for (const std::unique_ptr<Segment>& segment : segments_) {
    if (segment == nullptr || IsRunByCaffe(*segment)) continue;
    call->InLayer(segment->first_layer(), [&] { RequireRun(*segment, -1); });
    RepeatInCaffe(call, *segment);
  }
}

}  // namespace engine
}  // namespace caffesharp
