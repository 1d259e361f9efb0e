// The threads that the accelerated engines of this process share. Each holds a place of the thread budget while it
// computes: a caller gets as many helpers as there are places that no other thread needs.
#ifndef CAFFESHARP_SRC_ENGINE_SCHEDULE_WORKER_POOL_H_
#define CAFFESHARP_SRC_ENGINE_SCHEDULE_WORKER_POOL_H_

#include <atomic>
#include <condition_variable>
#include <functional>
#include <list>
#include <mutex>

#include "core/threads/thread_budget.h"

namespace caffesharp {
namespace engine {

class WorkerPool {
 public:
  // Lives until the process ends.
  static WorkerPool& Shared();

  // The most threads that a pass can have.
  static int processors() { return ThreadBudget::Shared().FixSize(); }

  // Calls work(item, slot) once for each item, on the calling thread, which is inside a ComputeTurn, and on at most
  // threads - 1 others; a slot, below threads, is one thread's at a time. work must not throw.
  void Run(int items, int threads, const std::function<void(int item, int slot)>& work);

 private:
  struct Job {
    const std::function<void(int, int)>& work;
    int items;
    // Where the caller runs.
    int processor;
    std::atomic<int> next{0};
    // Changed under the pool's mutex: helpers that may still come, those that came, those at work.
    int awaited = 0;
    // Helpers whose places are the caller's.
    int lent = 0;
    int slots = 1;
    std::atomic<int> active{0};
  };

  WorkerPool() = default;
  static int Reclaim();
  int Hire(Job* job, int wanted);
  void Close(Job* job);
  void Watch(std::unique_lock<std::mutex>* lock);
  void Work();
  static void Take(Job* job, int slot);

  std::mutex mutex_;
  std::condition_variable job_came_;
  std::condition_variable helper_left_;
  std::list<Job*> jobs_;
  // How many there are, for those that look without the mutex.
  std::atomic<int> open_jobs_{0};
  int workers_ = 0;
  // Helpers that look for the next job before they sleep, and the places of the budget that they hold.
  int watchers_ = 0;
  std::atomic<int> watchers_places_{0};
};

}  // namespace engine
}  // namespace caffesharp

#endif  // CAFFESHARP_SRC_ENGINE_SCHEDULE_WORKER_POOL_H_
