#include "net/net_clone.h"

#include <google/protobuf/message.h>

#include <algorithm>
#include <boost/make_shared.hpp>
#include <string>
#include <utility>
#include <vector>

#include "core/error.h"
#include "net/weights/weights.h"

namespace caffesharp {
namespace {

// The way to the definition that a layer keeps.
struct LayerAccess : caffe::Layer<float> {
  static caffe::LayerParameter& Parameter(caffe::Layer<float>& layer) { return layer.*(&LayerAccess::layer_param_); }
};

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

// The fields of a message that are messages and not lists of them; DummyData's fillers, which make data, are a list.
std::vector<const FieldDescriptor*> SingleMessages(const Message& message) {
  std::vector<const FieldDescriptor*> fields;
  message.GetReflection()->ListFields(message, &fields);
  fields.erase(std::remove_if(fields.begin(), fields.end(),
                              [](const FieldDescriptor* field) {
                                return field->is_repeated() || field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE;
                              }),
               fields.end());
  return fields;
}

bool IsFiller(const FieldDescriptor* field) { return field->message_type() == caffe::FillerParameter::descriptor(); }

// Leaves the fillers of a layer at their default, zeros, which cost least. Those of a fork's own layers are found too.
void ClearFillers(Message* message) {
  const google::protobuf::Reflection& reflection = *message->GetReflection();
  for (const FieldDescriptor* field : SingleMessages(*message)) {
    if (IsFiller(field)) {
      reflection.ClearField(message, field);
    } else {
      ClearFillers(reflection.MutableMessage(message, field));
    }
  }
}

void CopyFillers(const Message& from, Message* to) {
  const google::protobuf::Reflection& reflection = *from.GetReflection();
  for (const FieldDescriptor* field : SingleMessages(from)) {
    const Message& inner = reflection.GetMessage(from, field);
    if (IsFiller(field)) {
      reflection.MutableMessage(to, field)->CopyFrom(inner);
    } else if (reflection.HasField(*to, field)) {
      CopyFillers(inner, reflection.MutableMessage(to, field));
    }
  }
}

// The net of a definition, without the time that its fillers take, and yet with all of the definition.
boost::shared_ptr<caffe::Net<float>> MakeUnfilled(const caffe::NetParameter& definition) {
  caffe::NetParameter unfilled(definition);
  for (caffe::LayerParameter& layer : *unfilled.mutable_layer()) ClearFillers(&layer);
  auto net = boost::make_shared<caffe::Net<float>>(unfilled);
  // The net's layers are the definition's, in order, and splits between them.
  int next = 0;
  for (const auto& layer : net->layers()) {
    caffe::LayerParameter& parameter = LayerAccess::Parameter(*layer);
    if (next == definition.layer_size() || parameter.name() != definition.layer(next).name() ||
        parameter.type() != definition.layer(next).type()) {
      continue;
    }
    CopyFillers(definition.layer(next), &parameter);
    ++next;
  }
  return net;
}

}  // namespace

std::shared_ptr<NetState> CloneNet(NetState& source, std::shared_ptr<RandomStream> random_stream) {
  for (const auto& layer : source.net().layers()) {
    const caffe::LayerParameter& parameter = layer->layer_param();
    if (parameter.type() != "HDF5Output") continue;
    throw source.definition().LayerError(
        CAFFE_ERROR_UNSUPPORTED, parameter.name(), parameter.type(),
        "it writes a file, which two nets cannot both do; make a second net with another file_name");
  }
  const caffe::NetState& state = source.definition().parameter().state();
  std::vector<const char*> stages;
  for (const std::string& stage : state.stage()) stages.push_back(stage.c_str());
  caffe_net_options options = kDefaultNetOptions;
  options.phase = state.phase() == caffe::TRAIN ? CAFFE_PHASE_TRAIN : CAFFE_PHASE_TEST;
  options.level = state.level();
  options.stages = stages.data();
  options.stage_count = static_cast<std::int32_t>(stages.size());
  options.mode = source.device().mode;
  options.device = source.device().index;
  auto clone = std::make_shared<NetState>(source.definition(), options, std::move(random_stream), MakeUnfilled);
  ShareWeights(*clone, source);
  return clone;
}

}  // namespace caffesharp
