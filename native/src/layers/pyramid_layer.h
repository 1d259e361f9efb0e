// Caffe's layer SPP, without the memory that it leaves behind.
#ifndef CAFFESHARP_SRC_LAYERS_PYRAMID_LAYER_H_
#define CAFFESHARP_SRC_LAYERS_PYRAMID_LAYER_H_

namespace caffesharp {

// Puts the layer in the place of Caffe's own, for every net that is made after.
void UsePyramidLayer();

}  // namespace caffesharp

#endif  // CAFFESHARP_SRC_LAYERS_PYRAMID_LAYER_H_
