#include "net/upgrade.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <caffe/common.hpp>
#include <caffe/util/upgrade_proto.hpp>

#include "core/error.h"

namespace caffesharp {
namespace {

void RequireInputShapes(const std::string& display, const std::string& path, const caffe::NetParameter& net) {
  const int inputs = net.input_size();
  const bool has_shapes = net.input_shape_size() > 0;
  const int given = has_shapes ? net.input_shape_size() : net.input_dim_size();
  const std::int64_t wanted = has_shapes ? inputs : std::int64_t{4} * inputs;
  // Old caffemodels name their inputs without shapes.
  if (inputs == 0 || given == 0 || given >= wanted) return;
  throw Error(CAFFE_ERROR_FORMAT, display + ": " + (has_shapes ? "input_shape" : "input_dim") + " is given " +
                                      std::to_string(given) + " times for " + std::to_string(inputs) +
                                      " inputs; it must be given " + std::to_string(wanted) + " times")
      .AtPath(path);
}

// ceil_mode is what several forks call round_mode. By reflection, as a tree may have one of them alone.
void UpgradePoolingRounding(caffe::NetParameter* net) {
  const google::protobuf::Descriptor* const pooling = caffe::PoolingParameter::descriptor();
  const google::protobuf::FieldDescriptor* const ceil_mode = pooling->FindFieldByName("ceil_mode");
  const google::protobuf::FieldDescriptor* const round_mode = pooling->FindFieldByName("round_mode");
  if (ceil_mode == nullptr || round_mode == nullptr) return;
  for (caffe::LayerParameter& layer : *net->mutable_layer()) {
    if (!layer.has_pooling_param()) continue;
    caffe::PoolingParameter* const parameter = layer.mutable_pooling_param();
    const google::protobuf::Reflection& fields = *parameter->GetReflection();
    if (!fields.HasField(*parameter, ceil_mode)) continue;
    const char* const mode = fields.GetBool(*parameter, ceil_mode) ? "CEIL" : "FLOOR";
    fields.SetEnum(parameter, round_mode, round_mode->enum_type()->FindValueByName(mode));
    fields.ClearField(parameter, ceil_mode);
  }
}

}  // namespace

bool UpgradeNet(const std::string& display, const std::string& path, caffe::NetParameter* net) {
  RequireInputShapes(display, path, *net);
  const bool is_whole = caffe::UpgradeNetAsNeeded(display, net);
  UpgradePoolingRounding(net);
  return is_whole;
}

}  // namespace caffesharp
