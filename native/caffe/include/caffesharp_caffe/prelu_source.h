// Included first in Caffe's prelu_layer.cpp, which divides twice for every value to find its channel.
#ifndef CAFFESHARP_CAFFE_PRELU_SOURCE_H_
#define CAFFESHARP_CAFFE_PRELU_SOURCE_H_

#include <vector>

#include "caffesharp_caffe/every_source.h"

// A specialization comes before the definition of its template.
#include "caffe/layers/prelu_layer.hpp"

namespace caffe {

// In native/caffe/loops: channel after channel. The same bits.
template <>
void PReLULayer<float>::Forward_cpu(const std::vector<Blob<float>*>& bottom, const std::vector<Blob<float>*>& top);

}  // namespace caffe

#endif  // CAFFESHARP_CAFFE_PRELU_SOURCE_H_
