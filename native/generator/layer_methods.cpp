// layer_methods DESCRIPTORS OUTPUT: writes the C# class L, with a method for every layer type that Caffe registers, and
// P, the enumerations of their parameters. DESCRIPTORS is a set of protoc's with source information; OUTPUT the C#
// file.
#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor.pb.h>

#include <algorithm>
#include <caffe/layer_factory.hpp>
#include <fstream>
#include <iostream>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include "community/community_layer.h"
#include "csharp_names.h"

namespace caffesharp {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::DescriptorPool;
using google::protobuf::EnumDescriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::FileDescriptor;
using google::protobuf::FileDescriptorSet;

// A field of LayerParameter that holds parameters: its message's fields become the method's, or it does as a whole.
struct Parameters {
  const FieldDescriptor* field = nullptr;
  bool by_field = false;
};

bool EndsWith(const std::string& text, const std::string& end) {
  return text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

// Types that read the message of another.
std::string MessageOwner(const std::string& type) {
  static const std::map<std::string, std::string> owners = {{"Deconvolution", "Convolution"},
                                                            {"Im2col", "Convolution"},
                                                            {"LSTM", "Recurrent"},
                                                            {"Lstm", "LSTM"},
                                                            {"Managed", "Python"},
                                                            {"RNN", "Recurrent"},
                                                            {"ReLU6", "ReLU"},
                                                            {"SeLuDropout", "SeLUDropout"},
                                                            {"SoftmaxWithLoss", "Softmax"},
                                                            {"SoftmaxWithLossOHEM", "Softmax"}};
  const auto owner = owners.find(type);
  return owner == owners.end() ? type : owner->second;
}

// Whether the field is the one of ReLU6 or of another type with the same message.
bool BelongsToOther(const FieldDescriptor& field, const std::string& type) {
  return field.message_type()->name() == "ReLUParameter" && (field.name() == "relu6_param") != (type == "ReLU6");
}

std::vector<Parameters> ParametersOf(const std::string& type, const Descriptor& layer) {
  std::vector<Parameters> found;
  for (int i = 0; i < layer.field_count(); ++i) {
    const FieldDescriptor* field = layer.field(i);
    if (field->message_type() == nullptr || field->is_repeated()) continue;
    const std::string message(field->message_type()->name());
    if (message == MessageOwner(type) + "Parameter" && !BelongsToOther(*field, type)) found.push_back({field, true});
    const bool transforms = EndsWith(type, "Data") && type != "DummyData" && type != "HDF5Data";
    if (message == "TransformationParameter" && transforms) found.push_back({field, false});
    if (message == "LossParameter" && (EndsWith(type, "Loss") || EndsWith(type, "LossOHEM") || type == "Accuracy"))
      found.push_back({field, false});
  }
  return found;
}

std::string ValueType(const FieldDescriptor& field) {
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
      return "int";
    case FieldDescriptor::CPPTYPE_INT64:
      return "long";
    case FieldDescriptor::CPPTYPE_UINT32:
      return "uint";
    case FieldDescriptor::CPPTYPE_UINT64:
      return "ulong";
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return "double";
    case FieldDescriptor::CPPTYPE_FLOAT:
      return "float";
    case FieldDescriptor::CPPTYPE_BOOL:
      return "bool";
    case FieldDescriptor::CPPTYPE_ENUM:
      return "global::CaffeSharp.Messages." + CsharpType(*field.enum_type());
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return "global::CaffeSharp.Messages." + CsharpType(*field.message_type());
    default:
      return field.type() == FieldDescriptor::TYPE_BYTES ? "global::Google.Protobuf.ByteString" : "string";
  }
}

std::string ParameterType(const FieldDescriptor& field) {
  return field.is_repeated() ? "SpecValues<" + ValueType(field) + ">" : ValueType(field) + "?";
}

std::string Default(const FieldDescriptor& field) {
  if (!field.has_default_value()) return std::string();
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_BOOL:
      return field.default_value_bool() ? "true" : "false";
    case FieldDescriptor::CPPTYPE_INT32:
      return std::to_string(field.default_value_int32());
    case FieldDescriptor::CPPTYPE_UINT32:
      return std::to_string(field.default_value_uint32());
    case FieldDescriptor::CPPTYPE_ENUM:
      return CsharpValue(*field.default_value_enum());
    default:
      return std::string();
  }
}

class Writer {
 public:
  explicit Writer(const std::string& path) : path_(path), file_(path) { Require(); }

  void Line(const std::string& text) { file_ << text << '\n'; }
  void Finish() {
    file_.close();
    Require();
  }

 private:
  void Require() const {
    if (!file_) throw std::runtime_error(path_ + " cannot be written");
  }

  std::string path_;
  std::ofstream file_;
};

void DocumentParameter(Writer& out, const FieldDescriptor& field) {
  std::string text = CommentOf(field);
  const std::string otherwise = Default(field);
  std::string name = CsharpParameter(field);
  if (name.front() == '@') name.erase(0, 1);
  if (!text.empty() && text.back() != '.') text += '.';
  out.Line("    /// <param name=\"" + name + "\">" + std::string(field.name()) + (text.empty() ? "." : ": " + text) +
           (otherwise.empty() ? std::string() : " Default: " + otherwise + ".") + "</param>");
}

// A statement that sets one field of holder, an expression, where the parameter was given.
void SetField(Writer& out, const FieldDescriptor& field, const std::string& holder) {
  const std::string parameter = CsharpParameter(field);
  const std::string property = holder + "." + CsharpProperty(field);
  if (field.is_repeated()) {
    out.Line("        if (!" + parameter + ".IsEmpty) { " + parameter + ".AddTo(" + property + "); }");
    return;
  }
  const bool is_message = field.message_type() != nullptr;
  const bool is_value = !is_message && field.cpp_type() != FieldDescriptor::CPPTYPE_STRING;
  out.Line("        if (" + parameter + " is not null) { " + property + " = " + parameter +
           (is_message ? ".Clone()" : (is_value ? ".Value" : "")) + "; }");
}

void WriteMethod(Writer& out, const std::string& type, const Descriptor& layer) {
  std::vector<const FieldDescriptor*> fields;
  const std::vector<Parameters> parameters = ParametersOf(type, layer);
  for (const Parameters& one : parameters) {
    if (!one.by_field) {
      fields.push_back(one.field);
      continue;
    }
    for (int i = 0; i < one.field->message_type()->field_count(); ++i) {
      fields.push_back(one.field->message_type()->field(i));
    }
  }
  std::string comment;
  for (const Parameters& one : parameters) {
    if (one.by_field) comment = CommentOf(*one.field->message_type());
  }
  out.Line("    /// <summary>A layer of the type " + type + "." + (comment.empty() ? "" : " " + comment) +
           "</summary>");
  out.Line("    /// <param name=\"bottoms\">The tops it reads: one, or several in brackets.</param>");
  for (const FieldDescriptor* field : fields) DocumentParameter(out, *field);
  out.Line("    /// <param name=\"param\">Learning rate, decay and sharing of its parameters.</param>");
  out.Line("    /// <param name=\"lossWeight\">How much its tops count in the net's loss.</param>");
  out.Line("    /// <param name=\"ntop\">Number of its tops.</param>");
  out.Line("    /// <param name=\"inPlace\">Whether it writes over its bottoms.</param>");
  out.Line("    /// <param name=\"layerParameter\">Any other field of the layer: name, include, ...</param>");
  out.Line("    public static LayerSpec " + type + "(");
  out.Line("        Bottoms bottoms = default,");
  for (const FieldDescriptor* field : fields) {
    out.Line("        " + ParameterType(*field) + " " + CsharpParameter(*field) +
             (field->is_repeated() ? " = default," : " = null,"));
  }
  out.Line("        SpecValues<global::CaffeSharp.Messages.ParamSpec> param = default,");
  out.Line("        SpecValues<float> lossWeight = default,");
  out.Line("        int ntop = 1,");
  out.Line("        bool inPlace = false,");
  out.Line("        global::CaffeSharp.Messages.LayerParameter? layerParameter = null)");
  out.Line("    {");
  out.Line("        var made = layerParameter?.Clone() ?? new();");
  for (const Parameters& one : parameters) {
    if (!one.by_field) {
      SetField(out, *one.field, "made");
      continue;
    }
    // In two parts, since C++ once read two question marks and an equals sign as another character.
    const std::string holder = "(made." + CsharpProperty(*one.field) +
                               " ?"
                               "?= new())";
    for (int i = 0; i < one.field->message_type()->field_count(); ++i) {
      SetField(out, *one.field->message_type()->field(i), holder);
    }
  }
  out.Line("        param.AddTo(made.Param);");
  out.Line("        lossWeight.AddTo(made.LossWeight);");
  out.Line("        return new(\"" + type + "\", bottoms, made, ntop, inPlace);");
  out.Line("    }");
  out.Line("");
}

void WriteEnumerations(Writer& out, const Descriptor& message) {
  const std::string end = "Parameter";
  std::string name(message.name());
  // Layers of older Caffes are not specified any more.
  const bool is_old = name.compare(0, 2, "V0") == 0 || name.compare(0, 2, "V1") == 0;
  if (message.enum_type_count() == 0 || !EndsWith(name, end) || is_old) return;
  name.erase(name.size() - end.size());
  out.Line("    /// <summary>Values for parameters of " + std::string(message.name()) + ".</summary>");
  out.Line("    public static class " + name);
  out.Line("    {");
  for (int i = 0; i < message.enum_type_count(); ++i) {
    const EnumDescriptor& enumeration = *message.enum_type(i);
    const std::string type = "global::CaffeSharp.Messages." + CsharpType(enumeration);
    for (int j = 0; j < enumeration.value_count(); ++j) {
      const std::string value = CsharpValue(*enumeration.value(j));
      const std::string comment = CommentOf(*enumeration.value(j));
      out.Line("        /// <summary>" + std::string(enumeration.value(j)->name()) + " of " +
               std::string(enumeration.name()) + (comment.empty() ? "." : ": " + comment) + "</summary>");
      out.Line("        public const " + type + " " + value + " = " + type + "." + value + ";");
      out.Line("");
    }
  }
  out.Line("    }");
  out.Line("");
}

void Generate(const std::string& descriptors, const std::string& output) {
  std::ifstream input(descriptors, std::ios::binary);
  FileDescriptorSet set;
  if (!input || !set.ParseFromIstream(&input)) throw std::runtime_error(descriptors + " is not a set of descriptors");
  DescriptorPool pool;
  for (const auto& file : set.file()) {
    if (pool.BuildFile(file) == nullptr) throw std::runtime_error(file.name() + " does not build");
  }
  const Descriptor* layer = pool.FindMessageTypeByName("caffe.LayerParameter");
  if (layer == nullptr) throw std::runtime_error(descriptors + " has no caffe.LayerParameter");

  Writer out(output);
  out.Line("// <auto-generated>");
  out.Line("// Written from Caffe's layer registry and its caffe.proto when the native half is built.");
  out.Line("// </auto-generated>");
  out.Line("#nullable enable");
  out.Line("");
  out.Line("namespace CaffeSharp;");
  out.Line("");
  out.Line("public static partial class L");
  out.Line("{");
  // The types of layers in C#, which the running library registers itself.
  caffesharp::community::UseCommunityLayers();
  std::vector<std::string> types = caffe::LayerRegistry<float>::LayerTypeList();
  for (const char* type : {"Managed", "Python"}) {
    if (std::find(types.begin(), types.end(), type) == types.end()) types.emplace_back(type);
  }
  for (const std::string& type : types) WriteMethod(out, type, *layer);
  out.Line("}");
  out.Line("");
  out.Line("/// <summary>Values of the enumerations that layers' parameters have, by the message they belong to:");
  out.Line("/// <c>P.Pooling.Max</c>.</summary>");
  out.Line("public static class P");
  out.Line("{");
  const FileDescriptor& file = *layer->file();
  for (int i = 0; i < file.message_type_count(); ++i) WriteEnumerations(out, *file.message_type(i));
  out.Line("}");
  out.Finish();
}

}  // namespace
}  // namespace caffesharp

int main(int argc, char** argv) {
  if (argc != 3) {
    std::cerr << "usage: layer_methods DESCRIPTORS OUTPUT\n";
    return 2;
  }
  try {
    caffesharp::Generate(argv[1], argv[2]);
    return 0;
  } catch (const std::exception& error) {
    std::cerr << "layer_methods: " << error.what() << '\n';
    return 1;
  }
}
