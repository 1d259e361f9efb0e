// A stream of random numbers that belongs to a net and not, as Caffe's, to a thread.
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

// The calling thread draws from the stream while it lives; with null it keeps its own.
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
