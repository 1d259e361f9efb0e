// What protobuf itself logs goes to the log callback, and nothing of it to standard error.
#ifndef CAFFESHARP_SRC_CORE_PROTOBUF_LOG_H_
#define CAFFESHARP_SRC_CORE_PROTOBUF_LOG_H_

namespace caffesharp {

// Cheap after the first call. To be called before protobuf parses or writes anything.
void RouteProtobufLog();

}  // namespace caffesharp

#endif  // CAFFESHARP_SRC_CORE_PROTOBUF_LOG_H_
