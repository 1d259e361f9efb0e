// One pass through a net, forward or backward, by whichever engine runs it.
#ifndef CAFFESHARP_SRC_NET_NET_RUN_H_
#define CAFFESHARP_SRC_NET_NET_RUN_H_

#include <cstdint>

#include "net/net_state.h"

namespace caffesharp {

// The layers from first to last. False if *stop, which may be null, ended it early. loss may be null.
bool RunForward(NetState& state, std::int32_t first, std::int32_t last, const std::int32_t* stop, float* loss);

// The layers from first down to last. False as above.
bool RunBackward(NetState& state, std::int32_t first, std::int32_t last, const std::int32_t* stop);

}  // namespace caffesharp

#endif  // CAFFESHARP_SRC_NET_NET_RUN_H_
