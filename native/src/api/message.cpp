#include "caffesharp/message.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/text_format.h>

#include <caffe/common.hpp>
#include <caffe/util/upgrade_proto.hpp>
#include <limits>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "api/message_handle.h"
#include "core/error.h"
#include "core/protobuf_log.h"
#include "core/text.h"
#include "net/net_state.h"
#include "net/prototxt_parser.h"
#include "net/upgrade.h"
#include "net/weights.h"

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

std::unique_ptr<caffe_message> MakeMessage(const std::string& type) {
  RouteProtobufLog();
  auto message = std::make_unique<caffe_message>();
  message->value.reset(MessageFactory::generated_factory()->GetPrototype(&FindType(type))->New());
  return message;
}

std::size_t RequireLength(std::int64_t length) {
  if (length < 0) throw Error(CAFFE_ERROR_ARGUMENT, "length " + std::to_string(length) + " is negative");
  return static_cast<std::size_t>(length);
}

void ParseBytes(const void* bytes, std::int64_t length, const std::string& path, Message* message) {
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

std::string PrintText(const Message& message) {
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

// What the message says of a net, in today's syntax.
caffe::NetParameter UpgradedNet(const Message& message, const std::string& display) {
  if (message.GetDescriptor() != caffe::NetParameter::descriptor()) {
    throw Error(CAFFE_ERROR_ARGUMENT, display + ": a net is made of a NetParameter, not of a " +
                                          std::string(message.GetDescriptor()->name()));
  }
  caffe::NetParameter net;
  net.CopyFrom(message);
  UpgradeNet(display, "", &net);
  return net;
}

std::unique_ptr<caffe_net> CreateNet(const Message& message, const std::string& name,
                                     const caffe_net_options& options) {
  caffe::NetParameter parameter = UpgradedNet(message, name.empty() ? "<message>" : name);
  auto net = std::make_unique<caffe_net>();
  net->state = std::make_shared<NetState>(NetDefinition::FromParameter(std::move(parameter), name), options);
  return net;
}

std::string NameOf(const char* name) { return name == nullptr ? std::string() : name; }

}  // namespace
}  // namespace caffesharp

using caffesharp::Guard;
using caffesharp::NameOf;
using caffesharp::RequireNotNull;

caffe_status caffe_message_parse_text(const char* type, const char* text, int64_t length, const char* name,
                                      caffe_message** message) {
  return Guard([&] {
    RequireNotNull(type, "type");
    RequireNotNull(message, "message");
    if (length != 0) RequireNotNull(text, "text");
    auto made = caffesharp::MakeMessage(type);
    const std::string path = NameOf(name);
    google::protobuf::TextFormat::ParseInfoTree places;
    caffesharp::ParseText(std::string(text == nullptr ? "" : text, caffesharp::RequireLength(length)), path,
                          path.empty() ? "<text>" : path, made->value.get(), &places);
    *message = made.release();
  });
}

caffe_status caffe_message_parse_bytes(const char* type, const void* bytes, int64_t length, const char* name,
                                       caffe_message** message) {
  return Guard([&] {
    RequireNotNull(type, "type");
    RequireNotNull(message, "message");
    caffesharp::RequireLength(length);
    if (length != 0) RequireNotNull(bytes, "bytes");
    auto made = caffesharp::MakeMessage(type);
    caffesharp::ParseBytes(bytes, length, NameOf(name), made->value.get());
    *message = made.release();
  });
}

caffe_status caffe_message_from_net(caffe_net* net, int32_t write_diff, caffe_message** message) {
  return Guard([&] {
    RequireNotNull(net, "net");
    RequireNotNull(message, "message");
    auto made = std::make_unique<caffe_message>();
    made->value = std::make_unique<caffe::NetParameter>(
        caffesharp::DescribeNet(*net->state, write_diff != 0, net->state->definition().path()));
    *message = made.release();
  });
}

caffe_status caffe_message_destroy(caffe_message* message) {
  return Guard([&] { delete message; });
}

caffe_status caffe_message_upgrade(caffe_message* message, int32_t* complete) {
  return Guard([&] {
    RequireNotNull(message, "message");
    RequireNotNull(complete, "complete");
    // On a copy, so that a failure in the middle leaves the message as it was.
    std::unique_ptr<google::protobuf::Message> upgraded(message->value->New());
    upgraded->CopyFrom(*message->value);
    bool translated = true;
    if (auto* net = dynamic_cast<caffe::NetParameter*>(upgraded.get())) {
      translated = caffesharp::UpgradeNet("<message>", "", net);
    } else if (auto* solver = dynamic_cast<caffe::SolverParameter*>(upgraded.get())) {
      translated = caffe::UpgradeSolverAsNeeded("<message>", solver);
    }
    message->value = std::move(upgraded);
    *complete = translated ? 1 : 0;
  });
}

caffe_status caffe_message_text(caffe_message* message, const char** text, int64_t* length) {
  return Guard([&] {
    RequireNotNull(message, "message");
    RequireNotNull(text, "text");
    RequireNotNull(length, "length");
    message->text = caffesharp::PrintText(*message->value);
    *text = message->text.c_str();
    *length = static_cast<int64_t>(message->text.size());
  });
}

caffe_status caffe_message_bytes(caffe_message* message, const void** bytes, int64_t* length) {
  return Guard([&] {
    RequireNotNull(message, "message");
    RequireNotNull(bytes, "bytes");
    RequireNotNull(length, "length");
    if (!message->value->SerializeToString(&message->bytes)) {
      throw caffesharp::Error(CAFFE_ERROR_UNSUPPORTED, "a message of more than 2.1 GB cannot be written");
    }
    *bytes = message->bytes.data();
    *length = static_cast<int64_t>(message->bytes.size());
  });
}

caffe_status caffe_message_create_net(const caffe_message* message, const char* name, const caffe_net_options* options,
                                      caffe_net** net) {
  return Guard([&] {
    RequireNotNull(message, "message");
    RequireNotNull(net, "net");
    const caffe_net_options& used = options == nullptr ? caffesharp::kDefaultNetOptions : *options;
    *net = caffesharp::CreateNet(*message->value, NameOf(name), used).release();
  });
}
