#include "engine/schedule/segment.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "engine/graph/graph_builder.h"
#include "engine/schedule/worker_pool.h"

namespace caffesharp {
namespace engine {
namespace {

// Sizes of a pyramid's levels and their tiles, and some more.
constexpr std::size_t kMostShapes = 64;
// Rows are split among workers where the part that takes longest is below this much of the whole, by workers.
constexpr double kWorthwhile = 1.5;

// With images as lanes: whole vectors of them, then the rest in the narrowest that hold it.
std::vector<Share> Deal(const Graph& graph, const Resources& resources) {
  Share pixels;
  pixels.images = graph.images;
  const double pixel_cost =
      graph.images * Plan::EstimateCost(graph, pixels, resources.kernels) / std::min(graph.images, resources.threads);
  std::vector<Share> best = {pixels};
  double best_cost = pixel_cost;
  for (int lanes = resources.kernels.most_lanes(); lanes >= kFewestLanes; lanes /= 2) {
    std::vector<Share> shares;
    const int rest = graph.images % lanes;
    double cost = 0;
    if (graph.images > rest) {
      shares.push_back({LaneMeaning::kImages, lanes, 0, graph.images - rest, 1});
      const int groups = graph.images / lanes + (rest > 0 ? 1 : 0);
      const int rounds = (groups + resources.threads - 1) / resources.threads;
      cost += rounds * lanes * Plan::EstimateCost(graph, shares.back(), resources.kernels);
    }
    if (rest > 0) {
      int narrow = lanes;
      while (narrow > kFewestLanes && narrow / 2 >= rest) narrow /= 2;
      shares.push_back({LaneMeaning::kImages, narrow, graph.images - rest, rest, 1});
      if (shares.size() == 1) cost += rest * Plan::EstimateCost(graph, shares.back(), resources.kernels);
    }
    if (cost >= best_cost) continue;
    best_cost = cost;
    best = std::move(shares);
  }
  return best;
}

// To write. A blob that shared another's smaller memory is given memory again.
float* OwnMemory(caffe::Blob<float>* blob) {
  if (blob->data()->size() < static_cast<std::size_t>(blob->count()) * sizeof(float)) {
    blob->ShareData(caffe::Blob<float>(blob->shape()));
  }
  return blob->mutable_cpu_data();
}

}  // namespace

float* Workspace::Reserve(std::size_t floats) {
  if (floats > memory_.size()) {
    // What was there is not needed beside it.
    memory_ = WorkingFloats();
    memory_.resize(floats);
  }
  return memory_.data();
}

bool Segment::MakesViews(const caffe::Net<float>& net, int layer) {
  const std::string type = net.layers()[layer]->type();
  return type == "Split" || type == "Flatten";
}

Segment::Segment(const caffe::Net<float>& net, int first_layer, int last_layer)
    : net_(net), first_layer_(first_layer), last_layer_(last_layer) {
  for (int layer = first_layer; layer <= last_layer; ++layer) {
    for (const int bottom : net.bottom_ids(layer)) {
      if (!Makes(bottom) && std::find(inputs_.begin(), inputs_.end(), bottom) == inputs_.end()) {
        inputs_.push_back(bottom);
      }
    }
    const bool makes_views = MakesViews(net, layer);
    for (const int top : net.top_ids(layer)) {
      made_.insert(top);
      if (makes_views) views_[top] = RootOf(net.bottom_ids(layer)[0]);
    }
  }
  read_.resize(inputs_.size());
  for (const int output : net.output_blob_indices()) {
    if (Makes(output)) Write(output);
  }
  for (int layer = last_layer + 1; layer < static_cast<int>(net.layers().size()); ++layer) {
    for (const int bottom : net.bottom_ids(layer)) {
      if (Makes(bottom)) Write(bottom);
    }
  }
}

int Segment::RootOf(int blob) const {
  const auto view = views_.find(blob);
  return view == views_.end() ? blob : view->second;
}

bool Segment::Writes(int blob) const {
  const int root = RootOf(blob);
  return !Makes(root) || written_.count(root) > 0;
}

void Segment::Write(int blob) {
  if (Makes(RootOf(blob)) && written_.insert(RootOf(blob)).second) ++revision_;
}

std::vector<caffe::Blob<float>*> Segment::InputBlobs() const {
  std::vector<caffe::Blob<float>*> blobs;
  for (const int input : inputs_) blobs.push_back(net_.blobs()[input].get());
  return blobs;
}

std::vector<std::vector<int>> Segment::InputShapes() const {
  std::vector<std::vector<int>> shapes;
  for (const int input : inputs_) shapes.push_back(net_.blobs()[input]->shape());
  return shapes;
}

bool Segment::IsInShape() const {
  if (current_ == nullptr) return false;
  for (std::size_t i = 0; i < inputs_.size(); ++i) {
    if (net_.blobs()[inputs_[i]]->shape() != current_->inputs[i]) return false;
  }
  return true;
}

void Segment::Reshape(Resources* resources, const std::function<void(int)>& reshape) {
  if (!IsInShape()) {
    current_ = nullptr;
    std::vector<std::vector<int>> inputs = InputShapes();
    const auto known =
        std::find_if(known_.begin(), known_.end(), [&](const auto& one) { return one->inputs == inputs; });
    if (known != known_.end()) {
      known_.splice(known_.begin(), known_, known);
    } else {
      auto shaped = std::make_shared<Shaped>();
      shaped->inputs = std::move(inputs);
      for (int layer = first_layer_; layer <= last_layer_; ++layer) {
        reshape(layer);
        shaped->tops.emplace_back();
        for (const caffe::Blob<float>* top : net_.top_vecs()[layer]) shaped->tops.back().push_back(top->shape());
      }
      shaped->plans = MakePlans(written_, resources);
      shaped->revision = revision_;
      known_.push_front(std::move(shaped));
      if (known_.size() > kMostShapes) known_.pop_back();
    }
    current_ = known_.front();
  }
  ApplyShapes(*current_);
  if (current_->revision == revision_) return;
  current_->plans = MakePlans(written_, resources);
  current_->revision = revision_;
}

void Segment::ApplyShapes(const Shaped& shaped) {
  for (int layer = first_layer_; layer <= last_layer_; ++layer) {
    const std::vector<caffe::Blob<float>*>& tops = net_.top_vecs()[layer];
    for (std::size_t i = 0; i < tops.size(); ++i) tops[i]->Reshape(shaped.tops[layer - first_layer_][i]);
  }
}

Segment::Plans Segment::MakePlans(const std::set<int>& written, Resources* resources) const {
  Plans plans;
  const std::optional<Graph> graph = GraphBuilder(net_).Build(first_layer_, last_layer_, written);
  if (!graph.has_value()) return plans;
  for (const Share& share : Deal(*graph, *resources)) {
    std::unique_ptr<Plan> plan;
    if (share.meaning == LaneMeaning::kPixels && share.images < resources->threads) {
      Share split = share;
      split.parts = resources->threads;
      plan = std::make_unique<Plan>(*graph, split, resources->kernels, resources->weights);
      if (plan->LongestPart() * split.parts > kWorthwhile) plan.reset();
    }
    if (plan == nullptr) plan = std::make_unique<Plan>(*graph, share, resources->kernels, resources->weights);
    plans.push_back(std::move(plan));
  }
  return plans;
}

void Segment::Run(Resources* resources, const std::function<bool(const caffe::Blob<float>&)>& is_writable) {
  RunPlans(current_->plans, resources);
  ShareViews();
  for (std::size_t i = 0; i < inputs_.size(); ++i) {
    const caffe::Blob<float>& blob = *net_.blobs()[inputs_[i]];
    read_[i].Keep(blob, is_writable(blob));
  }
  ran_ = current_;
}

// As Caffe's layers do in every pass.
void Segment::ShareViews() const {
  for (const auto& view : views_) {
    if (Writes(view.first)) net_.blobs()[view.first]->ShareData(*net_.blobs()[view.second]);
  }
}

void Segment::ShareInputViews() const {
  for (const auto& view : views_) {
    const caffe::Blob<float>& root = *net_.blobs()[view.second];
    caffe::Blob<float>& blob = *net_.blobs()[view.first];
    if (!Makes(view.second) && root.count() > 0 && blob.count() == root.count()) blob.ShareData(root);
  }
}

void Segment::Forget() {
  ran_ = nullptr;
  for (PassInput& input : read_) input.Drop();
}

void Segment::BeforeWrite(const caffe::SyncedMemory* memory) {
  for (PassInput& input : read_) input.BeforeWrite(memory);
}

bool Segment::IsReadFrom(const caffe::SyncedMemory* memory) const {
  return std::any_of(read_.begin(), read_.end(), [memory](const PassInput& input) { return input.IsIn(memory); });
}

bool Segment::IsInShapeOfRun() const {
  for (int layer = first_layer_; layer <= last_layer_; ++layer) {
    const std::vector<caffe::Blob<float>*>& tops = net_.top_vecs()[layer];
    for (std::size_t i = 0; i < tops.size(); ++i) {
      if (tops[i]->shape() != ran_->tops[layer - first_layer_][i]) return false;
    }
  }
  return true;
}

void Segment::AsInRun(const std::function<void()>& body) const {
  const PassInputScope scope(InputBlobs(), read_);
  body();
}

void Segment::Recompute(const std::set<int>& blobs, Resources* resources) const {
  AsInRun([&] { RunPlans(MakePlans(blobs, resources), resources); });
}

void Segment::RunPlans(const Plans& plans, Resources* resources) const {
  // Caffe's memory is fetched here: workers must not ask for it at the same time.
  std::vector<PlanBlobs> blobs;
  std::vector<int> first_items;
  int items = 0;
  std::size_t workspace_size = 0;
  std::size_t operations = 0;
  for (const std::unique_ptr<Plan>& plan : plans) {
    blobs.emplace_back();
    for (const Operation& operation : plan->graph().operations) {
      const bool reads = operation.kind->ReadsBlob();
      const bool writes = operation.kind->WritesBlob();
      blobs.back().imports.push_back(reads ? net_.blobs()[operation.blob]->cpu_data() : nullptr);
      blobs.back().exports.push_back(writes ? OwnMemory(net_.blobs()[operation.blob].get()) : nullptr);
    }
    first_items.push_back(items);
    items += plan->item_count();
    workspace_size = std::max(workspace_size, plan->workspace_size());
    operations = std::max(operations, plan->operations().size());
  }
  const int threads = std::min(items, static_cast<int>(resources->workspaces.size()));
  std::vector<float*> workspaces;
  std::vector<std::vector<Rows>> produced(static_cast<std::size_t>(threads));
  for (std::vector<Rows>& rows : produced) rows.reserve(operations);
  for (int i = 0; i < threads; ++i) workspaces.push_back(resources->workspaces[i].Reserve(workspace_size));
  WorkerPool::Shared().Run(items, threads, [&](int item, int slot) {
    std::size_t plan = first_items.size() - 1;
    while (first_items[plan] > item) --plan;
    Worker(*plans[plan], blobs[plan], workspaces[slot], &produced[slot]).Run(item - first_items[plan]);
  });
}

}  // namespace engine
}  // namespace caffesharp
