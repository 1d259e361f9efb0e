// A layer of a net in the train phase, run with kernels of this library's own on the net's ordinary blobs.
#ifndef CAFFESHARP_SRC_ENGINE_TRAINING_TRAINING_LAYER_H_
#define CAFFESHARP_SRC_ENGINE_TRAINING_TRAINING_LAYER_H_

#include <caffe/layer.hpp>
#include <cstddef>
#include <functional>
#include <vector>

#include "core/memory.h"
#include "engine/kernels/training_kernels.h"

namespace caffesharp {
namespace engine {

// What the layers of one net compute with.
class TrainingCrew {
 public:
  TrainingCrew(const TrainingKernels& kernels, int threads);

  const TrainingKernels& kernels() const { return kernels_; }
  // Calls work(item, scratch) once for each item, on several threads; scratch has so many floats, for that call alone.
  // work must not throw.
  void Run(int items, std::size_t scratch_size, const std::function<void(int item, float* scratch)>& work);
  // Into how many parts a batch is cut: a matter of its size alone, so that sums over it do not depend on the threads.
  static int Parts(int images, double multiply_adds);

 private:
  const TrainingKernels& kernels_;
  int threads_;
  std::vector<WorkingFloats> scratch_;
};

// One bottom, one top. The net owns all of it.
struct LayerInNet {
  caffe::Layer<float>* layer;
  caffe::Blob<float>* bottom;
  caffe::Blob<float>* top;
  bool requires_bottom_gradient;
};

class TrainingLayer {
 public:
  virtual ~TrainingLayer() = default;
  // Whether it knows blobs of these shapes.
  virtual bool Knows() const = 0;
  // The tops are in shape.
  virtual void Forward(TrainingCrew* crew) = 0;
  // Adds to the gradients of the parameters, and replaces that of the bottom, as Caffe does.
  virtual void Backward(TrainingCrew* crew) = 0;
};

}  // namespace engine
}  // namespace caffesharp

#endif  // CAFFESHARP_SRC_ENGINE_TRAINING_TRAINING_LAYER_H_
