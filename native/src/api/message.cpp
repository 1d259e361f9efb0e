#include "caffesharp/message.h"

#include <google/protobuf/text_format.h>

#include <memory>
#include <string>
#include <utility>

#include "api/message_handle.h"
#include "core/error.h"
#include "net/messages.h"
#include "net/net_state.h"
#include "net/prototxt_parser.h"
#include "net/weights/weights.h"

namespace caffesharp {
namespace {

std::size_t RequireLength(std::int64_t length) {
  if (length < 0) throw Error(CAFFE_ERROR_ARGUMENT, "length must be at least 0 (got " + std::to_string(length) + ")");
  return static_cast<std::size_t>(length);
}

std::unique_ptr<caffe_message> MakeHandle(const std::string& type) {
  auto handle = std::make_unique<caffe_message>();
  handle->value = MakeMessage(type);
  return handle;
}

std::unique_ptr<caffe_net> CreateNet(const google::protobuf::Message& message, const std::string& name,
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
    auto made = caffesharp::MakeHandle(type);
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
    auto made = caffesharp::MakeHandle(type);
    caffesharp::ParseMessageBytes(bytes, length, NameOf(name), made->value.get());
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
    *complete = caffesharp::UpgradeMessage(&message->value) ? 1 : 0;
  });
}

caffe_status caffe_message_text(caffe_message* message, const char** text, int64_t* length) {
  return Guard([&] {
    RequireNotNull(message, "message");
    RequireNotNull(text, "text");
    RequireNotNull(length, "length");
    message->text = caffesharp::PrintMessage(*message->value);
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
