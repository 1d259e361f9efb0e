#include "net/messages.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/text_format.h>

#include <caffe/common.hpp>
#include <caffe/util/upgrade_proto.hpp>
#include <limits>
#include <utility>
#include <vector>

#include "core/error.h"
#include "core/protobuf_log.h"
#include "core/text.h"
#include "net/upgrade.h"

namespace caffesharp {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::DescriptorPool;
using google::protobuf::FileDescriptor;
using google::protobuf::Message;
using google::protobuf::MessageFactory;
using google::protobuf::TextFormat;

const Descriptor& FindType(const std::string& type) {
  const FileDescriptor* file = caffe::NetParameter::descriptor()->file();
  const DescriptorPool* pool = DescriptorPool::generated_pool();
  const Descriptor* found = pool->FindMessageTypeByName(type);
  if (found == nullptr) found = pool->FindMessageTypeByName(std::string(file->package()) + "." + type);
  if (found != nullptr) return *found;
  std::vector<std::string> known;
  for (int i = 0; i < file->message_type_count(); ++i) known.emplace_back(file->message_type(i)->name());
  throw Error(CAFFE_ERROR_NOT_FOUND, "this Caffe has no message type '" + type + "'" + DidYouMean(type, known));
}

}  // namespace

std::unique_ptr<Message> MakeMessage(const std::string& type) {
  RouteProtobufLog();
  return std::unique_ptr<Message>(MessageFactory::generated_factory()->GetPrototype(&FindType(type))->New());
}

void ParseMessageBytes(const void* bytes, std::int64_t length, const std::string& path, Message* message) {
  const std::string display = path.empty() ? "<bytes>" : path;
  const std::string type(message->GetDescriptor()->name());
  if (length > std::numeric_limits<int>::max()) {
    throw Error(CAFFE_ERROR_UNSUPPORTED,
                display + ": a " + type + " of " + FormatBytes(length) + " is more than protobuf reads (2.1 GB)")
        .AtPath(path);
  }
  if (!message->ParseFromArray(bytes, static_cast<int>(length))) {
    throw Error(CAFFE_ERROR_FORMAT,
                display + ": the " + type + " is truncated or damaged (" + FormatBytes(length) + "), or is none")
        .AtPath(path);
  }
}

std::string PrintMessage(const Message& message) {
  TextFormat::Printer printer;
  printer.SetUseUtf8StringEscaping(true);
  std::string text;
  if (!printer.PrintToString(message, &text)) {
    throw Error(CAFFE_ERROR_OUT_OF_MEMORY, "the text of a message of " +
                                               FormatBytes(static_cast<std::int64_t>(message.ByteSizeLong())) +
                                               " does not fit into memory");
  }
  return text;
}

caffe::NetParameter UpgradedNet(const Message& message, const std::string& display) {
  if (message.GetDescriptor() != caffe::NetParameter::descriptor()) {
    throw Error(CAFFE_ERROR_ARGUMENT,
                display + ": a NetParameter is required, not a " + std::string(message.GetDescriptor()->name()));
  }
  caffe::NetParameter net;
  net.CopyFrom(message);
  UpgradeNet(display, "", &net);
  return net;
}

bool UpgradeMessage(std::unique_ptr<Message>* message) {
  // On a copy, so that a failure in the middle leaves the message as it was.
  std::unique_ptr<Message> upgraded((*message)->New());
  upgraded->CopyFrom(**message);
  bool complete = true;
  if (auto* net = dynamic_cast<caffe::NetParameter*>(upgraded.get())) {
    complete = UpgradeNet("<message>", "", net);
  } else if (auto* solver = dynamic_cast<caffe::SolverParameter*>(upgraded.get())) {
    complete = caffe::UpgradeSolverAsNeeded("<message>", solver);
  }
  *message = std::move(upgraded);
  return complete;
}

}  // namespace caffesharp
