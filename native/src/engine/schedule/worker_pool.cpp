#include "engine/schedule/worker_pool.h"

#include <sched.h>

#include <algorithm>
#include <chrono>
#include <exception>
#include <thread>

namespace caffesharp {
namespace engine {
namespace {

// Moves the calling thread to another processor, then lets it run on any again. If processors share no cache, as in
// many virtual machines, the scheduler starts a thread on the processor of the thread that woke it, and takes
// milliseconds to move it to an idle one: longer than most passes.
void LeaveProcessor(int taken) {
  cpu_set_t allowed;
  if (taken < 0 || sched_getcpu() != taken || sched_getaffinity(0, sizeof(allowed), &allowed) != 0) return;
  cpu_set_t others = allowed;
  CPU_CLR(taken, &others);
  if (CPU_COUNT(&others) > 0 && sched_setaffinity(0, sizeof(others), &others) == 0) {
    sched_setaffinity(0, sizeof(allowed), &allowed);
  }
}

// An idle thread spins for this long before it sleeps, unless another thread requests its place: waking a thread takes
// longer than computing a small layer, and the next layer follows at once.
constexpr std::chrono::microseconds kSpinTime(50);

// Spins until the condition is true, for at most kSpinTime.
template <typename Condition>
void SpinUntil(const Condition& condition) {
  const auto end = std::chrono::steady_clock::now() + kSpinTime;
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

// Takes the places that spinning helpers hold, for a thread that requests places.
int WorkerPool::Reclaim() {
  WorkerPool& pool = Shared();
  const std::lock_guard<std::mutex> lock(pool.mutex_);
  return pool.spinning_places_.exchange(0);
}

void WorkerPool::Run(int items, int threads, const std::function<void(int, int)>& work) {
  Job job{work, items, sched_getcpu()};
  const int wanted = std::min(threads, items) - 1;
  if (wanted <= 0) {
    Take(&job, 0);
    return;
  }
  std::unique_lock<std::mutex> lock(mutex_);
  const int helpers = AssignWorkers(&job, wanted);
  lock.unlock();
  for (int i = 0; i < helpers; ++i) job_added_.notify_one();
  Take(&job, 0);
  lock.lock();
  if (job.awaited > 0) {
    // No helper has started for these.
    const int own = std::min(job.awaited, job.granted);
    job.granted -= own;
    ThreadBudget::Shared().GiveBack(job.awaited - own);
    Close(&job);
  }
  lock.unlock();
  SpinUntil([&job] { return job.active == 0; });
  lock.lock();
  helper_finished_.wait(lock, [&job] { return job.active == 0; });
}

// Offers the job to at most wanted helpers. Returns their number.
int WorkerPool::AssignWorkers(Job* job, int wanted) {
  try {
    while (workers_ < wanted) {
      std::thread(&WorkerPool::Work, this).detach();
      ++workers_;
    }
  } catch (const std::exception&) {
    // The job runs with fewer threads.
    wanted = std::min(wanted, workers_);
  }
  // Use the caller's additional places first, then those of spinning helpers, then free ones.
  job->granted = std::min(wanted, std::max(PlacesHeld() - 1, 0));
  const int spinning = std::min(wanted - job->granted, spinning_places_.load());
  spinning_places_ -= spinning;
  const int idle = ThreadBudget::Shared().TakeIdle(wanted - job->granted - spinning);
  job->awaited = job->granted + spinning + idle;
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

// Spins for a job while it holds a place, and releases the place if there is none. The mutex is held before and after.
void WorkerPool::SpinForJob(std::unique_lock<std::mutex>* lock) {
  ++spinning_;
  ++spinning_places_;
  lock->unlock();
  SpinUntil([this] { return open_jobs_ > 0 || spinning_places_ == 0; });
  lock->lock();
  --spinning_;
  const int left = spinning_places_ - spinning_;
  if (left <= 0) return;
  spinning_places_ -= left;
  ThreadBudget::Shared().GiveBack(left);
}

void WorkerPool::Work() {
  std::unique_lock<std::mutex> lock(mutex_);
  for (;;) {
    job_added_.wait(lock, [this] { return !jobs_.empty(); });
    Job* const job = jobs_.front();
    if (--job->awaited == 0) Close(job);
    ++job->active;
    const int slot = job->slots++;
    lock.unlock();
    LeaveProcessor(job->processor);
    Take(job, slot);
    lock.lock();
    const bool has_place = job->granted == 0;
    if (!has_place) --job->granted;
    // The job is destroyed once no helper is active. Do not use it after this line.
    if (--job->active == 0) helper_finished_.notify_all();
    if (has_place) SpinForJob(&lock);
  }
}

void WorkerPool::Take(Job* job, int slot) {
  for (int item = job->next++; item < job->items; item = job->next++) job->work(item, slot);
}

}  // namespace engine
}  // namespace caffesharp
