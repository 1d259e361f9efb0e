#include "engine/training/parallel_runner.h"

#include <algorithm>

#include "engine/schedule/worker_pool.h"

namespace caffesharp {
namespace engine {
namespace {

constexpr int kMostParts = 16;
// Multiply-adds of a part. Less work is not worth another thread.
constexpr double kLeastWork = 1 << 17;

}  // namespace

ParallelRunner::ParallelRunner(const TrainingKernels& kernels, int threads)
    : kernels_(kernels), threads_(threads), scratch_(static_cast<std::size_t>(threads)) {}

void ParallelRunner::Run(int items, std::size_t scratch_size, const std::function<void(int, float*)>& work) {
  const int threads = std::min(items, threads_);
  for (int i = 0; i < threads; ++i) {
    WorkingFloats& scratch = scratch_[static_cast<std::size_t>(i)];
    if (scratch.size() < scratch_size) scratch.resize(scratch_size);
  }
  WorkerPool::Shared().Run(items, threads,
                           [&](int item, int slot) { work(item, scratch_[static_cast<std::size_t>(slot)].data()); });
}

int ParallelRunner::Parts(int images, double multiply_adds) {
  const int worthwhile = static_cast<int>(std::min(multiply_adds / kLeastWork, double{kMostParts}));
  return std::clamp(worthwhile, 1, std::max(1, images));
}

}  // namespace engine
}  // namespace caffesharp
