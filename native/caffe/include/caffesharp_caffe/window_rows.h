// What the loops over windows share, Caffe's that are replaced and those of training: which outputs have their input
// inside of the image, and how a short row is copied.
#ifndef CAFFESHARP_CAFFE_WINDOW_ROWS_H_
#define CAFFESHARP_CAFFE_WINDOW_ROWS_H_

#include <algorithm>
#include <cstring>

namespace caffesharp {

// The outputs of a row or column whose input at one place of the window lies inside: from first to end.
struct Inside {
  int first;
  int end;
};

// The input of an output is output * stride + offset, and one of size.
inline Inside FindInside(int size, int outputs, int stride, int offset) {
  const int first = std::min(offset >= 0 ? 0 : (-offset + stride - 1) / stride, outputs);
  const int end = size <= offset ? 0 : (size - offset - 1) / stride + 1;
  return {first, std::clamp(end, first, outputs)};
}

// Rows are a few values long, and a call of memcpy for each takes longer than what it copies.
inline void CopyRow(const float* from, int count, float* to) {
  constexpr int kLanes = 4;
  if (count < kLanes) {
    for (int i = 0; i < count; ++i) to[i] = from[i];
    return;
  }
  for (int i = 0; i < count - kLanes; i += kLanes) std::memcpy(to + i, from + i, kLanes * sizeof(float));
  std::memcpy(to + count - kLanes, from + count - kLanes, kLanes * sizeof(float));
}

}  // namespace caffesharp

#endif  // CAFFESHARP_CAFFE_WINDOW_ROWS_H_
