#include "net/prototxt_parser.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/io/tokenizer.h>
#include <google/protobuf/text_format.h>

#include <algorithm>
#include <cctype>
#include <optional>

#include "core/error.h"
#include "core/protobuf_log.h"
#include "core/text.h"

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
  // Counted from 1; 0 if unknown.
  int line() const { return line_; }
  int column() const { return column_; }
  const std::string& message() const { return message_; }

 private:
  void Keep(int line, int column, const std::string& message) {
    if (found()) return;
    line_ = line + 1;
    column_ = column + 1;
    message_ = message;
    if (message_.back() == '.') message_.pop_back();
  }

  int line_ = 0;
  int column_ = 0;
  std::string message_;
};

// The two names in quotation marks in a message of protobuf's that starts and continues in these words.
struct QuotedNames {
  std::string first;
  std::string second;
};

std::optional<QuotedNames> ReadNames(const std::string& message, const std::string& start, const std::string& middle) {
  if (message.compare(0, start.size(), start) != 0) return std::nullopt;
  const std::size_t first_end = message.find('"', start.size());
  if (first_end == std::string::npos || message.compare(first_end, middle.size(), middle) != 0) return std::nullopt;
  const std::size_t second = first_end + middle.size();
  const std::size_t second_end = message.find('"', second);
  if (second_end == std::string::npos) return std::nullopt;
  return QuotedNames{message.substr(start.size(), first_end - start.size()),
                     message.substr(second, second_end - second)};
}

// The message type and the field that it does not have.
std::optional<QuotedNames> UnknownField(const std::string& message) {
  return ReadNames(message, "Message type \"", "\" has no field named \"");
}

// protobuf has read past the name of an unknown field when it tells its place; this is where the name begins.
int ColumnOfName(const std::string& text, const FirstError& error) {
  const std::optional<QuotedNames> unknown = UnknownField(error.message());
  if (!unknown) return error.column();
  std::size_t start = 0;
  for (int line = 1; line < error.line() && start != std::string::npos; ++line) {
    start = text.find('\n', start);
    if (start != std::string::npos) ++start;
  }
  if (start == std::string::npos) return error.column();
  const std::size_t name = text.rfind(unknown->second, start + static_cast<std::size_t>(error.column() - 1));
  return name == std::string::npos || name < start ? error.column() : static_cast<int>(name - start) + 1;
}

// The names that could have stood in the place of the one protobuf does not know.
std::string Suggestion(const std::string& message) {
  std::vector<std::string> candidates;
  if (const std::optional<QuotedNames> unknown = UnknownField(message)) {
    const Descriptor* type = DescriptorPool::generated_pool()->FindMessageTypeByName(unknown->first);
    if (type == nullptr) return std::string();
    for (int i = 0; i < type->field_count(); ++i) candidates.emplace_back(type->field(i)->name());
    return DidYouMean(unknown->second, candidates);
  }
  const std::optional<QuotedNames> value = ReadNames(message, "Unknown enumeration value of \"", "\" for field \"");
  if (!value) return std::string();
  // protobuf names the field alone, so every enumeration with a field of that name is looked at.
  const google::protobuf::FileDescriptor* file = caffe::NetParameter::descriptor()->file();
  for (int i = 0; i < file->message_type_count(); ++i) {
    const FieldDescriptor* field = file->message_type(i)->FindFieldByName(value->second);
    if (field == nullptr || field->enum_type() == nullptr) continue;
    for (int j = 0; j < field->enum_type()->value_count(); ++j) {
      candidates.emplace_back(field->enum_type()->value(j)->name());
    }
  }
  std::sort(candidates.begin(), candidates.end());
  candidates.erase(std::unique(candidates.begin(), candidates.end()), candidates.end());
  std::string known;
  for (const std::string& candidate : candidates) known += (known.empty() ? "; it is one of " : ", ") + candidate;
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

void ParseText(const std::string& text, const std::string& path, const std::string& display,
               google::protobuf::Message* message, TextFormat::ParseInfoTree* tree) {
  RouteProtobufLog();
  if (LooksBinary(text.data(), text.size())) {
    throw Error(CAFFE_ERROR_FORMAT,
                display +
                    ": this is a binary file, not a prototxt; a caffemodel holds weights, which are "
                    "loaded into a net made from its prototxt")
        .AtPath(path);
  }
  FirstError first_error;
  TextFormat::Parser parser;
  parser.RecordErrorsTo(&first_error);
  parser.WriteLocationsTo(tree);
  if (parser.ParseFromString(text, message) && !first_error.found()) return;
  const int line = first_error.line();
  const int column = line > 0 ? ColumnOfName(text, first_error) : 0;
  const std::string place = line > 0 ? ":" + std::to_string(line) + ":" + std::to_string(column) : std::string();
  throw Error(CAFFE_ERROR_FORMAT, display + place + ": " + first_error.message() + Suggestion(first_error.message()))
      .AtPath(path, line, column);
}

caffe::NetParameter ParsePrototxt(const std::string& text, const std::string& path, const std::string& display,
                                  LayerLines* lines) {
  if (text.find_first_not_of(" \t\r\n") == std::string::npos) {
    throw Error(CAFFE_ERROR_FORMAT, display + ": the prototxt is empty").AtPath(path);
  }
  TextFormat::ParseInfoTree tree;
  caffe::NetParameter net;
  ParseText(text, path, display, &net, &tree);
  if (net.layer_size() == 0 && net.layers_size() == 0) {
    throw Error(CAFFE_ERROR_FORMAT, display + ": the prototxt has no layers").AtPath(path);
  }
  ReadLines(tree, net, lines);
  return net;
}

}  // namespace caffesharp
