// ReLU and PReLU.
#ifndef CAFFESHARP_SRC_ENGINE_TRAINING_RECTIFIER_TRAINING_H_
#define CAFFESHARP_SRC_ENGINE_TRAINING_RECTIFIER_TRAINING_H_

#include "core/memory.h"
#include "engine/training/training_layer.h"

namespace caffesharp {
namespace engine {

class RectifierTraining final : public TrainingLayer {
 public:
  explicit RectifierTraining(const LayerInNet& place);

  bool Supports() const override;
  void Forward(ParallelRunner* runner) override;
  void Backward(ParallelRunner* runner) override;

 private:
  struct Sizes {
    int images;
    int channels;
    int pixels;
    int parts;
  };

  Sizes Measure() const;
  // Calls work(part, plane, channel) for the planes of each part in order.
  void EachPlane(const Sizes& sizes, ParallelRunner* runner,
                 const std::function<void(int part, std::size_t offset, int channel)>& work) const;
  float Slope(const float* slopes, int channel) const;

  const LayerInNet place_;
  const bool has_slopes_;
  const bool shares_slope_;
  const float fixed_slope_;
  // What an in-place PReLU writes over.
  WorkingFloats input_;
  WorkingFloats part_gradients_;
};

}  // namespace engine
}  // namespace caffesharp

#endif  // CAFFESHARP_SRC_ENGINE_TRAINING_RECTIFIER_TRAINING_H_
