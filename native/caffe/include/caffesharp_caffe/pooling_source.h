// Included first in Caffe's pooling_layer.cpp, which walks through each window alone.
#ifndef CAFFESHARP_CAFFE_POOLING_SOURCE_H_
#define CAFFESHARP_CAFFE_POOLING_SOURCE_H_

#include <vector>

#include "caffesharp_caffe/every_source.h"

// A specialization comes before the definition of its template.
#include "caffe/layers/pooling_layer.hpp"

namespace caffe {

// In native/caffe/loops: a row of windows together, each in the order of its places. The same bits.
template <>
void PoolingLayer<float>::Forward_cpu(const std::vector<Blob<float>*>& bottom, const std::vector<Blob<float>*>& top);

}  // namespace caffe

#endif  // CAFFESHARP_CAFFE_POOLING_SOURCE_H_
