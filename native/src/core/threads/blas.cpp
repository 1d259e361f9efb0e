#include "core/threads/blas.h"

#include <algorithm>
#include <atomic>
#include <mutex>

#include "build_info.h"
#include "core/error.h"

// Weak symbols: null if the BLAS is not OpenBLAS.
extern "C" {
__attribute__((weak)) char* openblas_get_config();
__attribute__((weak)) int openblas_get_num_threads();
__attribute__((weak)) void openblas_set_num_threads(int threads);
}

namespace caffesharp {
namespace {

// Guards the variables below and OpenBLAS's thread count.
std::mutex blas_mutex;
int singles = 0;
// The number set for the process, unchanged while a SingleThreadedBlas exists; 0 before any was set.
std::atomic<int> chosen_threads{0};
std::atomic<bool> is_set_by_user{false};

// The number that OpenBLAS chose from the processors and its environment variables.
int BlasThreadsAtFirst() {
  static const int threads = openblas_get_num_threads();
  return threads;
}

int ChosenThreads() {
  const int chosen = chosen_threads.load(std::memory_order_relaxed);
  return chosen > 0 ? chosen : BlasThreadsAtFirst();
}

void Choose(int threads) {
  const std::lock_guard<std::mutex> lock(blas_mutex);
  BlasThreadsAtFirst();
  chosen_threads = threads;
  if (singles == 0 && openblas_get_num_threads() != threads) openblas_set_num_threads(threads);
}

}  // namespace

std::string DescribeBlas() {
  return openblas_get_config == nullptr ? std::string(CAFFESHARP_BLAS_LIBRARY) : std::string(openblas_get_config());
}

int BlasThreads() { return openblas_get_num_threads == nullptr ? 0 : ChosenThreads(); }

void SetBlasThreads(int threads) {
  if (openblas_set_num_threads == nullptr) {
    throw Error(CAFFE_ERROR_UNSUPPORTED, "the BLAS of this build (" + DescribeBlas() +
                                             ") does not support setting the number of threads; only OpenBLAS does");
  }
  is_set_by_user = true;
  Choose(threads);
}

void LimitBlasThreads(int most) {
  if (openblas_set_num_threads == nullptr) return;
  Choose(std::min(is_set_by_user ? ChosenThreads() : BlasThreadsAtFirst(), most));
}

SingleBlasThread::SingleBlasThread() {
  if (openblas_set_num_threads == nullptr) return;
  const std::lock_guard<std::mutex> lock(blas_mutex);
  if (singles++ > 0) return;
  if (ChosenThreads() != 1) openblas_set_num_threads(1);
}

SingleBlasThread::~SingleBlasThread() {
  if (openblas_set_num_threads == nullptr) return;
  const std::lock_guard<std::mutex> lock(blas_mutex);
  if (--singles > 0 || ChosenThreads() == 1) return;
  openblas_set_num_threads(ChosenThreads());
}

}  // namespace caffesharp
