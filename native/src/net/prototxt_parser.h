// Prototxt syntax, by protobuf's own parser, with errors that say where and what was meant.
#ifndef CAFFESHARP_SRC_NET_PROTOTXT_PARSER_H_
#define CAFFESHARP_SRC_NET_PROTOTXT_PARSER_H_

#include <caffe/proto/caffe.pb.h>
#include <google/protobuf/text_format.h>

#include <map>
#include <string>
#include <vector>

namespace caffesharp {

// The lines of the layers by name, in the order of the file.
using LayerLines = std::map<std::string, std::vector<int>>;

// Reads a message of any type; tree receives the places of its parts. Throws CAFFE_ERROR_FORMAT. path goes into the
// error, display into its message.
void ParseText(const std::string& text, const std::string& path, const std::string& display,
               google::protobuf::Message* message, google::protobuf::TextFormat::ParseInfoTree* tree);

// Reads a net, which must have layers.
caffe::NetParameter ParsePrototxt(const std::string& text, const std::string& path, const std::string& display,
                                  LayerLines* lines);

}  // namespace caffesharp

#endif  // CAFFESHARP_SRC_NET_PROTOTXT_PARSER_H_
