// What a caffe_message points at.
#ifndef CAFFESHARP_SRC_API_MESSAGE_HANDLE_H_
#define CAFFESHARP_SRC_API_MESSAGE_HANDLE_H_

#include <google/protobuf/message.h>

#include <memory>
#include <string>

#include "caffesharp/message.h"

struct caffe_message {
  std::unique_ptr<google::protobuf::Message> value;
  // What the last calls handed out.
  std::string text;
  std::string bytes;
};

#endif  // CAFFESHARP_SRC_API_MESSAGE_HANDLE_H_
