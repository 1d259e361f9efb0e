// Messages of Caffe and of this library on their way to the log callback. The macros are those of <glog/logging.h>.
#ifndef CAFFESHARP_SRC_CORE_LOG_H_
#define CAFFESHARP_SRC_CORE_LOG_H_

#include <glog/logging.h>

#include <string>

#include "caffesharp/runtime.h"

namespace caffesharp {

// Hands a message to the log callback, if one wants it.
void Emit(int severity, const char* file, int line, const std::string& text) noexcept;

// Null for none. The callback that was set before has returned everywhere when this returns.
void SetLogCallback(caffe_log_callback callback, void* user_data, int minimum);

// While it lives, follows a net that Caffe makes on this thread: Caffe names the layer it is at in its log alone.
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

// The layer that Caffe makes on this thread at the moment; empty where it makes none.
std::string LayerBeingMade();

// While it lives, a failed CHECK on this thread is logged instead of thrown: what is being destroyed cannot fail.
class DestructionScope {
 public:
  DestructionScope();
  ~DestructionScope();
  DestructionScope(const DestructionScope&) = delete;
  DestructionScope& operator=(const DestructionScope&) = delete;
};

}  // namespace caffesharp

#endif  // CAFFESHARP_SRC_CORE_LOG_H_
