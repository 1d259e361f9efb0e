// Layers that follow each other and are all known to the accelerated engine, with the plans for the shapes seen last.
#ifndef CAFFESHARP_SRC_ENGINE_SCHEDULE_SEGMENT_H_
#define CAFFESHARP_SRC_ENGINE_SCHEDULE_SEGMENT_H_

#include <caffe/net.hpp>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <set>
#include <vector>

#include "engine/parameters/net_weights.h"
#include "engine/schedule/pass_input.h"
#include "engine/schedule/plan.h"
#include "engine/schedule/worker.h"

namespace caffesharp {
namespace engine {

// One worker's memory; it grows as plans need it.
class Workspace {
 public:
  // Room for so many floats from the beginning of a cache line on; 0 if nothing was written yet.
  float* Reserve(std::size_t floats);

 private:
  WorkingFloats memory_;
};

// How plans are made and run.
struct Resources {
  KernelSet kernels{CAFFE_INSTRUCTIONS_BASELINE};
  int threads = 1;
  NetWeights* weights = nullptr;
  std::vector<Workspace> workspaces;
};

// A blob that a layer gives the memory of its bottom, as Caffe's Split and Flatten do, is a view of that blob.
class Segment {
 public:
  Segment(const caffe::Net<float>& net, int first_layer, int last_layer);
  // Whether the layer's tops are views of its bottom.
  static bool MakesViews(const caffe::Net<float>& net, int layer);

  int first_layer() const { return first_layer_; }
  int last_layer() const { return last_layer_; }
  // The blobs that the layers make.
  const std::set<int>& made() const { return made_; }
  bool Makes(int blob) const { return made_.count(blob) > 0; }
  // The blob that the blob is a view of; itself if it is not a view.
  int RootOf(int blob) const;
  // Whether a run leaves the values in the blob.
  bool Writes(int blob) const;
  // From now on, runs leave the values of a blob that it makes.
  void Write(int blob);
  // Gives the blobs the shapes that follow from those of the inputs. reshape brings a layer's tops into shape.
  void Reshape(Resources* resources, const std::function<void(int layer)>& reshape);
  // Whether the shapes are beyond the engine: Caffe is to run the layers.
  bool IsLeftToCaffe() const { return current_ == nullptr || current_->plans.empty(); }
  // is_writable: whether a blob that it reads may be written at any time.
  void Run(Resources* resources, const std::function<bool(const caffe::Blob<float>& blob)>& is_writable);

  // --- What the last run read, until Forget.

  void Forget();
  void BeforeWrite(const caffe::SyncedMemory* memory);
  bool IsReadFrom(const caffe::SyncedMemory* memory) const;
  bool HasRun() const { return ran_ != nullptr; }
  // Whether the blobs that it makes have the shapes of the last run.
  bool IsInShapeOfRun() const;
  // Computes blobs that it makes, none of them a view, and writes them; nothing else is written.
  void Recompute(const std::set<int>& blobs, Resources* resources) const;
  // Runs body with the inputs of the last run in place.
  void AsInRun(const std::function<void()>& body) const;
  // Views of inputs become views of what the inputs are now.
  void ShareInputViews() const;

 private:
  using Plans = std::vector<std::unique_ptr<Plan>>;

  // For one set of input shapes.
  struct Shaped {
    std::vector<std::vector<int>> inputs;
    // By layer, by top.
    std::vector<std::vector<std::vector<int>>> tops;
    Plans plans;
    // The plans write what was to be written then.
    int revision = 0;
  };

  std::vector<caffe::Blob<float>*> InputBlobs() const;
  std::vector<std::vector<int>> InputShapes() const;
  bool IsInShape() const;
  void ApplyShapes(const Shaped& shaped);
  // None if the shapes are beyond the engine.
  Plans MakePlans(const std::set<int>& written, Resources* resources) const;
  void RunPlans(const Plans& plans, Resources* resources) const;
  void ShareViews() const;

  const caffe::Net<float>& net_;
  int first_layer_;
  int last_layer_;
  // Blobs that it reads from outside.
  std::vector<int> inputs_;
  std::set<int> made_;
  // Views that it makes, and what they are views of.
  std::map<int, int> views_;
  // What others read, the net's outputs, and what was asked for: for views, what they are views of.
  std::set<int> written_;
  int revision_ = 0;
  // The last used first.
  std::list<std::shared_ptr<Shaped>> known_;
  std::shared_ptr<Shaped> current_;
  // The shapes of the last run, and what it read.
  std::shared_ptr<const Shaped> ran_;
  std::vector<PassInput> read_;
};

}  // namespace engine
}  // namespace caffesharp

#endif  // CAFFESHARP_SRC_ENGINE_SCHEDULE_SEGMENT_H_
