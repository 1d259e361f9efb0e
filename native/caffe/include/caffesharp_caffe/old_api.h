// Included before the first line of Caffe's own source files: what they were written against and the libraries of today
// took away, without an edit of Caffe itself.
#ifndef CAFFESHARP_CAFFE_OLD_API_H_
#define CAFFESHARP_CAFFE_OLD_API_H_

// Used by Caffe without being included.
#include <google/protobuf/io/coded_stream.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>

// protobuf took away this function's second argument, a threshold for warnings.
#define SetTotalBytesLimit(limit, ...) SetTotalBytesLimit(limit)

#endif  // CAFFESHARP_CAFFE_OLD_API_H_
