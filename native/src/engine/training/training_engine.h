// Runs the layers that it knows of a net in the train phase, forward and backward, one by one on the net's own blobs:
// everything else about the net stays Caffe's. Results do not depend on the number of threads.
#ifndef CAFFESHARP_SRC_ENGINE_TRAINING_TRAINING_ENGINE_H_
#define CAFFESHARP_SRC_ENGINE_TRAINING_TRAINING_ENGINE_H_

#include <array>
#include <caffe/net.hpp>
#include <memory>
#include <vector>

#include "caffesharp/engine.h"
#include "engine/training/training_layer.h"

namespace caffesharp {
namespace engine {

class TrainingEngine {
 public:
  // The engine is the net's, and ends before it.
  TrainingEngine(const caffe::Net<float>& net, const caffe_engine_options& options);

  // Runs a layer; false if it is left to Caffe.
  bool Forward(int layer);
  // As above; a layer goes back the way it came.
  bool Backward(int layer);
  bool Runs(int layer) const { return runs_[static_cast<std::size_t>(layer)]; }

 private:
  const caffe::Net<float>& net_;
  ParallelRunner runner_;
  // By layer; null if it is not known.
  std::vector<std::unique_ptr<TrainingLayer>> layers_;
  // By layer, whether its last forward pass was run here, and with which shapes.
  std::vector<bool> runs_;
  std::vector<std::array<std::vector<int>, 2>> shapes_;
};

}  // namespace engine
}  // namespace caffesharp

#endif  // CAFFESHARP_SRC_ENGINE_TRAINING_TRAINING_ENGINE_H_
