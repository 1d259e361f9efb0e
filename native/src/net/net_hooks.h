// The caller's callbacks around the layers of a net's runs.
#ifndef CAFFESHARP_SRC_NET_NET_HOOKS_H_
#define CAFFESHARP_SRC_NET_NET_HOOKS_H_

#include <array>
#include <atomic>
#include <cstdint>
#include <mutex>

#include "caffesharp/net_hook.h"

namespace caffesharp {

// Safe from several threads at once: a hook may be set while the net runs.
class NetHooks {
 public:
  // A null callback is none. owner is the handle that the hook ends with.
  void Set(caffe_hook_moment moment, caffe_hook_callback callback, std::int64_t context, const caffe_net* owner);
  // Removes what a handle has set.
  void Forget(const caffe_net* owner);

  // Whether one is set around layers that run forward.
  bool AnyForward() const {
    return hooks_[CAFFE_HOOK_BEFORE_FORWARD].is_set.load(std::memory_order_acquire) ||
           hooks_[CAFFE_HOOK_AFTER_FORWARD].is_set.load(std::memory_order_acquire);
  }

  // Throws what the hook fails with.
  void Run(caffe_hook_moment moment, int layer) {
    if (hooks_[moment].is_set.load(std::memory_order_acquire)) Call(moment, layer);
  }

 private:
  struct Hook {
    std::atomic<bool> is_set{false};
    caffe_hook_callback callback = nullptr;
    std::int64_t context = 0;
    const caffe_net* owner = nullptr;
  };

  void Call(caffe_hook_moment moment, int layer);

  // Guards all but is_set.
  std::mutex mutex_;
  std::array<Hook, 4> hooks_;
};

}  // namespace caffesharp

#endif  // CAFFESHARP_SRC_NET_NET_HOOKS_H_
