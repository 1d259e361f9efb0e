// The window of a layer, as its parameters give it.
#ifndef CAFFESHARP_SRC_ENGINE_GRAPH_LAYER_WINDOW_H_
#define CAFFESHARP_SRC_ENGINE_GRAPH_LAYER_WINDOW_H_

#include <caffe/proto/caffe.pb.h>

#include <caffe/blob.hpp>

#include "engine/graph/graph.h"

namespace caffesharp {
namespace engine {

Window ConvolutionWindow(const caffe::ConvolutionParameter& parameter);
// bottom has four axes.
Window PoolingWindow(const caffe::PoolingParameter& parameter, const caffe::Blob<float>& bottom);

}  // namespace engine
}  // namespace caffesharp

#endif  // CAFFESHARP_SRC_ENGINE_GRAPH_LAYER_WINDOW_H_
