// The BLAS that Caffe is linked with. Only OpenBLAS describes itself.
#ifndef CAFFESHARP_SRC_CORE_THREADS_BLAS_H_
#define CAFFESHARP_SRC_CORE_THREADS_BLAS_H_

#include <string>

namespace caffesharp {

// "OpenBLAS 0.3.21 NO_LAPACKE DYNAMIC_ARCH ...", or the file name of another BLAS.
std::string DescribeBlas();

// The number of threads for the whole process, which the class below does not change. 0 if the BLAS does not report it.
int BlasThreads();

// Throws CAFFE_ERROR_UNSUPPORTED if the BLAS does not support it.
void SetBlasThreads(int threads);

// Limits the number of threads from now on. It stays lower if a lower number was set, or if the BLAS started with
// fewer.
void LimitBlasThreads(int most);

// While an object of this class exists, the BLAS uses only the calling thread, because the callers divide the work
// between the processors.
class SingleBlasThread {
 public:
  SingleBlasThread();
  ~SingleBlasThread();
  SingleBlasThread(const SingleBlasThread&) = delete;
  SingleBlasThread& operator=(const SingleBlasThread&) = delete;
};

}  // namespace caffesharp

#endif  // CAFFESHARP_SRC_CORE_THREADS_BLAS_H_
