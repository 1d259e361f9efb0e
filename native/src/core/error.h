// The representation of failures inside the library, and the wrapper in which every exported function runs its body.
#ifndef CAFFESHARP_SRC_CORE_ERROR_H_
#define CAFFESHARP_SRC_CORE_ERROR_H_

#include <exception>
#include <string>
#include <utility>

#include "caffesharp/error.h"

namespace caffesharp {

// The C++ form of caffe_error.
struct ErrorDetail {
  caffe_status status = CAFFE_ERROR_INTERNAL;
  std::string message;
  std::string layer;
  std::string blob;
  std::string path;
  int path_line = 0;
  int path_column = 0;
  std::string source_file;
  int source_line = 0;
  // The layer whose prefetching thread failed, if the message does not name it yet.
  std::string thread_layer;
};

// A failure that this library detected, or a failure of Caffe with added details.
class Error : public std::exception {
 public:
  explicit Error(ErrorDetail detail) : detail_(std::move(detail)) {}
  Error(caffe_status status, std::string message, const char* file = __builtin_FILE(), int line = __builtin_LINE());

  Error& InLayer(const std::string& name);
  Error& InBlob(const std::string& name);
  Error& AtPath(const std::string& path, int line = 0, int column = 0);

  const ErrorDetail& detail() const { return detail_; }
  const char* what() const noexcept override { return detail_.message.c_str(); }

 private:
  ErrorDetail detail_;
};

// A failed CHECK or a LOG(FATAL) of Caffe.
class CheckFailure : public std::exception {
 public:
  CheckFailure(std::string text, const char* file, int line) : text_(std::move(text)), file_(file), line_(line) {}

  const char* file() const { return file_; }
  int line() const { return line_; }
  const char* what() const noexcept override { return text_.c_str(); }

 private:
  std::string text_;
  const char* file_;
  int line_;
};

// Describes the exception being handled. Only inside a catch block.
ErrorDetail DescribeCurrentException();

// Keeps the exception being handled as the calling thread's last failure. Only inside a catch block.
caffe_status RecordCurrentException() noexcept;

constexpr char kOutOfMemoryMessage[] = "memory ran out";

// The calling thread's last failure; its message is empty if nothing failed. Null if no memory was left to record the
// failure.
const ErrorDetail* LastError() noexcept;

// Runs the body of an exported function and converts every exception to a status.
template <typename Body>
caffe_status Guard(Body&& body) noexcept {
  try {
    std::forward<Body>(body)();
    return CAFFE_OK;
  } catch (...) {
    return RecordCurrentException();
  }
}

// Throws CAFFE_ERROR_ARGUMENT if a required argument is null.
void RequireNotNull(const void* argument, const char* name);

// Throws CAFFE_ERROR_ARGUMENT unless 0 <= index < count; what is "layer", collection is "net", ...
void RequireIndex(int index, int count, const char* what);

}  // namespace caffesharp

#endif  // CAFFESHARP_SRC_CORE_ERROR_H_
