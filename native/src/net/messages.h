// Messages of Caffe's of any type: made, read from bytes and printed.
#ifndef CAFFESHARP_SRC_NET_MESSAGES_H_
#define CAFFESHARP_SRC_NET_MESSAGES_H_

#include <caffe/proto/caffe.pb.h>
#include <google/protobuf/message.h>

#include <cstdint>
#include <memory>
#include <string>

namespace caffesharp {

// An empty message. Throws CAFFE_ERROR_NOT_FOUND where this Caffe has no such type.
std::unique_ptr<google::protobuf::Message> MakeMessage(const std::string& type);

// Throws CAFFE_ERROR_FORMAT for bytes that are not a message of this type. path, which may be empty, goes into the
// error.
void ParseMessageBytes(const void* bytes, std::int64_t length, const std::string& path,
                       google::protobuf::Message* message);

// In prototxt syntax.
std::string PrintMessage(const google::protobuf::Message& message);

// What the message, which must be a NetParameter, says of a net, in today's syntax; display stands for it in messages.
caffe::NetParameter UpgradedNet(const google::protobuf::Message& message, const std::string& display);

// Brings a net or a solver of an older Caffe to today's form; on failure the message stays as it was. False if
// something had no counterpart.
bool UpgradeMessage(std::unique_ptr<google::protobuf::Message>* message);

}  // namespace caffesharp

#endif  // CAFFESHARP_SRC_NET_MESSAGES_H_
