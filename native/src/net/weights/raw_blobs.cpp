#include "net/weights/raw_blobs.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>
#include <vector>

#include "core/error.h"

namespace caffesharp {
namespace {

using google::protobuf::FieldDescriptor;

// NVCaffe's numbers.
enum RawType { kDouble = 0, kFloat = 1, kHalf = 2 };

// By reflection: a tree's own BlobProto may have the fields, as enumerations.
struct RawField {
  const FieldDescriptor* bytes;
  const FieldDescriptor* type;
};

RawField FieldsOf(const std::string& name) {
  const google::protobuf::Descriptor& blob = *caffe::BlobProto::descriptor();
  return {blob.FindFieldByName("raw_" + name), blob.FindFieldByName("raw_" + name + "_type")};
}

int TypeOf(const caffe::BlobProto& blob, const RawField& field) {
  const google::protobuf::Reflection& reflection = *blob.GetReflection();
  if (!reflection.HasField(blob, field.type)) return kFloat;
  return field.type->cpp_type() == FieldDescriptor::CPPTYPE_ENUM ? reflection.GetEnumValue(blob, field.type)
                                                                 : reflection.GetInt32(blob, field.type);
}

float FromHalf(std::uint16_t half) {
  const int exponent = (half >> 10) & 31, fraction = half & 1023;
  const float sign = half >> 15 == 0 ? 1.0f : -1.0f;
  if (exponent == 31) {
    return fraction == 0 ? sign * std::numeric_limits<float>::infinity() : std::numeric_limits<float>::quiet_NaN();
  }
  if (exponent == 0) return sign * std::ldexp(static_cast<float>(fraction), -24);
  return sign * std::ldexp(static_cast<float>(1024 + fraction), exponent - 25);
}

template <typename Number>
std::vector<Number> NumbersOf(const std::string& bytes) {
  std::vector<Number> numbers(bytes.size() / sizeof(Number));
  std::memcpy(numbers.data(), bytes.data(), numbers.size() * sizeof(Number));
  return numbers;
}

// Moves the bytes of one field to the values, which are empty otherwise. Returns what is wrong with them; empty if
// nothing.
std::string Read(const RawField& field, google::protobuf::RepeatedField<float>* values, caffe::BlobProto* blob) {
  const google::protobuf::Reflection& reflection = *blob->GetReflection();
  if (!reflection.HasField(*blob, field.bytes)) return std::string();
  std::string bytes = reflection.GetString(*blob, field.bytes);
  const int type = TypeOf(*blob, field);
  const std::size_t size = type == kDouble ? 8 : type == kFloat ? 4 : type == kHalf ? 2 : 0;
  if (size == 0) {
    return "has raw values of type " + std::to_string(type) +
           "; double (0), float (1) and half precision (2) are supported";
  }
  if (bytes.size() % size != 0) {
    return "has " + std::to_string(bytes.size()) + " bytes of raw values, which is not a multiple of " +
           std::to_string(size);
  }
  reflection.ClearField(blob, field.bytes);
  reflection.ClearField(blob, field.type);
  values->Clear();
  values->Reserve(static_cast<int>(bytes.size() / size));
  if (type == kDouble) {
    for (const double number : NumbersOf<double>(bytes)) values->Add(static_cast<float>(number));
  } else if (type == kFloat) {
    for (const float number : NumbersOf<float>(bytes)) values->Add(number);
  } else {
    for (const std::uint16_t number : NumbersOf<std::uint16_t>(bytes)) values->Add(FromHalf(number));
  }
  return std::string();
}

}  // namespace

void ReadRawBlobs(const std::string& display, const std::string& path, caffe::NetParameter* weights) {
  const RawField data = FieldsOf("data"), diff = FieldsOf("diff");
  if (data.bytes == nullptr || data.type == nullptr || diff.bytes == nullptr || diff.type == nullptr) return;
  for (caffe::LayerParameter& layer : *weights->mutable_layer()) {
    for (caffe::BlobProto& blob : *layer.mutable_blobs()) {
      std::string fault = Read(data, blob.mutable_data(), &blob);
      if (fault.empty()) fault = Read(diff, blob.mutable_diff(), &blob);
      if (fault.empty()) continue;
      throw Error(CAFFE_ERROR_FORMAT, display + ": layer '" + layer.name() + "': a parameter " + fault)
          .InLayer(layer.name())
          .AtPath(path);
    }
  }
}

}  // namespace caffesharp
