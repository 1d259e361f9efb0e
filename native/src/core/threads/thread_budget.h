// How many threads of this process compute at a time: one number for Caffe's passes, the BLAS, the engine's pool, the
// threads of data layers and the callers' own work.
#ifndef CAFFESHARP_SRC_CORE_THREADS_THREAD_BUDGET_H_
#define CAFFESHARP_SRC_CORE_THREADS_THREAD_BUDGET_H_

#include <atomic>
#include <boost/thread/condition_variable.hpp>
#include <boost/thread/mutex.hpp>
#include <chrono>
#include <list>

namespace caffesharp {

// Counts places. A thread that computes holds one, or as many as the BLAS has threads while it calls the BLAS; helpers
// of the engine's pool hold one each. Places are given in the order in which they are asked for. A thread that waits
// for places holds none and sleeps, so that two threads cannot wait for each other.
class ThreadBudget {
 public:
  struct Usage {
    int size;
    // Places that are held now, and the most that were held at a time since the maximum was last taken.
    int held;
    int most_held;
    int waiting;
  };

  // Lives until the process ends.
  static ThreadBudget& Shared();

  // For tests. The shared budget begins with AllowedProcessors().
  explicit ThreadBudget(int size);
  ThreadBudget(const ThreadBudget&) = delete;
  ThreadBudget& operator=(const ThreadBudget&) = delete;

  int size() const { return size_.load(std::memory_order_relaxed); }
  // Throws CAFFE_ERROR_ARGUMENT below 1, and CAFFE_ERROR_BUSY once the size was fixed.
  void SetSize(int size);
  // size(), which stays from now on: somebody computes, or shares work out by it.
  int FixSize();
  // Called without a lock where places are short: gives those that are held for no more than a quicker start. Gives
  // how many.
  void SetReclaim(int (*reclaim)()) { reclaim_.store(reclaim, std::memory_order_release); }

  // Waits for so many places, at most size(). On a thread of Caffe's the wait ends where the thread is interrupted,
  // with boost::thread_interrupted and no place.
  void Take(int places);
  // Takes at most so many places that are free now, and none where somebody waits. Gives how many.
  int TakeIdle(int most);
  void GiveBack(int places);
  bool AnyoneWaits() const { return waiting_.load(std::memory_order_relaxed) > 0; }

  // While the holder of places is in code of the user's, which may wait for another thread that needs a place: after
  // kPatience those who wait get its places.
  struct Loan {
    int places = 0;
    std::chrono::steady_clock::time_point from;
    bool is_lent = false;
  };
  void Offer(Loan* loan);
  // Waits for other places, before all others, where its own were lent.
  void TakeBack(Loan* loan);

  // reset_most: the maximum counts from now on.
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
  bool LendWhatIsDue();

  boost::mutex mutex_;
  std::atomic<int> size_;
  std::atomic<int> waiting_{0};
  int free_;
  int most_held_ = 0;
  std::atomic<bool> is_fixed_{false};
  std::atomic<int (*)()> reclaim_{nullptr};
  std::list<Waiter*> waiters_;
  // Offered and not lent, the oldest first.
  std::list<Loan*> loans_;
};

// What the calling thread had before a turn of its began.
struct PlacesBefore {
  int held;
  ThreadBudget::Loan* loan;
};

// The calling thread computes while this lives: it holds at least so many places of the shared budget. A thread that
// holds enough already takes none; one that holds fewer gives them back before it waits for all of them.
class ComputeTurn {
 public:
  explicit ComputeTurn(int places = 1);
  ~ComputeTurn();
  ComputeTurn(const ComputeTurn&) = delete;
  ComputeTurn& operator=(const ComputeTurn&) = delete;

 private:
  PlacesBefore before_;
};

// The places of a turn that Caffe's own layers want: one for each thread of the BLAS.
int BlasPlaces();

// The places that the calling thread holds, and may share with helpers.
int PlacesHeld();

// The calling thread runs code of the user's (a hook, a layer in C#) while this lives; see ThreadBudget::Loan.
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

// A turn that begins and ends in two calls of one thread; such turns nest.
void EnterTurn();
// False, and no turn, where the thread holds no place and none is idle.
bool TryEnterTurn();
// Throws CAFFE_ERROR_ARGUMENT where the thread has not entered.
void LeaveTurn();

// Gives the calling thread's places back before it waits for something else than places, and gives how many. It must
// take as many again before it computes on; LeavePlaces and TakePlaces do nothing on a thread without a turn.
int LeavePlaces();
void TakePlaces(int places);

// Those who wait have their turn first.
void LetOthersCompute();

}  // namespace caffesharp

#endif  // CAFFESHARP_SRC_CORE_THREADS_THREAD_BUDGET_H_
