#include "core/threads/blas.h"

#include <algorithm>
#include <mutex>

#include "build_info.h"
#include "core/error.h"

// Weak: null where the BLAS is not OpenBLAS.
extern "C" {
__attribute__((weak)) char* openblas_get_config();
__attribute__((weak)) int openblas_get_num_threads();
__attribute__((weak)) void openblas_set_num_threads(int threads);
}

namespace caffesharp {
namespace {

std::mutex single_mutex;
int singles = 0;
int threads_before = 0;

}  // namespace

std::string DescribeBlas() {
  return openblas_get_config == nullptr ? std::string(CAFFESHARP_BLAS_LIBRARY) : std::string(openblas_get_config());
}

int BlasThreads() { return openblas_get_num_threads == nullptr ? 0 : openblas_get_num_threads(); }

void SetBlasThreads(int threads) {
  if (openblas_set_num_threads == nullptr) {
    throw Error(CAFFE_ERROR_UNSUPPORTED, "the BLAS of this build (" + DescribeBlas() +
                                             ") cannot be told its number of threads; only OpenBLAS can");
  }
  openblas_set_num_threads(threads);
}

SingleBlasThread::SingleBlasThread() {
  if (openblas_set_num_threads == nullptr) return;
  const std::lock_guard<std::mutex> lock(single_mutex);
  if (singles++ > 0) return;
  threads_before = openblas_get_num_threads();
  if (threads_before != 1) openblas_set_num_threads(1);
}

SingleBlasThread::~SingleBlasThread() {
  if (openblas_set_num_threads == nullptr) return;
  const std::lock_guard<std::mutex> lock(single_mutex);
  if (--singles > 0 || threads_before == 1) return;
  openblas_set_num_threads(threads_before);
}

}  // namespace caffesharp
