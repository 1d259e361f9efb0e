// The names that protoc gives to messages, fields and enumerations in C#.
#ifndef CAFFESHARP_GENERATOR_CSHARP_NAMES_H_
#define CAFFESHARP_GENERATOR_CSHARP_NAMES_H_

#include <google/protobuf/descriptor.h>

#include <string>

namespace caffesharp {

// "PoolingParameter.Types.PoolMethod".
std::string CsharpType(const google::protobuf::Descriptor& message);
std::string CsharpType(const google::protobuf::EnumDescriptor& enumeration);

// "KernelSize".
std::string CsharpProperty(const google::protobuf::FieldDescriptor& field);

// "Max".
std::string CsharpValue(const google::protobuf::EnumValueDescriptor& value);

// A parameter of that name: "kernelSize", "@base".
std::string CsharpParameter(const google::protobuf::FieldDescriptor& field);

// The comment above a field, message or value, or beside it, on one line and fit for XML; empty if there is none.
template <typename Described>
std::string CommentOf(const Described& described);

}  // namespace caffesharp

#endif  // CAFFESHARP_GENERATOR_CSHARP_NAMES_H_
