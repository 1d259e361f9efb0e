// Times one forward pass of a net in either engine against the multiply-adds that a core can do, interleaved in one
// process: medians of passes, the engines and the peak taking turns.
//
//   engine_bench PROTOTXT WEIGHTS N C H W [--threads T] [--instructions 0|1|2] [--passes P] [--no-caffe]
#include <sched.h>
#include <time.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <string>
#include <thread>
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

// With one thread, what it computed: other processes may be running on this machine.
double Milliseconds(bool of_thread, const std::function<void()>& work) {
  const auto now = [of_thread] {
    timespec time;
    clock_gettime(of_thread ? CLOCK_THREAD_CPUTIME_ID : CLOCK_MONOTONIC, &time);
    return 1e3 * static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_nsec);
  };
  const double start = now();
  work();
  return now() - start;
}

double Median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

// Twelve sums that do not wait for each other: enough to hide the latency of a multiply-add. Written out, because
// compilers move them around.
void MultiplyAdd16(long steps) {
  for (long step = 0; step < steps; ++step) {
    asm volatile(".irp sum,0,1,2,3,4,5,6,7,8,9,10,11\n vfmadd231ps %%zmm12, %%zmm13, %%zmm\\sum\n .endr" ::
                     : "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7", "xmm8", "xmm9", "xmm10",
                       "xmm11");
  }
}

void MultiplyAdd8(long steps) {
  for (long step = 0; step < steps; ++step) {
    asm volatile(".irp sum,0,1,2,3,4,5,6,7,8,9,10,11\n vfmadd231ps %%ymm12, %%ymm13, %%ymm\\sum\n .endr" ::
                     : "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7", "xmm8", "xmm9", "xmm10",
                       "xmm11");
  }
}

// A product and a sum, each its own instruction.
void MultiplyAdd4(long steps) {
  for (long step = 0; step < steps; ++step) {
    asm volatile(
        ".irp sum,0,1,2,3,4,5,6,7,8,9,10,11\n movaps %%xmm12, %%xmm13\n mulps %%xmm12, %%xmm13\n"
        " addps %%xmm13, %%xmm\\sum\n .endr" ::
            : "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7", "xmm8", "xmm9", "xmm10", "xmm11",
              "xmm13");
  }
}

// Keeps the calling thread on the index-th of the processors it may use: left to the scheduler, two threads may share
// one.
void StayOnProcessor(int index, const cpu_set_t& allowed) {
  for (int processor = 0; processor < CPU_SETSIZE; ++processor) {
    if (!CPU_ISSET(processor, &allowed) || index-- > 0) continue;
    cpu_set_t one;
    CPU_ZERO(&one);
    CPU_SET(processor, &one);
    sched_setaffinity(0, sizeof(one), &one);
    return;
  }
}

double PeakGigaMultiplyAdds(int instructions, int threads) {
  constexpr long kSteps = 1000000;
  cpu_set_t allowed;
  sched_getaffinity(0, sizeof(allowed), &allowed);
  const double milliseconds = Milliseconds(threads == 1, [&] {
    std::vector<std::thread> others;
    const auto run = [&](int index) {
      if (threads > 1) StayOnProcessor(index, allowed);
      (instructions == 2 ? MultiplyAdd16 : instructions == 1 ? MultiplyAdd8 : MultiplyAdd4)(kSteps);
    };
    for (int i = 1; i < threads; ++i) others.emplace_back(run, i);
    run(0);
    for (std::thread& other : others) other.join();
  });
  sched_setaffinity(0, sizeof(allowed), &allowed);
  const int lanes = instructions == 2 ? 16 : instructions == 1 ? 8 : 4;
  return 12.0 * lanes * kSteps * threads / milliseconds / 1e6;
}

struct Net {
  caffe_net* net = nullptr;
  caffe_blob* input = nullptr;
};

Net Open(const char* prototxt, const char* weights, const int32_t* shape) {
  Net opened;
  Must(caffe_net_create_from_file(prototxt, nullptr, &opened.net));
  if (std::strcmp(weights, "-") != 0) Must(caffe_net_copy_from_file(opened.net, weights, nullptr));
  int32_t input;
  Must(caffe_net_input(opened.net, 0, &input));
  Must(caffe_net_blob(opened.net, input, &opened.input));
  Must(caffe_blob_reshape(opened.input, shape, 4));
  float* data;
  int64_t count;
  Must(caffe_blob_overwrite_data(opened.input, &data, &count));
  unsigned random = 1;
  for (int64_t i = 0; i < count; ++i) {
    random = random * 1664525u + 1013904223u;
    data[i] = static_cast<float>(random >> 8) / 8388608.0f - 1.0f;
  }
  return opened;
}

void Forward(const Net& net) {
  int32_t layers;
  Must(caffe_net_layer_count(net.net, &layers));
  Must(caffe_net_forward(net.net, 0, layers - 1, nullptr));
}

std::vector<float> Values(const Net& net, int32_t blob) {
  caffe_blob* handle;
  Must(caffe_net_blob(net.net, blob, &handle));
  const float* data;
  int64_t count;
  Must(caffe_blob_data(handle, &data, &count));
  std::vector<float> values(data, data + count);
  Must(caffe_blob_destroy(handle));
  return values;
}

double LargestDifference(const Net& a, const Net& b) {
  double largest = 0;
  int32_t outputs;
  Must(caffe_net_output_count(a.net, &outputs));
  for (int32_t i = 0; i < outputs; ++i) {
    int32_t blob;
    Must(caffe_net_output(a.net, i, &blob));
    const std::vector<float> of_a = Values(a, blob);
    const std::vector<float> of_b = Values(b, blob);
    for (std::size_t k = 0; k < of_a.size(); ++k) largest = std::max(largest, std::fabs(double(of_a[k]) - of_b[k]));
  }
  return largest;
}

// Of convolutions and inner products: taps times outputs.
double GigaMultiplyAdds(const Net& net) {
  double total = 0;
  int32_t layers;
  Must(caffe_net_layer_count(net.net, &layers));
  for (int32_t layer = 0; layer < layers; ++layer) {
    const char* type;
    Must(caffe_net_layer_type(net.net, layer, &type));
    if (std::strcmp(type, "Convolution") != 0 && std::strcmp(type, "InnerProduct") != 0) continue;
    caffe_blob* weights;
    Must(caffe_net_layer_param(net.net, layer, 0, &weights));
    int64_t count;
    int32_t shape[CAFFE_MAX_BLOB_AXES], axes, top;
    Must(caffe_blob_count(weights, &count));
    Must(caffe_blob_shape(weights, shape, CAFFE_MAX_BLOB_AXES, &axes));
    const double taps = double(count) / shape[0];
    Must(caffe_net_top(net.net, layer, 0, &top));
    caffe_blob* result;
    Must(caffe_net_blob(net.net, top, &result));
    Must(caffe_blob_count(result, &count));
    total += taps * double(count) / 1e9;
    Must(caffe_blob_destroy(result));
    Must(caffe_blob_destroy(weights));
  }
  return total;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 7) {
    std::fprintf(
        stderr,
        "usage: engine_bench PROTOTXT WEIGHTS|- N C H W [--threads T] [--instructions I] [--passes P] [--no-caffe]\n");
    return 2;
  }
  int32_t shape[4];
  for (int i = 0; i < 4; ++i) shape[i] = std::atoi(argv[3 + i]);
  int threads = 1, instructions = 2, passes = 11;
  bool with_caffe = true;
  for (int i = 7; i < argc; ++i) {
    const std::string option = argv[i];
    if (option == "--threads") threads = std::atoi(argv[++i]);
    if (option == "--instructions") instructions = std::atoi(argv[++i]);
    if (option == "--passes") passes = std::atoi(argv[++i]);
    if (option == "--no-caffe") with_caffe = false;
  }
  int32_t best;
  Must(caffe_engine_best_instruction_set(&best));
  instructions = std::min(instructions, int(best));
  Must(caffe_runtime_set_blas_threads(threads));
  const Net accelerated = Open(argv[1], argv[2], shape);
  const caffe_engine_options options = {CAFFE_ENGINE_ACCELERATED, threads, instructions};
  Must(caffe_engine_choose(accelerated.net, &options));
  Net caffe;
  if (with_caffe) {
    caffe = Open(argv[1], argv[2], shape);
    Must(caffe_net_share_with(caffe.net, accelerated.net));
  }
  std::vector<double> peaks, fast, slow;
  Forward(accelerated);
  if (with_caffe) {
    Forward(caffe);
    std::printf("largest difference %.2g\n", LargestDifference(accelerated, caffe));
  }
  for (int pass = 0; pass < passes; ++pass) {
    peaks.push_back(PeakGigaMultiplyAdds(instructions, threads));
    fast.push_back(Milliseconds(threads == 1, [&] { Forward(accelerated); }));
    if (with_caffe) slow.push_back(Milliseconds(threads == 1, [&] { Forward(caffe); }));
  }
  const double work = GigaMultiplyAdds(accelerated);
  const double limit = work / Median(peaks) * 1e3;
  std::printf("%d x %d x %d x %d, %d thread(s): peak %.1f G/s, limit %.2f ms, accelerated %.2f ms (%.2f x limit)",
              shape[0], shape[1], shape[2], shape[3], threads, Median(peaks), limit, Median(fast),
              Median(fast) / limit);
  if (with_caffe) std::printf(", Caffe %.2f ms (accelerated is %.3f of it)", Median(slow), Median(fast) / Median(slow));
  std::printf("\n");
  return 0;
}
