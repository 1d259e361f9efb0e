#include "prototxt_parser.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/io/tokenizer.h>
#include <google/protobuf/text_format.h>

#include <algorithm>
#include <cctype>
#include <regex>

#include "error.h"
#include "protobuf_log.h"
#include "text.h"

namespace caffesharp {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::DescriptorPool;
using google::protobuf::FieldDescriptor;
using google::protobuf::TextFormat;

// Keeps the first error: those after it are its consequences.
class FirstError : public google::protobuf::io::ErrorCollector {
 public:
#if GOOGLE_PROTOBUF_VERSION < 4022000
  void AddError(int line, int column, const std::string& message) override { Keep(line, column, message); }
  void AddWarning(int, int, const std::string&) override {}
#else
  void RecordError(int line, int column, absl::string_view message) override {
    Keep(line, column, std::string(message));
  }
#endif

  bool found() const { return !message_.empty(); }
  // Counted from 1; 0 where unknown.
  int line() const { return line_; }
  int column() const { return column_; }
  const std::string& message() const { return message_; }

 private:
  void Keep(int line, int column, const std::string& message) {
    if (found()) return;
    line_ = line + 1;
    column_ = column + 1;
    message_ = message;
  }

  int line_ = 0;
  int column_ = 0;
  std::string message_;
};

// The names that could have stood in the place of the one protobuf does not know.
std::string Suggestion(const std::string& message) {
  static const std::regex unknown_field("Message type \"([^\"]+)\" has no field named \"([^\"]+)\".*");
  static const std::regex unknown_value("Unknown enumeration value of \"([^\"]+)\" for field \"([^\"]+)\".*");
  std::smatch match;
  std::vector<std::string> candidates;
  if (std::regex_match(message, match, unknown_field)) {
    const Descriptor* type = DescriptorPool::generated_pool()->FindMessageTypeByName(match[1].str());
    if (type == nullptr) return std::string();
    for (int i = 0; i < type->field_count(); ++i) candidates.emplace_back(type->field(i)->name());
    return DidYouMean(match[2].str(), candidates);
  }
  if (!std::regex_match(message, match, unknown_value)) return std::string();
  // protobuf names the field alone, so every enumeration with a field of that name is looked at.
  const google::protobuf::FileDescriptor* file = caffe::NetParameter::descriptor()->file();
  for (int i = 0; i < file->message_type_count(); ++i) {
    const FieldDescriptor* field = file->message_type(i)->FindFieldByName(match[2].str());
    if (field == nullptr || field->enum_type() == nullptr) continue;
    for (int j = 0; j < field->enum_type()->value_count(); ++j) {
      candidates.emplace_back(field->enum_type()->value(j)->name());
    }
  }
  std::sort(candidates.begin(), candidates.end());
  candidates.erase(std::unique(candidates.begin(), candidates.end()), candidates.end());
  std::string known;
  for (const std::string& candidate : candidates) known += (known.empty() ? " It is one of " : ", ") + candidate;
  return known;
}

void ReadLines(const TextFormat::ParseInfoTree& tree, const caffe::NetParameter& net, LayerLines* lines) {
  const Descriptor* type = caffe::NetParameter::descriptor();
  const FieldDescriptor* layer = type->FindFieldByName("layer");
  for (int i = 0; i < net.layer_size(); ++i) {
    (*lines)[net.layer(i).name()].push_back(tree.GetLocation(layer, i).line + 1);
  }
  const FieldDescriptor* old_layer = type->FindFieldByName("layers");
  for (int i = 0; i < net.layers_size(); ++i) {
    const caffe::V1LayerParameter& old = net.layers(i);
    // The oldest syntax has one more level.
    const std::string& name = old.has_layer() ? old.layer().name() : old.name();
    (*lines)[name].push_back(tree.GetLocation(old_layer, i).line + 1);
  }
}

}  // namespace

caffe::NetParameter ParsePrototxt(const std::string& text, const std::string& path, const std::string& display,
                                  LayerLines* lines) {
  RouteProtobufLog();
  if (text.find_first_not_of(" \t\r\n") == std::string::npos) {
    throw Error(CAFFE_ERROR_FORMAT, display + ": the prototxt is empty").AtPath(path);
  }
  if (LooksBinary(text.data(), text.size())) {
    throw Error(CAFFE_ERROR_FORMAT,
                display +
                    ": this is a binary file, not a prototxt; a caffemodel holds weights, which are "
                    "loaded into a net made from its prototxt")
        .AtPath(path);
  }
  FirstError first_error;
  TextFormat::ParseInfoTree tree;
  TextFormat::Parser parser;
  parser.RecordErrorsTo(&first_error);
  parser.WriteLocationsTo(&tree);
  caffe::NetParameter net;
  if (!parser.ParseFromString(text, &net) || first_error.found()) {
    const std::string place =
        first_error.line() > 0 ? ":" + std::to_string(first_error.line()) + ":" + std::to_string(first_error.column())
                               : std::string();
    throw Error(CAFFE_ERROR_FORMAT, display + place + ": " + first_error.message() + Suggestion(first_error.message()))
        .AtPath(path, first_error.line(), first_error.line() > 0 ? first_error.column() : 0);
  }
  if (net.layer_size() == 0 && net.layers_size() == 0) {
    throw Error(CAFFE_ERROR_FORMAT, display + ": the prototxt has no layers").AtPath(path);
  }
  ReadLines(tree, net, lines);
  return net;
}

}  // namespace caffesharp
