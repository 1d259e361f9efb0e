// Failures on threads of Caffe's own (prefetching), kept for the thread that waits for them. The seam through which
// Caffe's threads get here is caffesharp_caffe/threaded_source.h.
#ifndef CAFFESHARP_SRC_CORE_THREADS_THREAD_FAILURE_H_
#define CAFFESHARP_SRC_CORE_THREADS_THREAD_FAILURE_H_

#include <functional>
#include <memory>
#include <mutex>
#include <optional>

#include "core/error.h"

namespace caffesharp {

// The threads of one net, those that call it and those that Caffe starts for it. Safe from all of them at once.
class FailureGroup {
 public:
  // The first failure is kept.
  void Record(const ErrorDetail& failure);
  // Throws the failure, if there is one.
  void ThrowFailure();
  // Throws the failure if it has been thrown before. A net goes on for as long as there is good data, and then no more.
  void ThrowKnownFailure();

 private:
  std::mutex mutex_;
  std::optional<ErrorDetail> failure_;
  bool thrown_ = false;
};

// Makes the group the calling thread's while it lives.
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
