#include "core/log.h"

#include <atomic>
#include <cstring>
#include <exception>
#include <mutex>
#include <shared_mutex>

#include "core/blob_version.h"
#include "core/data_item.h"
#include "core/error.h"

namespace caffesharp {
namespace {

struct Listener {
  caffe_log_callback callback = nullptr;
  void* user_data = nullptr;
};

std::atomic<int> minimum_severity{CAFFE_LOG_NONE};
// Held shared while the callback runs, so that no thread is in the callback once it has been replaced.
std::shared_mutex listener_mutex;
Listener listener;

thread_local CreationProgress* creation = nullptr;
thread_local int destructions = 0;

std::string Trimmed(const std::string& text) {
  const std::size_t end = text.find_last_not_of(" \t\r\n");
  return end == std::string::npos ? std::string() : text.substr(0, end + 1);
}

// True if a failed CHECK may throw: not in a destructor, in functions that Caffe's destructors call, or while the stack
// unwinds.
bool MayThrow(const char* function) {
  static const char* const kCalledByDestructors[] = {"CaffeFreeHost", "StopInternalThread"};
  if (function[0] == '~' || destructions > 0 || std::uncaught_exceptions() > 0) return false;
  for (const char* name : kCalledByDestructors) {
    if (std::strcmp(function, name) == 0) return false;
  }
  return true;
}

}  // namespace

bool IsLogged(int severity) noexcept {
  return severity >= minimum_severity.load(std::memory_order_relaxed) || creation != nullptr;
}

void Emit(int severity, const char* file, int line, const std::string& text) noexcept {
  if (severity < minimum_severity.load(std::memory_order_relaxed)) return;
  try {
    const std::shared_lock<std::shared_mutex> lock(listener_mutex);
    if (listener.callback == nullptr) return;
    RaiseBlobVersion();
    listener.callback(severity, file, line, text.c_str(), listener.user_data);
  } catch (...) {
    // A failure to log must not fail the operation that logs.
  }
}

LogMessage::~LogMessage() {
  try {
    const std::string text = Trimmed(stream_.str());
    if (creation != nullptr) creation->Observe(text);
    Emit(severity_, file_, line_, text);
  } catch (...) {
    // As above.
  }
}

FatalMessage::~FatalMessage() noexcept(false) {
  const std::string text = Trimmed(stream_.str());
  if (MayThrow(function_)) throw CheckFailure(text, file_, line_);
  Emit(kLogError, file_, line_, text);
}

void SetLogCallback(caffe_log_callback callback, void* user_data, int minimum) {
  const std::unique_lock<std::shared_mutex> lock(listener_mutex);
  listener = Listener{callback, user_data};
  minimum_severity = callback == nullptr ? CAFFE_LOG_NONE : minimum;
}

CreationProgress::CreationProgress() : outer_(creation) { creation = this; }

CreationProgress::~CreationProgress() {
  creation = outer_;
  ForgetDataItem();
}

void CreationProgress::Observe(const std::string& message) {
  for (const char* start : {"Creating layer ", "Creating Layer "}) {
    if (message.compare(0, std::strlen(start), start) != 0) continue;
    layer_ = message.substr(std::strlen(start));
    ForgetDataItem();
  }
  // Caffe iterates over the layers again after it has set up the last one.
  if (message.find(" backward computation.") != std::string::npos) layer_.clear();
}

std::string LayerBeingMade() { return creation == nullptr ? std::string() : creation->layer(); }

DestructionScope::DestructionScope() { ++destructions; }

DestructionScope::~DestructionScope() { --destructions; }

}  // namespace caffesharp
