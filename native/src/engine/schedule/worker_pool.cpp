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
// looks for this long before it sleeps, if no other thread needs its place.
constexpr std::chrono::microseconds kWatchful(50);

// Looks until something holds or the time is over.
template <typename Condition>
void LookFor(const Condition& condition) {
  const auto end = std::chrono::steady_clock::now() + kWatchful;
  while (!condition() && std::chrono::steady_clock::now() < end) {
#ifdef __x86_64__
    __builtin_ia32_pause();
#endif
  }
}

}  // namespace

WorkerPool& WorkerPool::Shared() {
  // Never destroyed: its threads run until the process ends.
  static WorkerPool* const pool = [] {
    ThreadBudget::Shared().SetReclaim(&WorkerPool::Reclaim);
    return new WorkerPool();
  }();
  return *pool;
}

// What the watchers hold, for a thread that needs to compute.
int WorkerPool::Reclaim() {
  WorkerPool& pool = Shared();
  const std::lock_guard<std::mutex> lock(pool.mutex_);
  return pool.watchers_places_.exchange(0);
}

void WorkerPool::Run(int items, int threads, const std::function<void(int, int)>& work) {
  Job job{work, items, sched_getcpu()};
  const int wanted = std::min(threads, items) - 1;
  if (wanted <= 0) {
    Take(&job, 0);
    return;
  }
  std::unique_lock<std::mutex> lock(mutex_);
  const int helpers = Hire(&job, wanted);
  lock.unlock();
  for (int i = 0; i < helpers; ++i) job_came_.notify_one();
  Take(&job, 0);
  lock.lock();
  if (job.awaited > 0) {
    // Nobody came for these.
    const int own = std::min(job.awaited, job.lent);
    job.lent -= own;
    ThreadBudget::Shared().GiveBack(job.awaited - own);
    Close(&job);
  }
  lock.unlock();
  LookFor([&job] { return job.active == 0; });
  lock.lock();
  helper_left_.wait(lock, [&job] { return job.active == 0; });
}

// Offers the job to at most so many helpers. Gives how many.
int WorkerPool::Hire(Job* job, int wanted) {
  try {
    while (workers_ < wanted) {
      std::thread(&WorkerPool::Work, this).detach();
      ++workers_;
    }
  } catch (const std::exception&) {
    // With fewer threads it takes longer.
    wanted = std::min(wanted, workers_);
  }
  // First the places that the caller holds beside its own, then those of watchers, then such as nobody holds.
  job->lent = std::min(wanted, std::max(PlacesHeld() - 1, 0));
  const int watching = std::min(wanted - job->lent, watchers_places_.load());
  watchers_places_ -= watching;
  const int idle = ThreadBudget::Shared().TakeIdle(wanted - job->lent - watching);
  job->awaited = job->lent + watching + idle;
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

// Looks for a job with a place in hand, which it has given back at the end if there was none. The mutex is held before
// and after.
void WorkerPool::Watch(std::unique_lock<std::mutex>* lock) {
  ++watchers_;
  ++watchers_places_;
  lock->unlock();
  LookFor([this] { return open_jobs_ > 0 || watchers_places_ == 0; });
  lock->lock();
  --watchers_;
  const int left = watchers_places_ - watchers_;
  if (left <= 0) return;
  watchers_places_ -= left;
  ThreadBudget::Shared().GiveBack(left);
}

void WorkerPool::Work() {
  std::unique_lock<std::mutex> lock(mutex_);
  for (;;) {
    job_came_.wait(lock, [this] { return !jobs_.empty(); });
    Job* const job = jobs_.front();
    if (--job->awaited == 0) Close(job);
    ++job->active;
    const int slot = job->slots++;
    lock.unlock();
    LeaveProcessor(job->processor);
    Take(job, slot);
    lock.lock();
    const bool has_place = job->lent == 0;
    if (!has_place) --job->lent;
    // The job is gone once nobody is at work on it.
    if (--job->active == 0) helper_left_.notify_all();
    if (has_place) Watch(&lock);
  }
}

void WorkerPool::Take(Job* job, int slot) {
  for (int item = job->next++; item < job->items; item = job->next++) job->work(item, slot);
}

}  // namespace engine
}  // namespace caffesharp
