#include <pthread.h>

#include "check.h"
#include "support.h"

TEST(last_error_before_any_failure_is_ok_and_empty) {
  caffe_error error;
  CHECK_OK(caffe_error_last(&error));
  CHECK_THAT(error.status == CAFFE_OK);
  CHECK_SAME_TEXT(error.message, "");
  CHECK_SAME_TEXT(error.layer, "");
  CHECK_SAME_TEXT(error.blob, "");
  CHECK_SAME_TEXT(error.path, "");
  CHECK_SAME_TEXT(error.source_file, "");
}

TEST(last_error_when_asked_with_null_keeps_the_failure) {
  CHECK_STATUS(CAFFE_ERROR_ARGUMENT, caffe_runtime_abi_version(NULL));
  CHECK_STATUS(CAFFE_ERROR_ARGUMENT, caffe_error_last(NULL));
  CHECK_CONTAINS(last_message(), "'version' is null");
}

TEST(last_error_of_a_typo_has_path_line_and_column) {
  static const char text[] = SMALL_INPUT "layer { name: 'conv' tipe: 'Convolution' }\n";
  caffe_net* net = NULL;
  CHECK_STATUS(CAFFE_ERROR_FORMAT, caffe_net_create_from_text(text, sizeof(text) - 1, "typo.prototxt", NULL, &net));
  CHECK_THAT(net == NULL);
  caffe_error error;
  CHECK_OK(caffe_error_last(&error));
  CHECK_THAT(error.status == CAFFE_ERROR_FORMAT);
  CHECK_SAME_TEXT(error.path, "typo.prototxt");
  CHECK_THAT(error.path_line == 3);
  CHECK_THAT(error.path_column == 22);
  CHECK_CONTAINS(error.message, "typo.prototxt:3:22: ");
  CHECK_CONTAINS(error.message, "did you mean 'type'?");
  CHECK_CONTAINS(error.source_file, "native/src/");
  CHECK_THAT(error.source_line > 0);
}

TEST(last_error_of_a_failed_check_has_layer_line_and_place_in_caffe) {
  static const char text[] = SMALL_INPUT
      "layer { name: 'conv' type: 'Convolution' bottom: 'data' top: 'conv'\n"
      "        convolution_param { num_output: 2 kernel_size: 30 } }\n";
  caffe_net* net = NULL;
  CHECK_STATUS(CAFFE_ERROR_CHECK, caffe_net_create_from_text(text, sizeof(text) - 1, NULL, NULL, &net));
  caffe_error error;
  CHECK_OK(caffe_error_last(&error));
  CHECK_SAME_TEXT(error.layer, "conv");
  CHECK_THAT(error.path_line == 3);
  CHECK_CONTAINS(error.message, "<text>:3: layer 'conv' (Convolution): Check failed: ");
  CHECK_SAME_TEXT(error.source_file, "src/caffe/blob.cpp");
  CHECK_THAT(error.source_line > 0);
}

static void* fail_on_another_thread(void* message) {
  caffe_error error;
  caffe_error_last(&error);
  *(bool*)message = error.status == CAFFE_OK;
  CHECK_STATUS(CAFFE_ERROR_ARGUMENT, caffe_runtime_set_mode(17));
  return NULL;
}

TEST(last_error_belongs_to_its_thread) {
  CHECK_STATUS(CAFFE_ERROR_ARGUMENT, caffe_runtime_abi_version(NULL));
  bool clean = false;
  pthread_t thread;
  CHECK_THAT(pthread_create(&thread, NULL, fail_on_another_thread, &clean) == 0);
  CHECK_THAT(pthread_join(thread, NULL) == 0);
  CHECK_THAT(clean);
  CHECK_CONTAINS(last_message(), "'version' is null");
}

TEST(last_error_survives_calls_that_succeed) {
  int32_t version = 0;
  CHECK_STATUS(CAFFE_ERROR_ARGUMENT, caffe_runtime_set_blas_threads(0));
  CHECK_OK(caffe_runtime_abi_version(&version));
  CHECK_CONTAINS(last_message(), "the BLAS requires at least 1 thread (got 0)");
}

TEST(nearest_name_is_the_closest_candidate_and_minus_one_if_none_is_close) {
  const char* const names[] = {"data", "conv1", "prob1"};
  int32_t index = 7;
  CHECK_OK(caffe_error_nearest_name("porb1", names, 3, &index));
  CHECK_THAT(index == 2);
  CHECK_OK(caffe_error_nearest_name("DATA", names, 3, &index));
  CHECK_THAT(index == 0);
  CHECK_OK(caffe_error_nearest_name("something else", names, 3, &index));
  CHECK_THAT(index == -1);
  CHECK_OK(caffe_error_nearest_name("data", names, 0, &index));
  CHECK_THAT(index == -1);
  CHECK_STATUS(CAFFE_ERROR_ARGUMENT, caffe_error_nearest_name(NULL, names, 3, &index));
}

static const struct test tests[] = {
    ENTRY(last_error_before_any_failure_is_ok_and_empty),
    ENTRY(last_error_when_asked_with_null_keeps_the_failure),
    ENTRY(last_error_of_a_typo_has_path_line_and_column),
    ENTRY(last_error_of_a_failed_check_has_layer_line_and_place_in_caffe),
    ENTRY(last_error_belongs_to_its_thread),
    ENTRY(last_error_survives_calls_that_succeed),
    ENTRY(nearest_name_is_the_closest_candidate_and_minus_one_if_none_is_close),
};
TEST_MAIN(tests)
