// The BLAS Caffe is linked with; OpenBLAS tells about itself, others do not.
#ifndef CAFFESHARP_SRC_CORE_THREADS_BLAS_H_
#define CAFFESHARP_SRC_CORE_THREADS_BLAS_H_

#include <string>

namespace caffesharp {

// "OpenBLAS 0.3.21 NO_LAPACKE DYNAMIC_ARCH ...", or the file of a BLAS that does not say.
std::string DescribeBlas();

// The number for the whole process, which single threads (below) do not change. 0 where the BLAS does not say.
int BlasThreads();

// Throws CAFFE_ERROR_UNSUPPORTED where the BLAS cannot be told.
void SetBlasThreads(int threads);

// At most so many from now on: fewer where fewer were set, or where the BLAS began with fewer.
void LimitBlasThreads(int most);

// While one lives, the BLAS uses the calling thread alone, whoever calls it: the callers share out the processors.
class SingleBlasThread {
 public:
  SingleBlasThread();
  ~SingleBlasThread();
  SingleBlasThread(const SingleBlasThread&) = delete;
  SingleBlasThread& operator=(const SingleBlasThread&) = delete;
};

}  // namespace caffesharp

#endif  // CAFFESHARP_SRC_CORE_THREADS_BLAS_H_
