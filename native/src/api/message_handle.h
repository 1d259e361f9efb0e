// The struct behind a caffe_message.
#ifndef CAFFESHARP_SRC_API_MESSAGE_HANDLE_H_
#define CAFFESHARP_SRC_API_MESSAGE_HANDLE_H_

#include <google/protobuf/message.h>

#include <memory>
#include <string>

#include "caffesharp/message.h"

struct caffe_message {
  std::unique_ptr<google::protobuf::Message> value;
  // The results of the last calls.
  std::string text;
  std::string bytes;
};

#endif  // CAFFESHARP_SRC_API_MESSAGE_HANDLE_H_
