#include "core/error.h"

#include <boost/thread/exceptions.hpp>
#include <new>

#include "core/data_item.h"

namespace caffesharp {
namespace {

thread_local ErrorDetail last_error;
// Set if no memory was left to record the failure; a literal requires none.
thread_local bool out_of_memory_twice = false;

}  // namespace

Error::Error(caffe_status status, std::string message, const char* file, int line) {
  detail_.status = status;
  detail_.message = std::move(message);
  detail_.source_file = file;
  detail_.source_line = line;
}

Error& Error::InLayer(const std::string& name) {
  detail_.layer = name;
  return *this;
}

Error& Error::InBlob(const std::string& name) {
  detail_.blob = name;
  return *this;
}

Error& Error::AtPath(const std::string& path, int line, int column) {
  detail_.path = path;
  detail_.path_line = line;
  detail_.path_column = column;
  return *this;
}

ErrorDetail DescribeCurrentException() {
  ErrorDetail detail;
  try {
    throw;
  } catch (const Error& error) {
    detail = error.detail();
  } catch (const CheckFailure& failure) {
    detail.status = CAFFE_ERROR_CHECK;
    detail.message = failure.what();
    detail.source_file = failure.file();
    detail.source_line = failure.line();
  } catch (const std::bad_alloc&) {
    detail.status = CAFFE_ERROR_OUT_OF_MEMORY;
    detail.message = kOutOfMemoryMessage;
  } catch (const boost::thread_interrupted&) {
    detail.message = "a thread of Caffe was interrupted";
  } catch (const std::exception& exception) {
    detail.message = exception.what();
  } catch (...) {
    detail.message = "an exception of unknown type";
  }
  NameDataItem(&detail);
  return detail;
}

caffe_status RecordCurrentException() noexcept {
  try {
    last_error = DescribeCurrentException();
    out_of_memory_twice = false;
    return last_error.status;
  } catch (...) {
    out_of_memory_twice = true;
    return CAFFE_ERROR_OUT_OF_MEMORY;
  }
}

const ErrorDetail* LastError() noexcept { return out_of_memory_twice ? nullptr : &last_error; }

void RequireNotNull(const void* argument, const char* name) {
  if (argument == nullptr) throw Error(CAFFE_ERROR_ARGUMENT, "argument '" + std::string(name) + "' is null");
}

void RequireIndex(int index, int count, const char* what) {
  if (index >= 0 && index < count) return;
  throw Error(CAFFE_ERROR_ARGUMENT, std::string(what) + " " + std::to_string(index) + " is out of range: there are " +
                                        std::to_string(count) + ", counted from 0");
}

}  // namespace caffesharp
