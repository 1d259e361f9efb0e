// Layers that unroll their own net over time steps (RNN, LSTM).
#ifndef CAFFESHARP_SRC_NET_WEIGHTS_RECURRENT_WEIGHTS_H_
#define CAFFESHARP_SRC_NET_WEIGHTS_RECURRENT_WEIGHTS_H_

#include <caffe/net.hpp>

namespace caffesharp {

// Lets every time step of the net's recurrent layers use the memory that the layer's parameters have now. Caffe itself
// does so in the test phase alone, when it runs, and elsewhere leaves all steps but one with what they had.
void ShareWithinRecurrentLayers(const caffe::Net<float>& net);

}  // namespace caffesharp

#endif  // CAFFESHARP_SRC_NET_WEIGHTS_RECURRENT_WEIGHTS_H_
