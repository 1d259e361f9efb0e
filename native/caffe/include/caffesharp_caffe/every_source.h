// Included before the first line of every source file that Caffe's headers get into, Caffe's own and this library's:
// the seam through which this library watches Caffe's memory, without an edit of Caffe itself.
#ifndef CAFFESHARP_CAFFE_EVERY_SOURCE_H_
#define CAFFESHARP_CAFFE_EVERY_SOURCE_H_

#include <cstddef>

namespace caffe {

// Caffe allocates the host memory of blobs by an unqualified malloc in its namespace and so finds these, which count
// the bytes and throw caffesharp::Error (CAFFE_ERROR_OUT_OF_MEMORY) where the limit is passed or the memory is not to
// be had.
void* malloc(std::size_t size);
void free(void* memory) noexcept;

}  // namespace caffe

#endif  // CAFFESHARP_CAFFE_EVERY_SOURCE_H_
