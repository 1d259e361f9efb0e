#ifndef CAFFESHARP_MESSAGE_H_
#define CAFFESHARP_MESSAGE_H_

#include "caffesharp/error.h"
#include "caffesharp/export.h"
#include "caffesharp/net.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A message of the caffe.proto that the library was built from: a NetParameter, SolverParameter, BlobProto, ... It does
 * not change while somebody reads it. */
typedef struct caffe_message caffe_message;

/* From text format (prototxt). type is the message's name in caffe.proto ("NetParameter" or "caffe.NetParameter"); text
 * of length bytes need not end with a zero; name stands for the path in messages ("<text>" where null). */
CAFFESHARP_EXPORT caffe_status caffe_message_parse_text(const char* type, const char* text, int64_t length,
                                                        const char* name, caffe_message** message);
/* From the wire format (caffemodel, solverstate, binaryproto), with the same parameters. */
CAFFESHARP_EXPORT caffe_status caffe_message_parse_bytes(const char* type, const void* bytes, int64_t length,
                                                         const char* name, caffe_message** message);
/* A net's definition as it was made, with its parameters (and their diffs where write_diff is 1), as a caffemodel holds
 * it. */
CAFFESHARP_EXPORT caffe_status caffe_message_from_net(caffe_net* net, int32_t write_diff, caffe_message** message);
/* Null is allowed. */
CAFFESHARP_EXPORT caffe_status caffe_message_destroy(caffe_message* message);

/* Brings a NetParameter or SolverParameter of an older Caffe to today's form, as Caffe does when it reads one from a
 * file: V0 and V1 layers, data transformations, input fields, batch norms, numbered solver types. Other messages stay
 * as they are. *complete is 0 where something had no counterpart; the log says what. */
CAFFESHARP_EXPORT caffe_status caffe_message_upgrade(caffe_message* message, int32_t* complete);

/* Text format; it lives until the next call for this message's text. */
CAFFESHARP_EXPORT caffe_status caffe_message_text(caffe_message* message, const char** text, int64_t* length);
/* Wire format; it lives until the next call for this message's bytes. */
CAFFESHARP_EXPORT caffe_status caffe_message_bytes(caffe_message* message, const void** bytes, int64_t* length);

/* Makes a net from a NetParameter of any age, as caffe_net_create_from_text does from its text. Parameters in it are
 * copied into the net, those of layers it knows. name stands for the path in messages ("<message>" where null). */
CAFFESHARP_EXPORT caffe_status caffe_message_create_net(const caffe_message* message, const char* name,
                                                        const caffe_net_options* options, caffe_net** net);

#ifdef __cplusplus
}
#endif

#endif /* CAFFESHARP_MESSAGE_H_ */
