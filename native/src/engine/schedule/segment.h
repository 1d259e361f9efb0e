// Layers that follow each other and are all known to the accelerated engine, with the plans for the shapes seen last.
#ifndef CAFFESHARP_SRC_ENGINE_SCHEDULE_SEGMENT_H_
#define CAFFESHARP_SRC_ENGINE_SCHEDULE_SEGMENT_H_

#include <caffe/net.hpp>
#include <functional>
#include <list>
#include <memory>
#include <set>
#include <vector>

#include "engine/parameters/net_weights.h"
#include "engine/schedule/plan.h"
#include "engine/schedule/worker.h"

namespace caffesharp {
namespace engine {

// One worker's memory; it grows as plans need it.
class Workspace {
 public:
  // Room for so many floats from the beginning of a cache line on; 0 where nothing was written yet.
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

class Segment {
 public:
  Segment(const caffe::Net<float>& net, int first_layer, int last_layer);

  int first_layer() const { return first_layer_; }
  int last_layer() const { return last_layer_; }
  // The blobs that the layers make, and those of them that a run writes.
  const std::set<int>& made() const { return made_; }
  const std::set<int>& written() const { return written_; }
  // Gives the blobs the shapes that follow from those of the inputs. reshape brings a layer's tops into shape.
  void Reshape(Resources* resources, const std::function<void(int layer)>& reshape);
  // Whether the inputs have the shapes of the last Reshape.
  bool IsInShape() const;
  // Whether the shapes are beyond the engine: Caffe is to run the layers.
  bool IsLeftToCaffe() const { return current_ == nullptr || current_->plans.empty(); }
  void Run(Resources* resources);
  // Computes one of the blobs that it makes, in the shapes of the last Reshape, and writes it in every run from now on.
  // Nothing else is written.
  void RunFor(int blob, Resources* resources);

 private:
  using Plans = std::vector<std::unique_ptr<Plan>>;

  // For one set of input shapes.
  struct Shaped {
    std::vector<std::vector<int>> inputs;
    // By layer, by top.
    std::vector<std::vector<std::vector<int>>> tops;
    Plans plans;
  };

  std::vector<std::vector<int>> InputShapes() const;
  void ApplyShapes(const Shaped& shaped);
  // None where the shapes are beyond the engine.
  Plans MakePlans(const std::set<int>& written, Resources* resources) const;
  void RunPlans(const Plans& plans, Resources* resources) const;

  const caffe::Net<float>& net_;
  int first_layer_;
  int last_layer_;
  // Blobs that it reads from outside.
  std::vector<int> inputs_;
  std::set<int> made_;
  // What others read, the net's outputs, and what was asked for.
  std::set<int> written_;
  // The last used first.
  std::list<Shaped> known_;
  Shaped* current_ = nullptr;
};

}  // namespace engine
}  // namespace caffesharp

#endif  // CAFFESHARP_SRC_ENGINE_SCHEDULE_SEGMENT_H_
