// Lays out what a convolution's window sees of an image: a row for each tap, a channel's place of the window, a column
// for each output. So a convolution becomes a matrix product (Caffe's im2col and col2im).
#ifndef CAFFESHARP_SRC_ENGINE_TRAINING_UNFOLDING_H_
#define CAFFESHARP_SRC_ENGINE_TRAINING_UNFOLDING_H_

#include <caffesharp_caffe/window_rows.h>

#include <vector>

#include "core/memory.h"
#include "engine/graph/layer_window.h"

namespace caffesharp {
namespace engine {

class Unfolding {
 public:
  Unfolding(const Window& window, int channels, int height, int width, int output_height, int output_width);

  // From one row of columns to the next it is step values.
  void Unfold(const float* image, float* columns, int step) const;
  // Adds each value to where it came from.
  void Fold(const float* columns, int step, float* image) const;

 private:
  struct Tap {
    // Of the input of the first output, from the image's begin; outside of it where there is padding.
    int start;
    Inside rows;
    Inside columns;
  };

  const int output_height_;
  const int output_width_;
  // From the input of one output to that of the next below, and beside.
  const int row_step_;
  const int column_step_;
  std::vector<Tap, WorkingMemory<Tap>> taps_;
};

}  // namespace engine
}  // namespace caffesharp

#endif  // CAFFESHARP_SRC_ENGINE_TRAINING_UNFOLDING_H_
