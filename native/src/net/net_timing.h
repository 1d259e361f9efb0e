// How long each layer of a net takes.
#ifndef CAFFESHARP_SRC_NET_NET_TIMING_H_
#define CAFFESHARP_SRC_NET_NET_TIMING_H_

#include <vector>

#include "net/net_state.h"

namespace caffesharp {

// Microseconds of one pass, by layer and in all.
struct LayerTimes {
  std::vector<double> layers;
  double sum = 0;
};

struct PassTimes {
  LayerTimes forward;
  // Empty if it was not wanted.
  LayerTimes backward;
};

// Runs Caffe's layers, even if another engine runs the net, once forward and, where wanted, once backward.
PassTimes TimeNet(NetState& state, bool with_backward);

}  // namespace caffesharp

#endif  // CAFFESHARP_SRC_NET_NET_TIMING_H_
