#include "core/random_stream.h"

#include <utility>

namespace caffesharp {

// The engines are swapped, because the assignment of Caffe's RNG frees its engine twice in CUDA builds.
RandomStreamScope::RandomStreamScope(RandomStream* stream) : stream_(stream) {
  if (stream_ == nullptr) return;
#ifndef CPU_ONLY
  if (caffe::Caffe::mode() == caffe::Caffe::GPU) {
    // cuRAND's generator cannot move between threads, so each call seeds it from the stream.
    CURAND_CHECK(curandSetPseudoRandomGeneratorSeed(caffe::Caffe::curand_generator(), stream_->engine_()));
    CURAND_CHECK(curandSetGeneratorOffset(caffe::Caffe::curand_generator(), 0));
  }
#endif
  std::swap(*caffe::caffe_rng(), stream_->engine_);
}

RandomStreamScope::~RandomStreamScope() {
  if (stream_ != nullptr) std::swap(*caffe::caffe_rng(), stream_->engine_);
}

}  // namespace caffesharp
