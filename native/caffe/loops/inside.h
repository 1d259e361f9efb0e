// Which places of a window lie inside a picture.
#ifndef CAFFESHARP_CAFFE_LOOPS_INSIDE_H_
#define CAFFESHARP_CAFFE_LOOPS_INSIDE_H_

#include <algorithm>

namespace caffesharp {

// The outputs, from first to end, whose input (output * stride + offset) is one of size.
struct Inside {
  int first;
  int end;
};

inline Inside FindInside(int size, int outputs, int stride, int offset) {
  const int first = offset >= 0 ? 0 : (-offset + stride - 1) / stride;
  const int end = size <= offset ? 0 : (size - offset - 1) / stride + 1;
  const int clamped = std::min(first, outputs);
  return {clamped, std::max(clamped, std::min(end, outputs))};
}

}  // namespace caffesharp

#endif  // CAFFESHARP_CAFFE_LOOPS_INSIDE_H_
