#include "core/protobuf_log.h"

#include <google/protobuf/message.h>

#include <mutex>
#include <string>

#if GOOGLE_PROTOBUF_VERSION < 4022000
#include <google/protobuf/stubs/logging.h>

#include "core/log.h"

namespace caffesharp {
namespace {

void HandleProtobufMessage(google::protobuf::LogLevel level, const char* file, int line, const std::string& message) {
  int severity = kLogError;
  if (level == google::protobuf::LOGLEVEL_INFO) severity = kLogInfo;
  if (level == google::protobuf::LOGLEVEL_WARNING) severity = kLogWarning;
  Emit(severity, file, line, "protobuf: " + message);
}

}  // namespace

void RouteProtobufLog() {
  static std::once_flag routed;
  std::call_once(routed, [] { google::protobuf::SetLogHandler(&HandleProtobufMessage); });
}

}  // namespace caffesharp

#else
#include <absl/log/globals.h>
#include <absl/log/log_sink.h>
#include <absl/log/log_sink_registry.h>

namespace caffesharp {
namespace {

class ProtobufSink : public absl::LogSink {
 public:
  void Send(const absl::LogEntry& entry) override {
    Emit(static_cast<int>(entry.log_severity()), std::string(entry.source_filename()).c_str(), entry.source_line(),
         "protobuf: " + std::string(entry.text_message()));
  }
};

}  // namespace

void RouteProtobufLog() {
  static std::once_flag routed;
  std::call_once(routed, [] {
    // Never freed: protobuf may log until the process ends.
    absl::AddLogSink(new ProtobufSink);
    absl::SetStderrThreshold(absl::LogSeverityAtLeast::kInfinity);
  });
}

}  // namespace caffesharp
#endif
