// Maximum pooling.
#ifndef CAFFESHARP_SRC_ENGINE_TRAINING_MAXIMUM_POOLING_TRAINING_H_
#define CAFFESHARP_SRC_ENGINE_TRAINING_MAXIMUM_POOLING_TRAINING_H_

#include <vector>

#include "engine/training/training_layer.h"

namespace caffesharp {
namespace engine {

class MaximumPoolingTraining final : public TrainingLayer {
 public:
  explicit MaximumPoolingTraining(const LayerInNet& place) : place_(place) {}

  bool Supports() const override;
  void Forward(ParallelRunner* runner) override;
  void Backward(ParallelRunner* runner) override;

 private:
  const LayerInNet place_;
  // By value of the top, where in its plane of the bottom it was found.
  std::vector<int> places_;
};

}  // namespace engine
}  // namespace caffesharp

#endif  // CAFFESHARP_SRC_ENGINE_TRAINING_MAXIMUM_POOLING_TRAINING_H_
