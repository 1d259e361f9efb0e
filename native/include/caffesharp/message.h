#ifndef CAFFESHARP_MESSAGE_H_
#define CAFFESHARP_MESSAGE_H_

#include "caffesharp/error.h"
#include "caffesharp/export.h"
#include "caffesharp/net.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A message of the caffe.proto that the library was built from: a NetParameter, SolverParameter, BlobProto, ... Reading
 * it does not change it. */
typedef struct caffe_message caffe_message;

/* Parses the text format (prototxt). type is the message's name in caffe.proto ("NetParameter" or
 * "caffe.NetParameter"). text has length bytes and need not be zero-terminated. Error messages use name as the path;
 * "<text>" if it is null. */
CAFFESHARP_EXPORT caffe_status caffe_message_parse_text(const char* type, const char* text, int64_t length,
                                                        const char* name, caffe_message** message);
/* Parses the wire format (caffemodel, solverstate, binaryproto). The parameters are the same. */
CAFFESHARP_EXPORT caffe_status caffe_message_parse_bytes(const char* type, const void* bytes, int64_t length,
                                                         const char* name, caffe_message** message);
/* Creates a message with the net's definition, as at its creation, and its parameters, as in a caffemodel. The diffs
 * are included if write_diff is 1. */
CAFFESHARP_EXPORT caffe_status caffe_message_from_net(caffe_net* net, int32_t write_diff, caffe_message** message);
/* Destroys a message. Null is allowed. */
CAFFESHARP_EXPORT caffe_status caffe_message_destroy(caffe_message* message);

/* Upgrades a NetParameter or SolverParameter of an older Caffe to the current form, as Caffe does when it reads one
 * from a file: V0 and V1 layers, data transformations, input fields, batch norms, numbered solver types. Other messages
 * do not change. *complete is 0 if something has no equivalent; the log names it. */
CAFFESHARP_EXPORT caffe_status caffe_message_upgrade(caffe_message* message, int32_t* complete);

/* Gets the text format. It is valid until the next call of this function for this message. */
CAFFESHARP_EXPORT caffe_status caffe_message_text(caffe_message* message, const char** text, int64_t* length);
/* Gets the wire format. It is valid until the next call of this function for this message. */
CAFFESHARP_EXPORT caffe_status caffe_message_bytes(caffe_message* message, const void** bytes, int64_t* length);

/* Creates a net from a NetParameter of any Caffe version, as caffe_net_create_from_text does from text. The message's
 * parameters are copied to the layers of the same name. Error messages use name as the path; "<message>" if it is
 * null. */
CAFFESHARP_EXPORT caffe_status caffe_message_create_net(const caffe_message* message, const char* name,
                                                        const caffe_net_options* options, caffe_net** net);

#ifdef __cplusplus
}
#endif

#endif /* CAFFESHARP_MESSAGE_H_ */
