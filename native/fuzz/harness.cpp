#include "harness.h"

#include <stdlib.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <vector>

#include "jpeg_codec.h"

namespace caffesharp::fuzz {
namespace {

constexpr int kInputsBetweenCanaries = 1000;
// What a net of an input may hold: enough for any layer, too little for a run that takes seconds.
constexpr std::int64_t kMemoryLimit = 256 * 1024;

std::int64_t memory_before = 0;
std::vector<float> numbers_before;
std::string folder;

[[noreturn]] void Fail(const std::string& what) {
  std::fprintf(stderr, "fuzzing: %s\n", what.c_str());
  std::abort();
}

std::int64_t MemoryUsed() {
  std::int64_t bytes = 0;
  Must(caffe_runtime_memory_used(&bytes));
  return bytes;
}

void Fill(caffe_blob* blob, float scale) {
  float* data = nullptr;
  std::int64_t count = 0;
  if (!Succeeded(caffe_blob_mutable_data(blob, &data, &count))) return;
  for (std::int64_t i = 0; i < count; ++i) data[i] = static_cast<float>(i * 5 % 7 - 2) * scale;
}

void FillInputs(caffe_net* net, float scale) {
  std::int32_t count = 0;
  Must(caffe_net_input_count(net, &count));
  for (std::int32_t i = 0; i < count; ++i) {
    std::int32_t index = 0;
    caffe_blob* blob = nullptr;
    Must(caffe_net_input(net, i, &index));
    Must(caffe_net_blob(net, index, &blob));
    Fill(blob, scale);
    Must(caffe_blob_destroy(blob));
  }
}

void AppendOutputs(caffe_net* net, std::vector<float>* numbers) {
  std::int32_t count = 0;
  Must(caffe_net_output_count(net, &count));
  for (std::int32_t i = 0; i < count; ++i) {
    std::int32_t index = 0;
    caffe_blob* blob = nullptr;
    const float* data = nullptr;
    std::int64_t values = 0;
    Must(caffe_net_output(net, i, &index));
    Must(caffe_net_blob(net, index, &blob));
    Must(caffe_blob_data(blob, &data, &values));
    numbers->insert(numbers->end(), data, data + values);
    Must(caffe_blob_destroy(blob));
  }
}

// What the detector's first net says of one image, run by Caffe and by the accelerated engine.
std::vector<float> DetectorsNumbers() {
  Must(caffe_runtime_set_memory_limit(0));
  std::vector<float> numbers;
  for (const std::int32_t engine : {CAFFE_ENGINE_CAFFE, CAFFE_ENGINE_ACCELERATED}) {
    caffe_net* net = nullptr;
    std::int32_t layers = 0;
    const caffe_engine_options options = {engine, 1, CAFFE_INSTRUCTIONS_AVX512};
    Must(caffe_net_create_from_file(REPOSITORY "/prototxt/12net.prototxt", nullptr, &net));
    Must(caffe_net_copy_from_file(net, REPOSITORY "/models/12net.caffemodel", nullptr));
    Must(caffe_engine_choose(net, &options));
    Must(caffe_net_layer_count(net, &layers));
    FillInputs(net, 0.25f);
    Must(caffe_net_forward(net, 0, layers - 1, nullptr));
    AppendOutputs(net, &numbers);
    Must(caffe_net_destroy(net));
  }
  Must(caffe_runtime_set_memory_limit(kMemoryLimit));
  return numbers;
}

void CheckDetector() {
  const std::vector<float> numbers = DetectorsNumbers();
  if (numbers.size() != numbers_before.size() ||
      std::memcmp(numbers.data(), numbers_before.data(), numbers.size() * sizeof(float)) != 0) {
    Fail("the detector's net no longer gives the numbers that it gave before the first input");
  }
}

void AtEnd() {
  CheckDetector();
  std::fprintf(stderr, "fuzzing: the detector's net gives the same %zu numbers as before the first input\n",
               numbers_before.size());
  std::error_code ignored;
  std::filesystem::current_path("/", ignored);
  std::filesystem::remove_all(folder, ignored);
}

}  // namespace

bool Succeeded(caffe_status status) {
  if (status == CAFFE_OK) return true;
  caffe_error error;
  if (caffe_error_last(&error) != CAFFE_OK || error.status != status || *error.message == '\0') {
    Fail("a call failed without a message");
  }
  if (std::getenv("FUZZ_VERBOSE") != nullptr) std::fprintf(stderr, "status %d: %s\n", status, error.message);
  return false;
}

void Must(caffe_status status) {
  if (status == CAFFE_OK) return;
  caffe_error error;
  caffe_error_last(&error);
  Fail(std::string("what must succeed failed: ") + error.message);
}

void WriteFile(const char* name, const std::uint8_t* bytes, std::size_t length) {
  std::ofstream file(name, std::ios::binary | std::ios::trunc);
  file.write(reinterpret_cast<const char*>(bytes), static_cast<std::streamsize>(length));
  if (!file.flush()) Fail(std::string("cannot write ") + name);
}

void RunAndDestroy(caffe_net* net, bool backward) {
  std::int32_t layers = 0;
  FillInputs(net, 1);
  Must(caffe_net_layer_count(net, &layers));
  Succeeded(caffe_net_forward(net, 0, layers - 1, nullptr));
  // Also after a pass that failed.
  if (backward) Succeeded(caffe_net_backward(net, layers - 1, 0));
  Must(caffe_net_destroy(net));
}

std::string WithoutPaths(const std::uint8_t* bytes, std::size_t length) {
  std::string text(reinterpret_cast<const char*>(bytes), length);
  std::replace(text.begin(), text.end(), '/', '_');
  return text;
}

}  // namespace caffesharp::fuzz

extern "C" int LLVMFuzzerInitialize(int*, char***) {
  using namespace caffesharp::fuzz;
  folder = (std::filesystem::temp_directory_path() / "fuzz-XXXXXX").string();
  if (mkdtemp(folder.data()) == nullptr || chdir(folder.c_str()) != 0) Fail("cannot make a temporary folder");
  Must(set_jpeg_codec());
  Must(caffe_runtime_set_blas_threads(1));
  numbers_before = DetectorsNumbers();
  memory_before = MemoryUsed();
  std::atexit(&AtEnd);
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t length) {
  using namespace caffesharp::fuzz;
  static int inputs = 0;
  TryInput(bytes, length);
  if (MemoryUsed() != memory_before) {
    Fail("blobs stay behind: " + std::to_string(MemoryUsed() - memory_before) + " bytes");
  }
  if (++inputs % kInputsBetweenCanaries == 0) CheckDetector();
  return 0;
}
