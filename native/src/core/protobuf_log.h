// Redirects protobuf's log messages from standard error to the log callback.
#ifndef CAFFESHARP_SRC_CORE_PROTOBUF_LOG_H_
#define CAFFESHARP_SRC_CORE_PROTOBUF_LOG_H_

namespace caffesharp {

// Call it before protobuf parses or writes anything. Cheap after the first call.
void RouteProtobufLog();

}  // namespace caffesharp

#endif  // CAFFESHARP_SRC_CORE_PROTOBUF_LOG_H_
