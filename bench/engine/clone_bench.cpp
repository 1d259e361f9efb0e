// Measures what clones of a net cost: resident memory after 1, 2 and 8 nets that share their weights have run, and the
// time of a pass, the nets taking turns. Weights are random numbers.
//
//   clone_bench PROTOTXT N C H W [--threads T] [--passes P] [--caffe]
#include <time.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

#include "caffesharp/caffesharp.h"

namespace {

void Must(caffe_status status) {
  if (status == CAFFE_OK) return;
  caffe_error error;
  caffe_error_last(&error);
  std::fprintf(stderr, "%s\n", error.message);
  std::exit(1);
}

double ResidentMegabytes() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.compare(0, 6, "VmRSS:") == 0) return std::atof(line.c_str() + 6) / 1024;
  }
  return 0;
}

// Of the calling thread: other processes may be running on this machine.
double Milliseconds() {
  timespec time;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return 1e3 * static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_nsec);
}

void Fill(caffe_blob* blob, float scale) {
  static unsigned random = 1;
  float* data;
  std::int64_t count;
  Must(caffe_blob_mutable_data(blob, &data, &count));
  for (std::int64_t i = 0; i < count; ++i) {
    random = random * 1664525u + 1013904223u;
    data[i] = scale * (static_cast<float>(random >> 8) / 8388608.0f - 1.0f);
  }
}

// Gives the bytes of the parameters.
std::int64_t FillParameters(caffe_net* net) {
  std::int64_t bytes = 0;
  std::int32_t layers;
  Must(caffe_net_layer_count(net, &layers));
  for (std::int32_t layer = 0; layer < layers; ++layer) {
    std::int32_t parameters;
    Must(caffe_net_layer_param_count(net, layer, &parameters));
    for (std::int32_t i = 0; i < parameters; ++i) {
      caffe_blob* blob;
      std::int64_t count;
      Must(caffe_net_layer_param(net, layer, i, &blob));
      Must(caffe_blob_count(blob, &count));
      Fill(blob, 0.02f);
      bytes += 4 * count;
      Must(caffe_blob_destroy(blob));
    }
  }
  return bytes;
}

void Run(caffe_net* net) {
  std::int32_t layers;
  Must(caffe_net_layer_count(net, &layers));
  Must(caffe_net_forward(net, 0, layers - 1, nullptr));
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 6) {
    std::fprintf(stderr, "usage: clone_bench PROTOTXT N C H W [--threads T] [--passes P] [--caffe]\n");
    return 2;
  }
  std::int32_t shape[4];
  for (int i = 0; i < 4; ++i) shape[i] = std::atoi(argv[2 + i]);
  int passes = 7;
  caffe_engine_options options = {CAFFE_ENGINE_ACCELERATED, 1, CAFFE_INSTRUCTIONS_AVX512};
  for (int i = 6; i < argc; ++i) {
    const std::string option = argv[i];
    if (option == "--threads" && i + 1 < argc) options.threads = std::atoi(argv[++i]);
    if (option == "--passes" && i + 1 < argc) passes = std::atoi(argv[++i]);
    if (option == "--caffe") options.engine = CAFFE_ENGINE_CAFFE;
  }
  std::vector<caffe_net*> nets;
  for (const std::size_t wanted : {1, 2, 8}) {
    while (nets.size() < wanted) {
      caffe_net* net;
      if (nets.empty()) {
        Must(caffe_net_create_from_file(argv[1], nullptr, &net));
        std::printf("parameters %.1f MB\n", static_cast<double>(FillParameters(net)) / (1 << 20));
      } else {
        Must(caffe_net_clone(nets[0], 0, 0, &net));
      }
      Must(caffe_engine_choose(net, &options));
      std::int32_t input;
      caffe_blob* blob;
      Must(caffe_net_input(net, 0, &input));
      Must(caffe_net_blob(net, input, &blob));
      Must(caffe_blob_reshape(blob, shape, 4));
      Fill(blob, 1);
      Must(caffe_blob_destroy(blob));
      Run(net);
      nets.push_back(net);
    }
    std::vector<double> times;
    for (int pass = 0; pass < passes; ++pass) {
      for (caffe_net* net : nets) {
        const double start = Milliseconds();
        Run(net);
        times.push_back(Milliseconds() - start);
      }
    }
    std::sort(times.begin(), times.end());
    std::int64_t counted;
    Must(caffe_runtime_memory_used(&counted));
    std::printf("%zu nets: resident %.0f MB, counted %.0f MB, pass %.1f ms\n", nets.size(), ResidentMegabytes(),
                static_cast<double>(counted) / (1 << 20), times[times.size() / 2]);
  }
  for (caffe_net* net : nets) Must(caffe_net_destroy(net));
  return 0;
}
