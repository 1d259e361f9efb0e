#include "engine/training/unfolding.h"

#include <algorithm>

namespace caffesharp {
namespace engine {
namespace {

constexpr int kLanes = 4;

inline void Add(const float* __restrict from, int count, float* __restrict to) {
  int i = 0;
  for (; i + kLanes <= count; i += kLanes) {
    for (int lane = 0; lane < kLanes; ++lane) to[i + lane] += from[i + lane];
  }
  for (; i < count; ++i) to[i] += from[i];
}

}  // namespace

Unfolding::Unfolding(const Window& window, int channels, int height, int width, int output_height, int output_width)
    : output_height_(output_height),
      output_width_(output_width),
      row_step_(window.stride_height * width),
      column_step_(window.stride_width) {
  taps_.reserve(static_cast<std::size_t>(channels) * window.kernel_height * window.kernel_width);
  for (int channel = 0; channel < channels; ++channel) {
    for (int row = 0; row < window.kernel_height; ++row) {
      const int row_offset = row * window.dilation_height - window.pad_height;
      for (int column = 0; column < window.kernel_width; ++column) {
        const int column_offset = column * window.dilation_width - window.pad_width;
        taps_.push_back({(channel * height + row_offset) * width + column_offset,
                         FindInside(height, output_height, window.stride_height, row_offset),
                         FindInside(width, output_width, window.stride_width, column_offset)});
      }
    }
  }
}

void Unfolding::Unfold(const float* image, float* columns, int step) const {
  for (const Tap& tap : taps_) {
    float* to = columns;
    for (int y = 0; y < output_height_; ++y, to += output_width_) {
      if (y < tap.rows.first || y >= tap.rows.end) {
        std::fill(to, to + output_width_, 0.0f);
        continue;
      }
      const float* const from = image + (tap.start + y * row_step_);
      std::fill(to, to + tap.columns.first, 0.0f);
      if (column_step_ == 1) {
        CopyRow(from + tap.columns.first, tap.columns.end - tap.columns.first, to + tap.columns.first);
      } else {
        for (int x = tap.columns.first; x < tap.columns.end; ++x) to[x] = from[x * column_step_];
      }
      std::fill(to + tap.columns.end, to + output_width_, 0.0f);
    }
    columns += step;
  }
}

void Unfolding::Fold(const float* columns, int step, float* image) const {
  for (const Tap& tap : taps_) {
    for (int y = tap.rows.first; y < tap.rows.end; ++y) {
      const float* const from = columns + y * output_width_;
      float* const to = image + (tap.start + y * row_step_);
      if (column_step_ == 1) {
        Add(from + tap.columns.first, tap.columns.end - tap.columns.first, to + tap.columns.first);
      } else {
        for (int x = tap.columns.first; x < tap.columns.end; ++x) to[x * column_step_] += from[x];
      }
    }
    columns += step;
  }
}

}  // namespace engine
}  // namespace caffesharp
