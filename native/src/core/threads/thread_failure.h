// Failures on Caffe's threads (prefetching), kept for the thread that waits for them. Caffe's threads call this through
// caffesharp_caffe/threaded_source.h.
#ifndef CAFFESHARP_SRC_CORE_THREADS_THREAD_FAILURE_H_
#define CAFFESHARP_SRC_CORE_THREADS_THREAD_FAILURE_H_

#include <functional>
#include <memory>
#include <mutex>
#include <optional>

#include "core/error.h"

namespace caffesharp {

// The threads of one net: those that call it and those that Caffe starts for it. Thread-safe.
class FailureGroup {
 public:
  // Keeps the first failure.
  void Record(const ErrorDetail& failure);
  // Throws the failure, if any.
  void ThrowFailure();
  // Throws the failure if it has been thrown before. A net continues while there is valid data, and then fails.
  void ThrowKnownFailure();

 private:
  std::mutex mutex_;
  std::optional<ErrorDetail> failure_;
  bool thrown_ = false;
};

// Assigns the group to the calling thread during the lifetime of the object.
class FailureGroupScope {
 public:
  explicit FailureGroupScope(std::shared_ptr<FailureGroup> group);
  ~FailureGroupScope();
  FailureGroupScope(const FailureGroupScope&) = delete;
  FailureGroupScope& operator=(const FailureGroupScope&) = delete;

 private:
  std::shared_ptr<FailureGroup> outer_;
};

// See caffesharp_caffe/threaded_source.h, which declares these to Caffe's source.
std::function<void()> InFailureGroup(std::function<void()> body);
void ThrowThreadFailure();
int LeaveTurnToWait();
void TakeTurnAgain(int places);
void EndBatch();

}  // namespace caffesharp

#endif  // CAFFESHARP_SRC_CORE_THREADS_THREAD_FAILURE_H_
