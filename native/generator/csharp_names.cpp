#include "csharp_names.h"

#include <cctype>
#include <set>

namespace caffesharp {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::EnumDescriptor;
using google::protobuf::EnumValueDescriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::SourceLocation;

char Upper(char letter) { return static_cast<char>(std::toupper(static_cast<unsigned char>(letter))); }
char Lower(char letter) { return static_cast<char>(std::tolower(static_cast<unsigned char>(letter))); }
bool IsLetter(char letter) { return std::isalpha(static_cast<unsigned char>(letter)) != 0; }
bool IsDigit(char letter) { return std::isdigit(static_cast<unsigned char>(letter)) != 0; }

// "kernel_size" to "KernelSize"; a letter after anything but a letter is a capital.
std::string Pascal(const std::string& name) {
  std::string pascal;
  bool capital = true;
  for (const char letter : name) {
    if (IsLetter(letter)) {
      pascal += capital ? Upper(letter) : letter;
      capital = false;
    } else {
      if (IsDigit(letter)) pascal += letter;
      capital = true;
    }
  }
  return pascal;
}

// "ACROSS_CHANNELS" to "AcrossChannels"; capitals stay where a word is in mixed case already.
std::string ShoutyPascal(const std::string& name) {
  std::string pascal;
  char previous = '_';
  for (const char letter : name) {
    if (!IsLetter(letter) && !IsDigit(letter)) {
      previous = letter;
      continue;
    }
    const bool first = !IsLetter(previous) && !IsDigit(previous);
    const bool after_digit = IsDigit(previous);
    const bool after_small = IsLetter(previous) && previous == Lower(previous);
    pascal += first || after_digit ? Upper(letter) : (after_small ? letter : Lower(letter));
    previous = letter;
  }
  return pascal;
}

// The value's name without that of its enumeration in front, whatever the case and underscores of either.
std::string WithoutPrefix(const std::string& enumeration, const std::string& value) {
  std::string prefix;
  for (const char letter : enumeration) {
    if (letter != '_') prefix += Lower(letter);
  }
  std::size_t matched = 0;
  std::size_t at = 0;
  for (; at < value.size() && matched < prefix.size(); ++at) {
    if (value[at] == '_') continue;
    if (Lower(value[at]) != prefix[matched++]) return value;
  }
  if (matched < prefix.size()) return value;
  while (at < value.size() && value[at] == '_') ++at;
  return at == value.size() || IsDigit(value[at]) ? value : value.substr(at);
}

std::string FitForXml(const std::string& comment) {
  std::string fit;
  for (const char letter : comment) {
    if (std::isspace(static_cast<unsigned char>(letter)) != 0) {
      if (!fit.empty() && fit.back() != ' ') fit += ' ';
    } else if (letter == '&') {
      fit += "&amp;";
    } else if (letter == '<') {
      fit += "&lt;";
    } else if (letter == '>') {
      fit += "&gt;";
    } else {
      fit += letter;
    }
  }
  while (!fit.empty() && fit.back() == ' ') fit.pop_back();
  return fit;
}

std::string Nested(const Descriptor* parent, const std::string& name) {
  return parent == nullptr ? name : CsharpType(*parent) + ".Types." + name;
}

}  // namespace

std::string CsharpType(const Descriptor& message) {
  return Nested(message.containing_type(), std::string(message.name()));
}

std::string CsharpType(const EnumDescriptor& enumeration) {
  return Nested(enumeration.containing_type(), std::string(enumeration.name()));
}

std::string CsharpProperty(const FieldDescriptor& field) {
  std::string name = Pascal(std::string(field.name()));
  // protoc keeps these apart from a class's own members.
  if (name == field.containing_type()->name() || name == "Types" || name == "Descriptor") name += '_';
  return name;
}

std::string CsharpValue(const EnumValueDescriptor& value) {
  const std::string name = ShoutyPascal(WithoutPrefix(std::string(value.type()->name()), std::string(value.name())));
  return IsDigit(name.front()) ? "_" + name : name;
}

std::string CsharpParameter(const FieldDescriptor& field) {
  static const std::set<std::string> keywords = {
      "as",     "base",    "bool",    "break",   "byte",   "case",     "char",   "checked", "class",
      "const",  "decimal", "default", "double",  "else",   "enum",     "event",  "false",   "fixed",
      "float",  "for",     "if",      "in",      "int",    "is",       "lock",   "long",    "new",
      "null",   "object",  "out",     "params",  "public", "ref",      "return", "sbyte",   "short",
      "static", "string",  "switch",  "this",    "throw",  "true",     "try",    "typeof",  "uint",
      "ulong",  "ushort",  "using",   "virtual", "void",   "volatile", "while"};
  std::string name = Pascal(std::string(field.name()));
  name.front() = Lower(name.front());
  return keywords.count(name) > 0 ? "@" + name : name;
}

template <typename Described>
std::string CommentOf(const Described& described) {
  SourceLocation location;
  if (!described.GetSourceLocation(&location)) return std::string();
  const std::string above = FitForXml(location.leading_comments);
  return above.empty() ? FitForXml(location.trailing_comments) : above;
}

template std::string CommentOf(const FieldDescriptor& described);
template std::string CommentOf(const Descriptor& described);
template std::string CommentOf(const EnumValueDescriptor& described);

}  // namespace caffesharp
