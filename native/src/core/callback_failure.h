// The buffer and status through which a callback reports a failure.
#ifndef CAFFESHARP_SRC_CORE_CALLBACK_FAILURE_H_
#define CAFFESHARP_SRC_CORE_CALLBACK_FAILURE_H_

#include <array>
#include <cstdint>

#include "core/error.h"

namespace caffesharp {

// Its message has room for one or two sentences that contain names.
class CallbackFailure {
 public:
  char* message() { return message_.data(); }
  static constexpr std::int32_t capacity() { return kCapacity; }
  std::int32_t* status() { return &status_; }

  void ThrowIfFailed() const {
    if (status_ != CAFFE_OK) throw Error(static_cast<caffe_status>(status_), message_.data());
  }

 private:
  static constexpr std::int32_t kCapacity = 2048;

  std::array<char, kCapacity> message_{};
  std::int32_t status_ = CAFFE_OK;
};

}  // namespace caffesharp

#endif  // CAFFESHARP_SRC_CORE_CALLBACK_FAILURE_H_
