#include "core/threads/thread_failure.h"

#include <boost/thread/exceptions.hpp>
#include <utility>

#include "core/log.h"
#include "core/threads/thread_budget.h"

namespace caffesharp {
namespace {

thread_local std::shared_ptr<FailureGroup> current_group;
thread_local bool is_caffes_thread = false;

std::shared_ptr<FailureGroup> CurrentFailureGroup() {
  if (!current_group) {
    // Threads that belong to no net share a group, so that they report each other's failures.
    static const std::shared_ptr<FailureGroup> process_group = std::make_shared<FailureGroup>();
    return process_group;
  }
  return current_group;
}

// layer is the layer that this thread belongs to.
void RunInFailureGroup(const std::shared_ptr<FailureGroup>& group, const std::string& layer,
                       const std::function<void()>& body) {
  const FailureGroupScope scope(group);
  is_caffes_thread = true;
  try {
    // The thread transforms the images of a data layer.
    const ComputeTurn turn;
    body();
  } catch (const boost::thread_interrupted&) {
    // Caffe ends threads this way; boost requires that the exception propagates.
    throw;
  } catch (...) {
    ErrorDetail failure = DescribeCurrentException();
    failure.thread_layer = layer;
    group->Record(failure);
    Emit(kLogError, failure.source_file.c_str(), failure.source_line, failure.message);
  }
}

}  // namespace

void FailureGroup::Record(const ErrorDetail& failure) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (!failure_) failure_ = failure;
}

void FailureGroup::ThrowFailure() {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (!failure_) return;
  thrown_ = true;
  throw Error(*failure_);
}

void FailureGroup::ThrowKnownFailure() {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (thrown_) throw Error(*failure_);
}

FailureGroupScope::FailureGroupScope(std::shared_ptr<FailureGroup> group) : outer_(std::move(current_group)) {
  current_group = std::move(group);
}

FailureGroupScope::~FailureGroupScope() { current_group = std::move(outer_); }

std::function<void()> InFailureGroup(std::function<void()> body) {
  return [group = CurrentFailureGroup(), layer = LayerBeingMade(), body = std::move(body)] {
    RunInFailureGroup(group, layer, body);
  };
}

int LeaveTurnToWait() { return LeavePlaces(); }

void TakeTurnAgain(int places) { TakePlaces(places); }

void EndBatch() {
  if (is_caffes_thread) LetOthersCompute();
}

void ThrowThreadFailure() { CurrentFailureGroup()->ThrowFailure(); }

}  // namespace caffesharp
