// How an operation of a plan is computed, and where its result lies.
#ifndef CAFFESHARP_SRC_ENGINE_SCHEDULE_PLANNED_OPERATION_H_
#define CAFFESHARP_SRC_ENGINE_SCHEDULE_PLANNED_OPERATION_H_

#include <cstddef>
#include <memory>
#include <vector>

namespace caffesharp {
namespace engine {

// What a vector's lanes are.
enum class LaneMeaning {
  // Neighbouring pixels of a row of one image.
  kPixels,
  // The same pixel of several images.
  kImages
};

// Which images are computed, and how they are dealt out.
struct Share {
  LaneMeaning meaning = LaneMeaning::kPixels;
  // With images as lanes, how many.
  int lanes = 1;
  int first_image = 0;
  int images = 0;
  // Workers that the rows of an image are split among.
  int parts = 1;

  bool lanes_are_images() const { return meaning == LaneMeaning::kImages; }
};

// What an operator keeps of a plan for itself: kernels, weights, addresses.
struct OperatorPlan {
  virtual ~OperatorPlan() = default;
};

// Steps and offsets are in floats.
struct PlannedOperation {
  // Of its vectors.
  int lanes = 0;
  std::unique_ptr<OperatorPlan> own;
  int pad_top = 0;
  int pad_bottom = 0;
  int pad_left = 0;
  int pad_right = 0;
  std::ptrdiff_t pixel_step = 1;
  std::ptrdiff_t row_step = 0;
  std::ptrdiff_t channel_step = 0;
  // From the columns of one place in the stride of the operation that reads them to those of the next; 0 if columns
  // follow each other.
  std::ptrdiff_t phase_step = 0;
  // Rows of each channel that are kept.
  int capacity = 0;
  std::ptrdiff_t offset = 0;
  std::vector<int> readers;
};

}  // namespace engine
}  // namespace caffesharp

#endif  // CAFFESHARP_SRC_ENGINE_SCHEDULE_PLANNED_OPERATION_H_
