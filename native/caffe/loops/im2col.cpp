// A row of columns for each channel and place of the window.
#include <algorithm>
#include <cstddef>

#include "caffesharp_caffe/im2col_source.h"
#include "caffesharp_caffe/window_rows.h"

namespace {

using caffesharp::CopyRow;
using caffesharp::FindInside;
using caffesharp::Inside;

}  // namespace

namespace caffe {

template <>
void im2col_cpu<float>(const float* image, const int channels, const int height, const int width,
                       const int kernel_height, const int kernel_width, const int pad_height, const int pad_width,
                       const int stride_height, const int stride_width, const int dilation_height,
                       const int dilation_width, float* columns) {
  const int output_height = (height + 2 * pad_height - (dilation_height * (kernel_height - 1) + 1)) / stride_height + 1;
  const int output_width = (width + 2 * pad_width - (dilation_width * (kernel_width - 1) + 1)) / stride_width + 1;
  for (int channel = 0; channel < channels; ++channel) {
    const float* const plane = image + static_cast<std::ptrdiff_t>(channel) * height * width;
    for (int kernel_row = 0; kernel_row < kernel_height; ++kernel_row) {
      const int row_offset = kernel_row * dilation_height - pad_height;
      const Inside rows = FindInside(height, output_height, stride_height, row_offset);
      for (int kernel_column = 0; kernel_column < kernel_width; ++kernel_column) {
        const int column_offset = kernel_column * dilation_width - pad_width;
        const Inside inside = FindInside(width, output_width, stride_width, column_offset);
        for (int y = 0; y < output_height; ++y, columns += output_width) {
          if (y < rows.first || y >= rows.end) {
            std::fill(columns, columns + output_width, 0.0f);
            continue;
          }
          const std::ptrdiff_t row = y * stride_height + row_offset;
          const float* const from = plane + (row * width + inside.first * stride_width + column_offset);
          const int count = inside.end - inside.first;
          std::fill(columns, columns + inside.first, 0.0f);
          if (stride_width == 1) {
            CopyRow(from, count, columns + inside.first);
          } else {
            for (int x = 0; x < count; ++x)
              columns[inside.first + x] = from[static_cast<std::ptrdiff_t>(x) * stride_width];
          }
          std::fill(columns + inside.end, columns + output_width, 0.0f);
        }
      }
    }
  }
}

}  // namespace caffe
