// Times forward and backward passes of a train definition in either engine, interleaved in one process: medians. The
// definition makes its own input (DummyData). Where the engines start from the same weights, their gradients are
// compared.
//
//   train_bench PROTOTXT [--threads T] [--blas-threads B] [--passes P]
#include <time.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
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

double Now() {
  timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return 1e3 * static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_nsec);
}

double Median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

caffe_net* Open(const char* prototxt) {
  caffe_net_options options = {};
  options.phase = CAFFE_PHASE_TRAIN;
  options.has_seed = 1;
  options.seed = 7;
  caffe_net* net;
  Must(caffe_net_create_from_file(prototxt, &options, &net));
  return net;
}

int32_t LastLayer(const caffe_net* net) {
  int32_t layers;
  Must(caffe_net_layer_count(net, &layers));
  return layers - 1;
}

double Pass(caffe_net* net, float* loss) {
  const int32_t last = LastLayer(net);
  const double start = Now();
  Must(caffe_net_clear_param_diffs(net));
  Must(caffe_net_forward(net, 0, last, loss));
  Must(caffe_net_backward(net, last, 0));
  return Now() - start;
}

// Of the gradients of all parameters, relative to the largest of each blob.
double LargestDifference(caffe_net* a, caffe_net* b) {
  double largest = 0;
  for (int32_t layer = 0; layer <= LastLayer(a); ++layer) {
    int32_t params;
    Must(caffe_net_layer_param_count(a, layer, &params));
    for (int32_t param = 0; param < params; ++param) {
      caffe_blob* blobs[2];
      const float* values[2];
      int64_t count = 0;
      Must(caffe_net_layer_param(a, layer, param, &blobs[0]));
      Must(caffe_net_layer_param(b, layer, param, &blobs[1]));
      for (int i = 0; i < 2; ++i) Must(caffe_blob_diff(blobs[i], &values[i], &count));
      double scale = 1e-30, difference = 0;
      for (int64_t i = 0; i < count; ++i) {
        scale = std::max(scale, std::fabs(double(values[0][i])));
        difference = std::max(difference, std::fabs(double(values[0][i]) - values[1][i]));
      }
      largest = std::max(largest, difference / scale);
      for (caffe_blob* blob : blobs) Must(caffe_blob_destroy(blob));
    }
  }
  return largest;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr, "usage: train_bench PROTOTXT [--threads T] [--blas-threads B] [--passes P]\n");
    return 2;
  }
  int threads = 2, blas_threads = 1, passes = 11;
  for (int i = 2; i + 1 < argc; i += 2) {
    const std::string option = argv[i];
    if (option == "--threads") threads = std::atoi(argv[i + 1]);
    if (option == "--blas-threads") blas_threads = std::atoi(argv[i + 1]);
    if (option == "--passes") passes = std::atoi(argv[i + 1]);
  }
  Must(caffe_runtime_set_blas_threads(blas_threads));
  caffe_net* const caffe = Open(argv[1]);
  caffe_net* const accelerated = Open(argv[1]);
  const caffe_engine_options options = {CAFFE_ENGINE_ACCELERATED, threads, CAFFE_INSTRUCTIONS_AVX512};
  Must(caffe_engine_choose(accelerated, &options));
  float losses[2];
  Pass(caffe, &losses[0]);
  Pass(accelerated, &losses[1]);
  std::printf("losses %.7g and %.7g, gradients within %.2g\n", losses[0], losses[1],
              LargestDifference(caffe, accelerated));
  std::vector<double> slow, fast;
  for (int pass = 0; pass < passes; ++pass) {
    slow.push_back(Pass(caffe, &losses[0]));
    fast.push_back(Pass(accelerated, &losses[1]));
  }
  std::printf("forward and backward: Caffe (%d BLAS threads) %.1f ms, accelerated (%d threads) %.1f ms, %.2f times\n",
              blas_threads, Median(slow), threads, Median(fast), Median(slow) / Median(fast));
  Must(caffe_net_destroy(caffe));
  Must(caffe_net_destroy(accelerated));
  return 0;
}
