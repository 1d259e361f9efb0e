// What Caffe's layers divide by, count with or index by without a look: checked here before they do.
#ifndef CAFFESHARP_SRC_LAYERS_LAYER_CHECKS_H_
#define CAFFESHARP_SRC_LAYERS_LAYER_CHECKS_H_

#include <caffesharp_caffe/net_source.h>

#include <caffe/layer.hpp>
#include <vector>

namespace caffesharp {

// The numbers of a layer's definition. Throws CAFFE_ERROR_FORMAT.
void CheckNumbers(const caffe::LayerParameter& layer);

// The shapes that a layer gets before it runs, and the values that it is about to index by. Throws.
void CheckForward(caffe::Layer<float>& layer, const std::vector<caffe::Blob<float>*>& bottoms,
                  const std::vector<caffe::Blob<float>*>& tops);

// What a layer is about to index and divide by on its way back, where a bottom requires gradients. Throws.
void CheckBackward(caffe::Layer<float>& layer, const std::vector<caffe::Blob<float>*>& bottoms,
                   const std::vector<caffe::Blob<float>*>& tops);

}  // namespace caffesharp

#endif  // CAFFESHARP_SRC_LAYERS_LAYER_CHECKS_H_
