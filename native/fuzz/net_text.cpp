// Prototxts of nets: made, run forward, and in the train phase backward.
#include "harness.h"

void caffesharp::fuzz::TryInput(const std::uint8_t* bytes, std::size_t length) {
  const std::string text = WithoutPaths(bytes, length);
  const bool train = length % 2 == 1;
  caffe_net_options options = {};
  options.phase = train ? CAFFE_PHASE_TRAIN : CAFFE_PHASE_TEST;
  options.has_seed = 1;
  caffe_net* net = nullptr;
  if (!Succeeded(
          caffe_net_create_from_text(text.data(), static_cast<std::int64_t>(text.size()), nullptr, &options, &net))) {
    return;
  }
  if (length % 4 >= 2) {
    const caffe_engine_options accelerated = {CAFFE_ENGINE_ACCELERATED, 1, CAFFE_INSTRUCTIONS_AVX512};
    Must(caffe_engine_choose(net, &accelerated));
  }
  RunAndDestroy(net, train);
}
