// Convolution by unfolded images and the BLAS's matrix product, the batch in parts that threads share.
#ifndef CAFFESHARP_SRC_ENGINE_TRAINING_CONVOLUTION_TRAINING_H_
#define CAFFESHARP_SRC_ENGINE_TRAINING_CONVOLUTION_TRAINING_H_

#include "core/memory.h"
#include "engine/graph/graph.h"
#include "engine/training/training_layer.h"
#include "engine/training/unfolding.h"

namespace caffesharp {
namespace engine {

class ConvolutionTraining final : public TrainingLayer {
 public:
  explicit ConvolutionTraining(const LayerInNet& place);

  bool Supports() const override;
  void Forward(ParallelRunner* runner) override;
  void Backward(ParallelRunner* runner) override;

 private:
  // Of the blobs as they are now. Channels and taps are those of one group.
  struct Sizes {
    int images;
    int channels;
    int height;
    int width;
    int outputs;
    int output_height;
    int output_width;
    int pixels;
    int taps;
    int parts;
    // Images that one matrix product takes together, so that its matrices are not too narrow.
    int together;
  };

  Sizes Measure() const;
  Unfolding UnfoldingOf(const Sizes& sizes) const;
  void ForwardPart(const Sizes& sizes, const Unfolding& unfolding, int part, const float* bottom, const float* weights,
                   const float* bias, float* top, float* scratch) const;

  const LayerInNet place_;
  const Window window_;
  const int groups_;
  const bool has_bias_;
  // By part: gradients of weights, then of biases.
  WorkingFloats part_gradients_;
};

}  // namespace engine
}  // namespace caffesharp

#endif  // CAFFESHARP_SRC_ENGINE_TRAINING_CONVOLUTION_TRAINING_H_
