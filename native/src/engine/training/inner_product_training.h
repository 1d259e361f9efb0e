// Inner product: outputs, and the rows of the batch, in blocks that threads share.
#ifndef CAFFESHARP_SRC_ENGINE_TRAINING_INNER_PRODUCT_TRAINING_H_
#define CAFFESHARP_SRC_ENGINE_TRAINING_INNER_PRODUCT_TRAINING_H_

#include "engine/training/training_layer.h"

namespace caffesharp {
namespace engine {

class InnerProductTraining final : public TrainingLayer {
 public:
  explicit InnerProductTraining(const LayerInNet& place);

  bool Supports() const override;
  void Forward(ParallelRunner* runner) override;
  void Backward(ParallelRunner* runner) override;

 private:
  const LayerInNet place_;
  const bool has_bias_;
};

}  // namespace engine
}  // namespace caffesharp

#endif  // CAFFESHARP_SRC_ENGINE_TRAINING_INNER_PRODUCT_TRAINING_H_
