// The lists of images that the layers ImageData and WindowData read.
#ifndef CAFFESHARP_SRC_DATA_IMAGES_IMAGE_LIST_H_
#define CAFFESHARP_SRC_DATA_IMAGES_IMAGE_LIST_H_

#include <caffe/proto/caffe.pb.h>

#include <string>

namespace caffesharp {

// Checks the list of a layer of these types, and what else Caffe takes unseen and then reads or writes beyond its
// memory by; nothing for other types. Throws Error, with the list and the line where it is about one.
void CheckImageLayer(const caffe::LayerParameter& layer);

// Where the layer's list names the image: " (line 3 of 'list.txt')". Empty for other layers, and if it does not.
std::string PlaceInImageList(const caffe::LayerParameter& layer, const std::string& image);

}  // namespace caffesharp

#endif  // CAFFESHARP_SRC_DATA_IMAGES_IMAGE_LIST_H_
