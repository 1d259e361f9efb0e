#include "caffesharp/net_hook.h"

#include <string>

#include "core/error.h"
#include "net/net_state.h"

caffe_status caffe_net_set_hook(caffe_net* net, int32_t moment, caffe_hook_callback callback, int64_t context) {
  return caffesharp::Guard([&] {
    caffesharp::RequireNotNull(net, "net");
    if (moment < CAFFE_HOOK_BEFORE_FORWARD || moment > CAFFE_HOOK_AFTER_BACKWARD) {
      throw caffesharp::Error(CAFFE_ERROR_ARGUMENT,
                              "moment must be 0 to 3 (a caffe_hook_moment), got " + std::to_string(moment));
    }
    net->state->hooks.Set(static_cast<caffe_hook_moment>(moment), callback, context, net);
  });
}
