// Limits how many threads of this process compute at the same time. One limit covers Caffe's passes, the BLAS, the
// engine's pool, the threads of data layers and the work of callers.
#ifndef CAFFESHARP_SRC_CORE_THREADS_THREAD_BUDGET_H_
#define CAFFESHARP_SRC_CORE_THREADS_THREAD_BUDGET_H_

#include <atomic>
#include <boost/thread/condition_variable.hpp>
#include <boost/thread/mutex.hpp>
#include <chrono>
#include <list>

namespace caffesharp {

// Counts places. A thread that computes holds one place, or one per BLAS thread while it calls the BLAS. Each helper of
// the engine's pool holds one. Places are granted in the order of the requests. A thread that waits for places holds
// none and sleeps, so that two threads cannot wait for each other.
class ThreadBudget {
 public:
  struct Usage {
    int size;
    // Places in use, and the most places in use at the same time since the maximum was last reset.
    int held;
    int most_held;
    int waiting;
  };

  // Exists until the process ends.
  static ThreadBudget& Shared();

  // For tests. The shared budget starts with AllowedProcessors().
  explicit ThreadBudget(int size);
  ThreadBudget(const ThreadBudget&) = delete;
  ThreadBudget& operator=(const ThreadBudget&) = delete;

  int size() const { return size_.load(std::memory_order_relaxed); }
  // Throws CAFFE_ERROR_ARGUMENT if size is below 1, and CAFFE_ERROR_BUSY once the size is fixed.
  void SetSize(int size);
  // Returns size() and makes it final: a thread computes, or divides work by it.
  int FixSize();
  // Sets a function that is called without a lock if no places are free. It gives up places that idle threads hold only
  // to start faster, and returns their number.
  void SetReclaim(int (*reclaim)()) { reclaim_.store(reclaim, std::memory_order_release); }

  // Waits for places, at most size(). If one of Caffe's threads is interrupted, the wait ends with
  // boost::thread_interrupted and without places.
  void Take(int places);
  // Takes at most this many free places, or none if a thread is waiting. Returns their number.
  int TakeIdle(int most);
  void GiveBack(int places);
  bool AnyoneWaits() const { return waiting_.load(std::memory_order_relaxed) > 0; }

  // Offers the places of a thread that is running user code. That code may wait for another thread that needs a place,
  // so waiting threads get the places after kPatience.
  struct Loan {
    int places = 0;
    std::chrono::steady_clock::time_point from;
    bool is_granted = false;
  };
  void Offer(Loan* loan);
  // If the places were granted to other threads, waits for new ones ahead of all other threads.
  void TakeBack(Loan* loan);

  // With reset_most the maximum restarts from the places in use.
  Usage Observe(bool reset_most);

  static constexpr std::chrono::milliseconds kPatience{20};

 private:
  struct Waiter {
    int places;
    bool is_served = false;
    boost::condition_variable served;
  };

  void Wait(boost::unique_lock<boost::mutex>* lock, int places, bool before_others);
  void Reclaim();
  void Hold(int places);
  void Serve();
  bool GrantDuePlaces();

  boost::mutex mutex_;
  std::atomic<int> size_;
  std::atomic<int> waiting_{0};
  int free_;
  int most_held_ = 0;
  std::atomic<bool> is_fixed_{false};
  std::atomic<int (*)()> reclaim_{nullptr};
  std::list<Waiter*> waiters_;
  // Offered and not granted, the oldest first.
  std::list<Loan*> loans_;
};

// The places and the loan of the calling thread before a turn began.
struct PlacesBefore {
  int held;
  ThreadBudget::Loan* loan;
};

// The calling thread holds at least this many places of the shared budget during the lifetime of the object. A thread
// that already holds enough takes none. A thread that holds fewer releases them before it waits for all of them.
class ComputeTurn {
 public:
  explicit ComputeTurn(int places = 1);
  ~ComputeTurn();
  ComputeTurn(const ComputeTurn&) = delete;
  ComputeTurn& operator=(const ComputeTurn&) = delete;

 private:
  PlacesBefore before_;
};

// The places that a turn of Caffe's layers requires: one for each thread of the BLAS.
int BlasPlaces();

// The places that the calling thread holds, and may share with helpers.
int PlacesHeld();

// The calling thread runs user code (a hook, a layer in C#) during the lifetime of the object; see ThreadBudget::Loan.
class UserCode {
 public:
  UserCode();
  ~UserCode();
  UserCode(const UserCode&) = delete;
  UserCode& operator=(const UserCode&) = delete;

 private:
  ThreadBudget::Loan loan_;
  const bool offers_;
};

// Begins a turn that LeaveTurn ends on the same thread. Such turns nest.
void EnterTurn();
// Returns false, without a turn, if the thread holds no place and none is free.
bool TryEnterTurn();
// Throws CAFFE_ERROR_ARGUMENT if the thread has not entered a turn.
void LeaveTurn();

// Releases the calling thread's places before it waits for anything other than places, and returns their number. The
// thread must take as many again before it resumes computing. LeavePlaces and TakePlaces do nothing on a thread without
// a turn.
int LeavePlaces();
void TakePlaces(int places);

// Lets waiting threads compute first.
void LetOthersCompute();

}  // namespace caffesharp

#endif  // CAFFESHARP_SRC_CORE_THREADS_THREAD_BUDGET_H_
