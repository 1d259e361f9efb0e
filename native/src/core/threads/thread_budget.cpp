#include "core/threads/thread_budget.h"

#include <algorithm>
#include <boost/date_time/posix_time/posix_time_types.hpp>
#include <boost/thread/thread.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "core/error.h"
#include "core/threads/allowed_processors.h"
#include "core/threads/blas.h"

namespace caffesharp {
namespace {

// The calling thread's part of the shared budget.
struct ThreadPlaces {
  int held = 0;
  // Set while the thread runs user code and offers its places.
  ThreadBudget::Loan* loan = nullptr;
  // One entry per EnterTurn that has not ended.
  std::vector<PlacesBefore> entered;
};

thread_local ThreadPlaces here;

PlacesBefore BeginTurn(int places) {
  ThreadBudget& budget = ThreadBudget::Shared();
  const PlacesBefore before = {here.held, here.loan};
  if (before.loan != nullptr) {
    budget.TakeBack(before.loan);
    here.loan = nullptr;
  }
  const int wanted = std::min(places, budget.FixSize());
  if (here.held >= wanted) return before;
  // A thread must not wait while it holds places: two such threads could wait for each other.
  budget.GiveBack(here.held);
  here.held = 0;
  budget.Take(wanted);
  here.held = wanted;
  return before;
}

void EndTurn(const PlacesBefore& before) {
  ThreadBudget& budget = ThreadBudget::Shared();
  if (here.held > before.held) {
    budget.GiveBack(here.held - before.held);
    here.held = before.held;
  }
  if (before.loan == nullptr) return;
  before.loan->places = here.held;
  budget.Offer(before.loan);
  here.loan = before.loan;
}

}  // namespace

constexpr std::chrono::milliseconds ThreadBudget::kPatience;

ThreadBudget& ThreadBudget::Shared() {
  // Never destroyed: threads may compute until the process ends.
  static ThreadBudget* const budget = [] {
    auto* made = new ThreadBudget(AllowedProcessors());
    LimitBlasThreads(made->size());
    return made;
  }();
  return *budget;
}

ThreadBudget::ThreadBudget(int size) : size_(std::max(size, 1)), free_(size_) {}

void ThreadBudget::SetSize(int size) {
  if (size < 1)
    throw Error(CAFFE_ERROR_ARGUMENT, "the thread budget must be at least 1 (got " + std::to_string(size) + ")");
  const boost::unique_lock<boost::mutex> lock(mutex_);
  if (size == size_) return;
  if (is_fixed_) {
    throw Error(CAFFE_ERROR_BUSY, "the thread budget is already in use with " + std::to_string(size_) +
                                      " threads; set it before anything is computed");
  }
  size_ = size;
  free_ = size;
}

int ThreadBudget::FixSize() {
  if (!is_fixed_.load(std::memory_order_acquire)) {
    const boost::unique_lock<boost::mutex> lock(mutex_);
    is_fixed_.store(true, std::memory_order_release);
  }
  return size();
}

void ThreadBudget::Take(int places) {
  const int wanted = std::clamp(places, 1, FixSize());
  boost::unique_lock<boost::mutex> lock(mutex_);
  if (free_ < wanted || !waiters_.empty()) {
    lock.unlock();
    Reclaim();
    lock.lock();
  }
  Wait(&lock, wanted, false);
}

int ThreadBudget::TakeIdle(int most) {
  if (most <= 0) return 0;
  FixSize();
  const boost::unique_lock<boost::mutex> lock(mutex_);
  if (!waiters_.empty()) return 0;
  const int places = std::min(most, free_);
  Hold(places);
  return places;
}

void ThreadBudget::GiveBack(int places) {
  if (places <= 0) return;
  const boost::unique_lock<boost::mutex> lock(mutex_);
  free_ += places;
  Serve();
}

void ThreadBudget::Offer(Loan* loan) {
  loan->from = std::chrono::steady_clock::now();
  loan->is_granted = false;
  const boost::unique_lock<boost::mutex> lock(mutex_);
  loans_.push_back(loan);
  // Wake the first waiting thread, so that it waits for this offer's time.
  if (!waiters_.empty()) waiters_.front()->served.notify_one();
}

void ThreadBudget::TakeBack(Loan* loan) {
  // Called by destructors, so it must not throw.
  const boost::this_thread::disable_interruption no_interruption;
  {
    const boost::unique_lock<boost::mutex> lock(mutex_);
    if (!loan->is_granted) {
      loans_.remove(loan);
      return;
    }
  }
  Reclaim();
  boost::unique_lock<boost::mutex> lock(mutex_);
  Wait(&lock, loan->places, true);
}

ThreadBudget::Usage ThreadBudget::Observe(bool reset_most) {
  const boost::unique_lock<boost::mutex> lock(mutex_);
  const int held = size_ - free_;
  const Usage usage = {size_, held, most_held_, static_cast<int>(waiters_.size())};
  if (reset_most) most_held_ = held;
  return usage;
}

void ThreadBudget::Reclaim() {
  int (*const reclaim)() = reclaim_.load(std::memory_order_acquire);
  if (reclaim != nullptr) GiveBack(reclaim());
}

void ThreadBudget::Wait(boost::unique_lock<boost::mutex>* lock, int places, bool before_others) {
  if (waiters_.empty() && free_ >= places) {
    Hold(places);
    return;
  }
  Waiter waiter;
  waiter.places = places;
  waiters_.insert(before_others ? waiters_.begin() : waiters_.end(), &waiter);
  ++waiting_;
  Serve();
  try {
    while (!waiter.is_served) {
      if (waiters_.front() != &waiter || loans_.empty()) {
        waiter.served.wait(*lock);
      } else if (!GrantDuePlaces()) {
        const auto due = loans_.front()->from + kPatience - std::chrono::steady_clock::now();
        const auto left = std::chrono::duration_cast<std::chrono::microseconds>(due).count();
        waiter.served.timed_wait(*lock, boost::posix_time::microseconds(std::max<std::int64_t>(left, 0) + 1));
      }
    }
  } catch (...) {
    // The thread was interrupted; the lock is held again.
    if (waiter.is_served) {
      free_ += places;
    } else {
      waiters_.remove(&waiter);
      --waiting_;
    }
    Serve();
    throw;
  }
}

// Takes places that are free.
void ThreadBudget::Hold(int places) {
  free_ -= places;
  most_held_ = std::max(most_held_, size_ - free_);
}

// Grants free places to waiting threads, in the order of their requests.
void ThreadBudget::Serve() {
  while (!waiters_.empty() && free_ >= waiters_.front()->places) {
    Waiter* const next = waiters_.front();
    waiters_.pop_front();
    --waiting_;
    Hold(next->places);
    next->is_served = true;
    next->served.notify_one();
  }
  if (!waiters_.empty() && !loans_.empty()) waiters_.front()->served.notify_one();
}

// Frees the places of the oldest offer if kPatience has passed.
bool ThreadBudget::GrantDuePlaces() {
  Loan* const oldest = loans_.front();
  if (std::chrono::steady_clock::now() < oldest->from + kPatience) return false;
  loans_.pop_front();
  oldest->is_granted = true;
  free_ += oldest->places;
  Serve();
  return true;
}

ComputeTurn::ComputeTurn(int places) : before_(BeginTurn(places)) {}

ComputeTurn::~ComputeTurn() { EndTurn(before_); }

int BlasPlaces() { return std::max(BlasThreads(), 1); }

int PlacesHeld() { return here.held; }

UserCode::UserCode() : offers_(here.held > 0 && here.loan == nullptr) {
  if (!offers_) return;
  loan_.places = here.held;
  ThreadBudget::Shared().Offer(&loan_);
  here.loan = &loan_;
}

UserCode::~UserCode() {
  if (!offers_) return;
  ThreadBudget::Shared().TakeBack(&loan_);
  here.loan = nullptr;
}

void EnterTurn() { here.entered.push_back(BeginTurn(1)); }

bool TryEnterTurn() {
  if (here.held > 0) {
    EnterTurn();
    return true;
  }
  if (ThreadBudget::Shared().TakeIdle(1) == 0) return false;
  here.entered.push_back({0, nullptr});
  here.held = 1;
  return true;
}

void LeaveTurn() {
  if (here.entered.empty()) {
    throw Error(CAFFE_ERROR_ARGUMENT, "this thread has no turn to leave; call caffe_threads_enter first");
  }
  const PlacesBefore before = here.entered.back();
  here.entered.pop_back();
  EndTurn(before);
}

int LeavePlaces() {
  if (here.loan != nullptr) return 0;
  const int places = here.held;
  here.held = 0;
  ThreadBudget::Shared().GiveBack(places);
  return places;
}

void TakePlaces(int places) {
  if (places <= 0) return;
  ThreadBudget::Shared().Take(places);
  here.held = places;
}

void LetOthersCompute() {
  if (ThreadBudget::Shared().AnyoneWaits()) TakePlaces(LeavePlaces());
}

}  // namespace caffesharp
