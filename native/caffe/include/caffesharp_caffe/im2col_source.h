// Included first in Caffe's im2col.cpp, which asks of every value whether its window reaches over the edge there.
#ifndef CAFFESHARP_CAFFE_IM2COL_SOURCE_H_
#define CAFFESHARP_CAFFE_IM2COL_SOURCE_H_

#include "caffesharp_caffe/every_source.h"

// A specialization comes before the definition of its template.
#include "caffe/util/im2col.hpp"

namespace caffe {

// In native/caffe/loops: asks once a row, and copies. The same bits.
template <>
void im2col_cpu<float>(const float* image, int channels, int height, int width, int kernel_height, int kernel_width,
                       int pad_height, int pad_width, int stride_height, int stride_width, int dilation_height,
                       int dilation_width, float* columns);

}  // namespace caffe

#endif  // CAFFESHARP_CAFFE_IM2COL_SOURCE_H_
