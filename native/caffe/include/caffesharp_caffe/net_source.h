// Included first in Caffe's net.cpp, which sets a layer up with whatever the layers before it made: many a layer then
// divides by a size of its bottoms, or multiplies it to more than Caffe counts, without a look.
#ifndef CAFFESHARP_CAFFE_NET_SOURCE_H_
#define CAFFESHARP_CAFFE_NET_SOURCE_H_

#include <vector>

#include "caffesharp_caffe/every_source.h"

// The name below must not be in the headers' way.
#include "caffe/net.hpp"

namespace caffesharp {

// The bottoms that a layer is about to be set up with. Throws caffesharp::Error if it cannot take them.
const std::vector<caffe::Blob<float>*>& RequireShapes(const caffe::LayerParameter& layer,
                                                      const std::vector<caffe::Blob<float>*>& bottoms);
// The library has no nets of double precision; Caffe's own tests do.
inline const std::vector<caffe::Blob<double>*>& RequireShapes(const caffe::LayerParameter&,
                                                              const std::vector<caffe::Blob<double>*>& bottoms) {
  return bottoms;
}

}  // namespace caffesharp

#define SetUp(bottoms, tops) SetUp(::caffesharp::RequireShapes(layers_[layer_id]->layer_param(), bottoms), tops)

#endif  // CAFFESHARP_CAFFE_NET_SOURCE_H_
