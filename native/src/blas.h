// The BLAS Caffe is linked with; OpenBLAS tells about itself, others do not.
#ifndef CAFFESHARP_SRC_BLAS_H_
#define CAFFESHARP_SRC_BLAS_H_

#include <string>

namespace caffesharp {

// "OpenBLAS 0.3.21 NO_LAPACKE DYNAMIC_ARCH ...", or the file of a BLAS that does not say.
std::string DescribeBlas();

}  // namespace caffesharp

#endif  // CAFFESHARP_SRC_BLAS_H_
