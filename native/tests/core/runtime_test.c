#include "check.h"
#include "support.h"

TEST(abi_version_is_the_headers) {
  int32_t version = 0;
  CHECK_OK(caffe_runtime_abi_version(&version));
  CHECK_THAT(version == CAFFESHARP_ABI_VERSION);
  CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "'version' is null", caffe_runtime_abi_version(NULL));
}

TEST(build_info_names_everything) {
  caffe_build_info info;
  CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "'info' is null", caffe_runtime_build_info(NULL));
  MUST(caffe_runtime_build_info(&info));
  CHECK_SAME_TEXT(info.caffe_version, "1.0.0");
  CHECK_THAT(strlen(info.caffe_source) > 0);
  CHECK_THAT(strlen(info.compiler) > 0);
  CHECK_CONTAINS(info.protobuf_version, ".");
  CHECK_CONTAINS(info.boost_version, "1.");
  CHECK_CONTAINS(info.hdf5_version, "1.");
  CHECK_CONTAINS(info.lmdb_version, "0.9");
  CHECK_CONTAINS(info.leveldb_version, "1.");
  CHECK_THAT(info.opencv_version != NULL);
  CHECK_THAT(strlen(info.blas) > 0);
  CHECK_THAT((info.with_cuda == 1) == (info.cuda_version > 0));
}

TEST(device_count_of_a_cpu_build_is_zero) {
  caffe_build_info info;
  int32_t count = -1;
  MUST(caffe_runtime_build_info(&info));
  CHECK_OK(caffe_runtime_device_count(&count));
  CHECK_THAT(info.with_cuda == 1 ? count >= 0 : count == 0);
  CHECK_STATUS(CAFFE_ERROR_ARGUMENT, caffe_runtime_device_count(NULL));
}

TEST(gpu_where_there_is_none_is_unsupported) {
  int32_t count = -1;
  MUST(caffe_runtime_device_count(&count));
  CHECK_FAILS(CAFFE_ERROR_UNSUPPORTED, "GPU", caffe_runtime_set_device(count));
  if (count > 0) return;
  CHECK_FAILS(CAFFE_ERROR_UNSUPPORTED, "GPU", caffe_runtime_set_mode(CAFFE_MODE_GPU));
  caffe_net_options options = {.phase = CAFFE_PHASE_TEST, .mode = CAFFE_MODE_GPU};
  caffe_net* net = NULL;
  CHECK_FAILS(CAFFE_ERROR_UNSUPPORTED, "GPU",
              caffe_net_create_from_text(SMALL_NET, sizeof(SMALL_NET) - 1, NULL, &options, &net));
  CHECK_THAT(net == NULL);
}

TEST(mode_is_what_was_set) {
  int32_t mode = -1;
  CHECK_OK(caffe_runtime_set_mode(CAFFE_MODE_CPU));
  CHECK_OK(caffe_runtime_get_mode(&mode));
  CHECK_THAT(mode == CAFFE_MODE_CPU);
  CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "mode must be 0 (CPU) or 1 (GPU), got 2", caffe_runtime_set_mode(2));
  CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "mode must be 0 (CPU) or 1 (GPU), got -1", caffe_runtime_set_mode(-1));
  CHECK_STATUS(CAFFE_ERROR_ARGUMENT, caffe_runtime_get_mode(NULL));
}

TEST(random_seed_of_the_thread_repeats_the_fillers) {
  caffe_net* nets[2];
  for (int i = 0; i < 2; ++i) {
    CHECK_OK(caffe_runtime_set_random_seed(7));
    nets[i] = net_from_text(SMALL_NET);
    forward_filled(nets[i], "data", 1);
  }
  CHECK_THAT(same_data(nets[0], nets[1], "conv"));
  for (int i = 0; i < 2; ++i) CHECK_OK(caffe_net_destroy(nets[i]));
}

TEST(layer_types_are_sorted_and_complete) {
  int32_t count = 0;
  MUST(caffe_runtime_layer_type_count(&count));
  CHECK_THAT(count >= 60);
  const char* previous = "";
  bool has_convolution = false;
  for (int32_t i = 0; i < count; ++i) {
    const char* type = NULL;
    MUST(caffe_runtime_layer_type(i, &type));
    CHECK_THAT(strcmp(previous, type) < 0);
    has_convolution = has_convolution || strcmp(type, "Convolution") == 0;
    previous = type;
  }
  CHECK_THAT(has_convolution);
  const char* type = NULL;
  CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "out of range", caffe_runtime_layer_type(count, &type));
  CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "out of range", caffe_runtime_layer_type(-1, &type));
  CHECK_STATUS(CAFFE_ERROR_ARGUMENT, caffe_runtime_layer_type(0, NULL));
  CHECK_STATUS(CAFFE_ERROR_ARGUMENT, caffe_runtime_layer_type_count(NULL));
}

TEST(blas_threads_are_what_was_set) {
  int32_t before = 0;
  MUST(caffe_runtime_get_blas_threads(&before));
  CHECK_THAT(before >= 1);
  CHECK_OK(caffe_runtime_set_blas_threads(1));
  int32_t threads = 0;
  CHECK_OK(caffe_runtime_get_blas_threads(&threads));
  CHECK_THAT(threads == 1);
  CHECK_OK(caffe_runtime_set_blas_threads(before));
  CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "at least 1", caffe_runtime_set_blas_threads(-3));
  CHECK_STATUS(CAFFE_ERROR_ARGUMENT, caffe_runtime_get_blas_threads(NULL));
}

struct heard {
  int lines[3];
  bool named_file;
  bool created_conv;
};

static void hear(int32_t severity, const char* file, int32_t line, const char* message, void* user_data) {
  struct heard* heard = user_data;
  ++heard->lines[severity];
  if (strstr(file, "src/caffe/") == file && line > 0) heard->named_file = true;
  if (strcmp(message, "Creating Layer conv") == 0) heard->created_conv = true;
}

TEST(log_callback_hears_caffe_at_and_above_its_severity) {
  struct heard heard = {.lines = {0}};
  CHECK_OK(caffe_runtime_set_log_callback(hear, &heard, CAFFE_LOG_INFO));
  CHECK_OK(try_net_from_text(SMALL_NET));
  CHECK_THAT(heard.lines[CAFFE_LOG_INFO] > 5);
  CHECK_THAT(heard.named_file);
  CHECK_THAT(heard.created_conv);

  struct heard warnings = {.lines = {0}};
  CHECK_OK(caffe_runtime_set_log_callback(hear, &warnings, CAFFE_LOG_WARNING));
  CHECK_OK(try_net_from_text(SMALL_NET "layer { name: 'conv' type: 'ReLU' bottom: 'conv' top: 'conv' }"));
  CHECK_THAT(warnings.lines[CAFFE_LOG_INFO] == 0);
  CHECK_THAT(warnings.lines[CAFFE_LOG_WARNING] == 1);

  struct heard nothing = {.lines = {0}};
  CHECK_OK(caffe_runtime_set_log_callback(hear, &nothing, CAFFE_LOG_NONE));
  CHECK_OK(try_net_from_text(SMALL_NET));
  CHECK_OK(caffe_runtime_set_log_callback(NULL, NULL, CAFFE_LOG_INFO));
  CHECK_OK(try_net_from_text(SMALL_NET));
  CHECK_THAT(nothing.lines[0] + nothing.lines[1] + nothing.lines[2] == 0);
  CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "or 3 (none), got 4", caffe_runtime_set_log_callback(hear, &nothing, 4));
  CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "or 3 (none), got -1", caffe_runtime_set_log_callback(hear, &nothing, -1));
}

static void hear_protobuf(int32_t severity, const char* file, int32_t line, const char* text, void* user_data) {
  (void)file;
  (void)line;
  if (severity == CAFFE_LOG_ERROR && strstr(text, "protobuf: ") == text) ++*(int*)user_data;
}

TEST(log_callback_hears_protobuf) {
  int lines = 0;
  CHECK_OK(caffe_runtime_set_log_callback(hear_protobuf, &lines, CAFFE_LOG_INFO));
  caffe_message* clip = NULL;
  // Both of its fields are required.
  CHECK_FAILS(CAFFE_ERROR_FORMAT, "ClipParameter",
              caffe_message_parse_bytes("ClipParameter", "", 0, "empty.binaryproto", &clip));
  CHECK_THAT(lines == 1);
  CHECK_OK(caffe_runtime_set_log_callback(NULL, NULL, CAFFE_LOG_NONE));
}

static const struct test tests[] = {
    ENTRY(abi_version_is_the_headers),
    ENTRY(build_info_names_everything),
    ENTRY(device_count_of_a_cpu_build_is_zero),
    ENTRY(gpu_where_there_is_none_is_unsupported),
    ENTRY(mode_is_what_was_set),
    ENTRY(random_seed_of_the_thread_repeats_the_fillers),
    ENTRY(layer_types_are_sorted_and_complete),
    ENTRY(blas_threads_are_what_was_set),
    ENTRY(log_callback_hears_caffe_at_and_above_its_severity),
    ENTRY(log_callback_hears_protobuf),
};
TEST_MAIN(tests)
