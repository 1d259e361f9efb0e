// Caffemodels, copied into a net that knows their layers. What fails leaves the net as it was.
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <vector>

#include "harness.h"
#include "small_nets.h"

namespace {

using caffesharp::fuzz::Must;

std::vector<float> ParametersOf(caffe_net* net) {
  std::vector<float> values;
  std::int32_t layers = 0;
  Must(caffe_net_layer_count(net, &layers));
  for (std::int32_t layer = 0; layer < layers; ++layer) {
    std::int32_t parameters = 0;
    Must(caffe_net_layer_param_count(net, layer, &parameters));
    for (std::int32_t parameter = 0; parameter < parameters; ++parameter) {
      caffe_blob* blob = nullptr;
      const float* data = nullptr;
      std::int64_t count = 0;
      Must(caffe_net_layer_param(net, layer, parameter, &blob));
      Must(caffe_blob_data(blob, &data, &count));
      values.insert(values.end(), data, data + count);
      Must(caffe_blob_destroy(blob));
    }
  }
  return values;
}

}  // namespace

void caffesharp::fuzz::TryInput(const std::uint8_t* bytes, std::size_t length) {
  caffe_net* net = nullptr;
  std::int32_t copied = 0;
  Must(
      caffe_net_create_from_text(kSmallNet, static_cast<std::int64_t>(std::strlen(kSmallNet)), nullptr, nullptr, &net));
  const std::vector<float> before = ParametersOf(net);
  if (!Succeeded(caffe_net_copy_from_bytes(net, bytes, static_cast<std::int64_t>(length), nullptr, &copied)) &&
      ParametersOf(net) != before) {
    std::fprintf(stderr, "fuzzing: a copy that failed changed the net\n");
    std::abort();
  }
  RunAndDestroy(net, false);
}
