#include "net/net_hooks.h"

#include "core/blob_version.h"
#include "core/callback_failure.h"
#include "core/error.h"
#include "core/threads/thread_budget.h"

namespace caffesharp {

void NetHooks::Set(caffe_hook_moment moment, caffe_hook_callback callback, std::int64_t context,
                   const caffe_net* owner) {
  const std::lock_guard<std::mutex> lock(mutex_);
  Hook& hook = hooks_[moment];
  hook.callback = callback;
  hook.context = context;
  hook.owner = owner;
  hook.is_set.store(callback != nullptr, std::memory_order_release);
}

void NetHooks::Forget(const caffe_net* owner) {
  const std::lock_guard<std::mutex> lock(mutex_);
  for (Hook& hook : hooks_) {
    if (hook.owner != owner) continue;
    hook.is_set.store(false, std::memory_order_release);
    hook.callback = nullptr;
    hook.owner = nullptr;
  }
}

void NetHooks::Call(caffe_hook_moment moment, int layer) {
  caffe_hook_callback callback;
  std::int64_t context;
  {
    // Not held during the callback, which may set hooks.
    const std::lock_guard<std::mutex> lock(mutex_);
    callback = hooks_[moment].callback;
    context = hooks_[moment].context;
  }
  if (callback == nullptr) return;
  const UserCode user_code;
  CallbackFailure failure;
  RaiseBlobVersion();
  callback(context, moment, layer, failure.message(), CallbackFailure::capacity(), failure.status());
  failure.ThrowIfFailed();
}

}  // namespace caffesharp
