#include "caffesharp/error.h"

#include <algorithm>
#include <string>
#include <vector>

#include "core/error.h"
#include "core/text.h"

using caffesharp::Guard;
using caffesharp::RequireNotNull;

caffe_status caffe_error_last(caffe_error* error) {
  // Does not use Guard: a null pointer here must not replace the failure that the caller reads.
  if (error == nullptr) return CAFFE_ERROR_ARGUMENT;
  const caffesharp::ErrorDetail* const last = caffesharp::LastError();
  if (last == nullptr) {
    *error = caffe_error{CAFFE_ERROR_OUT_OF_MEMORY, 0, "", caffesharp::kOutOfMemoryMessage, "", "", "", 0, 0};
    return CAFFE_OK;
  }
  const bool failed = !last->message.empty();
  error->status = failed ? last->status : CAFFE_OK;
  error->source_line = last->source_line;
  error->source_file = last->source_file.c_str();
  error->message = last->message.c_str();
  error->layer = last->layer.c_str();
  error->blob = last->blob.c_str();
  error->path = last->path.c_str();
  error->path_line = last->path_line;
  error->path_column = last->path_column;
  return CAFFE_OK;
}

caffe_status caffe_error_nearest_name(const char* name, const char* const* candidates, int32_t count, int32_t* index) {
  return Guard([&] {
    RequireNotNull(name, "name");
    RequireNotNull(candidates, "candidates");
    RequireNotNull(index, "index");
    *index = caffesharp::NearestName(name, std::vector<std::string>(candidates, candidates + std::max(count, 0)));
  });
}
