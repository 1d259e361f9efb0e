#include "engine/schedule/worker_pool.h"

#include <sched.h>

#include <algorithm>
#include <chrono>
#include <exception>
#include <thread>

namespace caffesharp {
namespace engine {
namespace {

// Moves the calling thread off a processor, then lets it run anywhere again. Where processors share no cache, as in
// many virtual machines, a thread is woken on the processor of the one that wakes it, and the scheduler takes some
// milliseconds to see that another is idle: longer than most passes.
void LeaveProcessor(int taken) {
  cpu_set_t allowed;
  if (taken < 0 || sched_getcpu() != taken || sched_getaffinity(0, sizeof(allowed), &allowed) != 0) return;
  cpu_set_t others = allowed;
  CPU_CLR(taken, &others);
  if (CPU_COUNT(&others) > 0 && sched_setaffinity(0, sizeof(others), &others) == 0) {
    sched_setaffinity(0, sizeof(allowed), &allowed);
  }
}

// Waking a thread takes longer than a small layer, and the next layer comes at once: so a thread that has nothing to do
// looks for this long before it sleeps.
constexpr std::chrono::microseconds kWatchful(50);

// Looks until something holds or the time is over.
template <typename Condition>
void Watch(const Condition& holds) {
  const auto end = std::chrono::steady_clock::now() + kWatchful;
  while (!holds() && std::chrono::steady_clock::now() < end) {
#ifdef __x86_64__
    __builtin_ia32_pause();
#endif
  }
}

}  // namespace

WorkerPool& WorkerPool::Shared() {
  // Never destroyed: its threads run until the process ends.
  static WorkerPool* const pool = new WorkerPool();
  return *pool;
}

WorkerPool::WorkerPool() : processors_(std::max(1, static_cast<int>(std::thread::hardware_concurrency()))) {}

void WorkerPool::Run(int items, int threads, const std::function<void(int, int)>& work) {
  Job job{work, items, sched_getcpu()};
  std::unique_lock<std::mutex> lock(mutex_);
  const int helpers = Hire(&job, std::min({threads - 1, items - 1, processors_ - busy_ - 1}));
  busy_ += 1 + helpers;
  lock.unlock();
  for (int i = 0; i < helpers; ++i) job_came_.notify_one();
  Take(&job, 0);
  lock.lock();
  if (job.awaited > 0) {
    busy_ -= job.awaited;
    Close(&job);
  }
  lock.unlock();
  Watch([&job] { return job.active == 0; });
  lock.lock();
  helper_left_.wait(lock, [&job] { return job.active == 0; });
  --busy_;
}

// Offers the job to so many helpers. Gives how many there are.
int WorkerPool::Hire(Job* job, int wanted) {
  if (wanted <= 0) return 0;
  try {
    while (workers_ < wanted) {
      std::thread(&WorkerPool::Work, this).detach();
      ++workers_;
    }
  } catch (const std::exception&) {
    // With fewer threads it takes longer.
  }
  job->awaited = std::min(wanted, workers_);
  if (job->awaited > 0) {
    jobs_.push_back(job);
    ++open_jobs_;
  }
  return job->awaited;
}

void WorkerPool::Close(Job* job) {
  jobs_.remove(job);
  --open_jobs_;
}

void WorkerPool::Work() {
  std::unique_lock<std::mutex> lock(mutex_);
  for (;;) {
    lock.unlock();
    Watch([this] { return open_jobs_ > 0; });
    lock.lock();
    job_came_.wait(lock, [this] { return !jobs_.empty(); });
    Job* const job = jobs_.front();
    if (--job->awaited == 0) Close(job);
    ++job->active;
    const int slot = job->slots++;
    lock.unlock();
    LeaveProcessor(job->processor);
    Take(job, slot);
    lock.lock();
    --busy_;
    if (--job->active == 0) helper_left_.notify_all();
  }
}

void WorkerPool::Take(Job* job, int slot) {
  for (int item = job->next++; item < job->items; item = job->next++) job->work(item, slot);
}

}  // namespace engine
}  // namespace caffesharp
