// The threads that the accelerated engines of this process share: no more compute at a time than there are processors,
// beside the callers' own.
#ifndef CAFFESHARP_SRC_ENGINE_SCHEDULE_WORKER_POOL_H_
#define CAFFESHARP_SRC_ENGINE_SCHEDULE_WORKER_POOL_H_

#include <atomic>
#include <condition_variable>
#include <functional>
#include <list>
#include <mutex>

namespace caffesharp {
namespace engine {

class WorkerPool {
 public:
  // Lives until the process ends.
  static WorkerPool& Shared();

  int processors() const { return processors_; }

  // Calls work(item, slot) once for each item, on the calling thread and on at most threads - 1 idle others; a slot,
  // below threads, is one thread's at a time. work must not throw.
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
    int slots = 1;
    std::atomic<int> active{0};
  };

  WorkerPool();
  int Hire(Job* job, int wanted);
  void Close(Job* job);
  void Work();
  static void Take(Job* job, int slot);

  const int processors_;
  std::mutex mutex_;
  std::condition_variable job_came_;
  std::condition_variable helper_left_;
  std::list<Job*> jobs_;
  // How many there are, for those that look without the mutex.
  std::atomic<int> open_jobs_{0};
  int workers_ = 0;
  // Threads that compute, or were promised to a job.
  int busy_ = 0;
};

}  // namespace engine
}  // namespace caffesharp

#endif  // CAFFESHARP_SRC_ENGINE_SCHEDULE_WORKER_POOL_H_
