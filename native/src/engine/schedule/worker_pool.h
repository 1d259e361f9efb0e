// The threads that all accelerated engines of this process share. Each holds a place of the thread budget while it
// computes. A caller gets as many helpers as there are places that no other thread requests.
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
  // Exists until the process ends.
  static WorkerPool& Shared();

  // The most threads that a pass can use.
  static int processors() { return ThreadBudget::Shared().FixSize(); }

  // Calls work(item, slot) once for each item, on the calling thread, which must have a ComputeTurn, and on at most
  // threads - 1 other threads. A slot is less than threads, and no two threads use the same slot at the same time. work
  // must not throw.
  void Run(int items, int threads, const std::function<void(int item, int slot)>& work);

 private:
  struct Job {
    const std::function<void(int, int)>& work;
    int items;
    // The processor of the calling thread.
    int processor;
    std::atomic<int> next{0};
    // These are changed under the pool's mutex: helpers that have not started, slots in use, active helpers.
    int awaited = 0;
    // Helpers that use places of the caller.
    int granted = 0;
    int slots = 1;
    std::atomic<int> active{0};
  };

  WorkerPool() = default;
  static int Reclaim();
  int AssignWorkers(Job* job, int wanted);
  void Close(Job* job);
  void SpinForJob(std::unique_lock<std::mutex>* lock);
  void Work();
  static void Take(Job* job, int slot);

  std::mutex mutex_;
  std::condition_variable job_added_;
  std::condition_variable helper_finished_;
  std::list<Job*> jobs_;
  // The number of jobs, for threads that read it without the mutex.
  std::atomic<int> open_jobs_{0};
  int workers_ = 0;
  // Helpers that spin for the next job before they sleep, and the places of the budget that they hold.
  int spinning_ = 0;
  std::atomic<int> spinning_places_{0};
};

}  // namespace engine
}  // namespace caffesharp

#endif  // CAFFESHARP_SRC_ENGINE_SCHEDULE_WORKER_POOL_H_
