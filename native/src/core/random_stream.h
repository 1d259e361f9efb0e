// A random number stream that belongs to a net. Caffe's streams belong to threads.
#ifndef CAFFESHARP_SRC_CORE_RANDOM_STREAM_H_
#define CAFFESHARP_SRC_CORE_RANDOM_STREAM_H_

#include <caffe/util/rng.hpp>
#include <cstdint>

namespace caffesharp {

class RandomStream {
 public:
  explicit RandomStream(std::uint32_t seed) : engine_(seed) {}

 private:
  friend class RandomStreamScope;
  caffe::rng_t engine_;
};

// The calling thread uses the stream during the lifetime of the object. With null it keeps its own stream.
class RandomStreamScope {
 public:
  explicit RandomStreamScope(RandomStream* stream);
  ~RandomStreamScope();
  RandomStreamScope(const RandomStreamScope&) = delete;
  RandomStreamScope& operator=(const RandomStreamScope&) = delete;

 private:
  RandomStream* stream_;
};

}  // namespace caffesharp

#endif  // CAFFESHARP_SRC_CORE_RANDOM_STREAM_H_
