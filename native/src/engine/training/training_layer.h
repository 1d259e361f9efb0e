// A layer of a net in the train phase, run with this library's kernels on the blobs of the net.
#ifndef CAFFESHARP_SRC_ENGINE_TRAINING_TRAINING_LAYER_H_
#define CAFFESHARP_SRC_ENGINE_TRAINING_TRAINING_LAYER_H_

#include <caffe/layer.hpp>

#include "engine/training/parallel_runner.h"

namespace caffesharp {
namespace engine {

// A layer with one bottom and one top. The net owns all of them.
struct LayerInNet {
  caffe::Layer<float>* layer;
  caffe::Blob<float>* bottom;
  caffe::Blob<float>* top;
  bool requires_bottom_gradient;
};

class TrainingLayer {
 public:
  virtual ~TrainingLayer() = default;
  // Whether it supports the current shapes of its blobs.
  virtual bool Supports() const = 0;
  // The tops must have been reshaped.
  virtual void Forward(ParallelRunner* runner) = 0;
  // Adds to the gradients of the parameters and overwrites the gradient of the bottom, as Caffe does.
  virtual void Backward(ParallelRunner* runner) = 0;
};

}  // namespace engine
}  // namespace caffesharp

#endif  // CAFFESHARP_SRC_ENGINE_TRAINING_TRAINING_LAYER_H_
