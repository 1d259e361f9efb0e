#include "net/upgrade.h"

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

}  // namespace

bool UpgradeNet(const std::string& display, const std::string& path, caffe::NetParameter* net) {
  RequireInputShapes(display, path, *net);
  return caffe::UpgradeNetAsNeeded(display, net);
}

}  // namespace caffesharp
