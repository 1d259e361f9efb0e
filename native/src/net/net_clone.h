// A second net of the same definition with the first one's parameters.
#ifndef CAFFESHARP_SRC_NET_NET_CLONE_H_
#define CAFFESHARP_SRC_NET_NET_CLONE_H_

#include <memory>

#include "net/net_state.h"

namespace caffesharp {

// The clone draws from random_stream; null for the thread's.
std::shared_ptr<NetState> CloneNet(NetState& source, std::shared_ptr<RandomStream> random_stream);

}  // namespace caffesharp

#endif  // CAFFESHARP_SRC_NET_NET_CLONE_H_
