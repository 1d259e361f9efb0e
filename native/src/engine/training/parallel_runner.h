// Runs the work of training layers on several threads.
#ifndef CAFFESHARP_SRC_ENGINE_TRAINING_PARALLEL_RUNNER_H_
#define CAFFESHARP_SRC_ENGINE_TRAINING_PARALLEL_RUNNER_H_

#include <cstddef>
#include <functional>
#include <vector>

#include "core/memory.h"
#include "engine/kernels/training_kernels.h"

namespace caffesharp {
namespace engine {

// The kernels, threads and working memory that the layers of one net share.
class ParallelRunner {
 public:
  ParallelRunner(const TrainingKernels& kernels, int threads);

  const TrainingKernels& kernels() const { return kernels_; }
  // Calls work(item, scratch) once for each item, on several threads. scratch has scratch_size floats and is valid only
  // during that call. work must not throw.
  void Run(int items, std::size_t scratch_size, const std::function<void(int item, float* scratch)>& work);
  // The number of parts into which a batch is divided. It depends only on the size of the batch, so that sums over the
  // parts do not depend on the number of threads.
  static int Parts(int images, double multiply_adds);

 private:
  const TrainingKernels& kernels_;
  int threads_;
  std::vector<WorkingFloats> scratch_;
};

}  // namespace engine
}  // namespace caffesharp

#endif  // CAFFESHARP_SRC_ENGINE_TRAINING_PARALLEL_RUNNER_H_
