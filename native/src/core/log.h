// Passes messages of Caffe and of this library to the log callback. The macros are those of <glog/logging.h>.
#ifndef CAFFESHARP_SRC_CORE_LOG_H_
#define CAFFESHARP_SRC_CORE_LOG_H_

#include <glog/logging.h>

#include <string>

#include "caffesharp/runtime.h"

namespace caffesharp {

// Passes a message to the log callback, if one is set for its severity.
void Emit(int severity, const char* file, int line, const std::string& text) noexcept;

// Null removes the callback. When this returns, no thread is in the previous callback.
void SetLogCallback(caffe_log_callback callback, void* user_data, int minimum);

// During its lifetime, tracks which layer Caffe is creating on this thread. Caffe names the layer only in its log.
class CreationProgress {
 public:
  CreationProgress();
  ~CreationProgress();
  CreationProgress(const CreationProgress&) = delete;
  CreationProgress& operator=(const CreationProgress&) = delete;

  // Empty before the first layer and after the last.
  const std::string& layer() const { return layer_; }
  void Observe(const std::string& message);

 private:
  CreationProgress* outer_;
  std::string layer_;
};

// The layer that Caffe is creating on this thread; empty if it is creating none.
std::string LayerBeingMade();

// During its lifetime, a failed CHECK on this thread is logged and not thrown, because destructors must not throw.
class DestructionScope {
 public:
  DestructionScope();
  ~DestructionScope();
  DestructionScope(const DestructionScope&) = delete;
  DestructionScope& operator=(const DestructionScope&) = delete;
};

}  // namespace caffesharp

#endif  // CAFFESHARP_SRC_CORE_LOG_H_
