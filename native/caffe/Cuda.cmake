# CUDA for Caffe's .cu files: a compiler (nvcc 11.8 to 13) and the libraries that they call. docs/cuda.md says more.

if(NOT DEFINED CMAKE_CUDA_ARCHITECTURES AND NOT DEFINED ENV{CUDAARCHS})
  # Turing, Ampere, Hopper, and by just-in-time compilation every later one; all of nvcc 11.8 to 13 know these.
  set(CMAKE_CUDA_ARCHITECTURES 75-real 80-real 90)
endif()

include(CheckLanguage)
check_language(CUDA)
if(CMAKE_CUDA_COMPILER)
  enable_language(CUDA)
  if(CMAKE_CUDA_COMPILER_VERSION VERSION_LESS 11.8)
    message(FATAL_ERROR "nvcc ${CMAKE_CUDA_COMPILER_VERSION} (${CMAKE_CUDA_COMPILER}) is too old; 11.8 or later is required. "
                        "CUDACXX names another one.")
  endif()
  find_package(CUDAToolkit REQUIRED)
  target_link_libraries(caffe_dependencies INTERFACE CUDA::cudart CUDA::cublas CUDA::curand)
else()
  caffe_missing("a CUDA compiler that works (nvcc; CUDACXX names it, CUDAHOSTCXX a g++ that it accepts: docs/cuda.md)"
                nvidia-cuda-toolkit)
endif()

set_property(SOURCE "${CAFFE_SOURCE_DIR}/src/caffe/common.cpp" APPEND
             PROPERTY COMPILE_OPTIONS -include caffesharp_caffe/device_properties.h)
