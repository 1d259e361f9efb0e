#include "check.h"
#include "support.h"

static int64_t memory_used(void) {
  int64_t bytes = -1;
  MUST(caffe_runtime_memory_used(&bytes));
  return bytes;
}

TEST(memory_used_goes_back_when_nets_and_blobs_are_destroyed) {
  const int64_t before = memory_used();
  caffe_net* net = original_net("48net");
  CHECK_OK(forward_all(net));
  CHECK_THAT(memory_used() - before > 1000000);
  CHECK_OK(caffe_net_destroy(net));
  CHECK_THAT(memory_used() == before);
  CHECK_STATUS(CAFFE_ERROR_ARGUMENT, caffe_runtime_memory_used(NULL));
}

TEST(net_that_cannot_fit_is_refused_when_it_is_made) {
  CHECK_OK(caffe_runtime_set_memory_limit(1000000));
  CHECK_FAILS(CAFFE_ERROR_OUT_OF_MEMORY, "the largest is 'data', 1 x 3 x 1000 x 1000, 12.0 MB",
              try_net_from_text("layer { name: 'i' type: 'Input' top: 'data' "
                                "input_param { shape { dim: 1 dim: 3 dim: 1000 dim: 1000 } } }"));
  caffe_error error;
  CHECK_OK(caffe_error_last(&error));
  CHECK_SAME_TEXT(error.blob, "data");
  CHECK_OK(caffe_runtime_set_memory_limit(0));
}

TEST(weights_that_cannot_fit_name_their_layer) {
  CHECK_OK(caffe_runtime_set_memory_limit(1000000));
  CHECK_FAILS(CAFFE_ERROR_OUT_OF_MEMORY, "layer 'fc' (InnerProduct): a blob requires 64.0 MB",
              try_net_from_text(SMALL_INPUT "layer { name: 'fc' type: 'InnerProduct' bottom: 'data' top: 'fc' "
                                            "inner_product_param { num_output: 1000000 } }"));
  CHECK_OK(caffe_runtime_set_memory_limit(0));
}

TEST(shape_beyond_what_a_blob_holds_is_refused) {
  CHECK_FAILS(CAFFE_ERROR_CHECK, "layer 'i' (Input): Check failed",
              try_net_from_text("layer { name: 'i' type: 'Input' top: 'data' "
                                "input_param { shape { dim: 1024 dim: 1024 dim: 1024 dim: 1024 } } }"));
}

TEST(forward_without_memory_fails_and_runs_once_there_is_some) {
  caffe_net* net = original_net("12net");
  caffe_net* fresh = original_net("12net");
  reshape_input(net, "data", 1, 3, 200, 200);
  CHECK_OK(caffe_runtime_set_memory_limit(memory_used() + 100000));
  CHECK_STATUS(CAFFE_ERROR_OUT_OF_MEMORY, forward_all(net));
  CHECK_CONTAINS(last_message(), "layer 'conv1' (Convolution): a blob requires ");
  CHECK_OK(caffe_runtime_set_memory_limit(0));
  caffe_net* const nets[] = {net, fresh};
  for (size_t i = 0; i < 2; ++i) {
    reshape_input(nets[i], "data", 1, 3, 200, 200);
    forward_filled(nets[i], "data", 4);
  }
  CHECK_THAT(same_data(net, fresh, "prob1"));
  CHECK_OK(caffe_net_destroy(fresh));
  CHECK_OK(caffe_net_destroy(net));
}

TEST(engine_without_memory_fails_and_runs_once_there_is_some) {
  const caffe_engine_options accelerated = {CAFFE_ENGINE_ACCELERATED, 2, CAFFE_INSTRUCTIONS_AVX512};
  caffe_net* const nets[] = {original_net("12net"), original_net("12net")};
  /* Caffe's own pass takes memory for the blobs. */
  reshape_input(nets[0], "data", 1, 3, 200, 200);
  forward_filled(nets[0], "data", 3);
  MUST(caffe_engine_choose(nets[0], &accelerated));
  CHECK_OK(caffe_runtime_set_memory_limit(memory_used() + 1000));
  CHECK_STATUS(CAFFE_ERROR_OUT_OF_MEMORY, forward_all(nets[0]));
  CHECK_CONTAINS(last_message(), "the accelerated engine requires ");
  CHECK_OK(caffe_runtime_set_memory_limit(0));
  MUST(caffe_engine_choose(nets[1], &accelerated));
  reshape_input(nets[1], "data", 1, 3, 200, 200);
  for (size_t i = 0; i < 2; ++i) forward_filled(nets[i], "data", 4);
  CHECK_THAT(same_data(nets[0], nets[1], "prob1"));
  for (size_t i = 0; i < 2; ++i) CHECK_OK(caffe_net_destroy(nets[i]));
}

/* 100 kB go in, 34 kB come out, and the window sees 152 MB in between. */
TEST(engine_that_trains_keeps_to_the_limit) {
  static const char text[] =
      "layer { name: 'i' type: 'Input' top: 'data' input_param { shape { dim: 1 dim: 1000 dim: 5 dim: 5 } } }"
      "layer { name: 'conv' type: 'Convolution' bottom: 'data' top: 'conv' "
      "convolution_param { pad: 31 num_output: 2 kernel_size: 3 } }";
  const caffe_engine_options accelerated = {CAFFE_ENGINE_ACCELERATED, 2, CAFFE_INSTRUCTIONS_AVX512};
  const caffe_net_options options = {.phase = CAFFE_PHASE_TRAIN};
  const int64_t before = memory_used();
  caffe_net* net = NULL;
  MUST(caffe_net_create_from_text(text, (int64_t)strlen(text), NULL, &options, &net));
  MUST(caffe_engine_choose(net, &accelerated));
  CHECK_OK(caffe_runtime_set_memory_limit(memory_used() + 1000000));
  CHECK_FAILS(CAFFE_ERROR_OUT_OF_MEMORY, "layer 'conv' (Convolution): the accelerated engine requires 152.1 MB",
              forward_all(net));
  CHECK_OK(caffe_runtime_set_memory_limit(0));
  CHECK_OK(forward_all(net));
  CHECK_THAT(memory_used() - before > 152000000);
  CHECK_OK(caffe_net_destroy(net));
  CHECK_THAT(memory_used() == before);
}

TEST(blob_without_memory_fails_and_lives) {
  const int32_t shape[] = {1000};
  const int32_t large[] = {1000, 1000};
  caffe_blob* blob = NULL;
  float* data = NULL;
  int64_t count = 0;
  CHECK_OK(caffe_blob_create(shape, 1, &blob));
  CHECK_OK(caffe_runtime_set_memory_limit(memory_used() + 100));
  CHECK_FAILS(CAFFE_ERROR_OUT_OF_MEMORY, "a blob requires 4.0 kB", caffe_blob_mutable_data(blob, &data, &count));
  CHECK_FAILS(CAFFE_ERROR_OUT_OF_MEMORY, "1000 x 1000 requires 4.0 MB", caffe_blob_reshape(blob, large, 2));
  CHECK_OK(caffe_runtime_set_memory_limit(0));
  CHECK_OK(caffe_blob_mutable_data(blob, &data, &count));
  CHECK_THAT(count == 1000 && data[999] == 0.0f);
  CHECK_OK(caffe_blob_destroy(blob));
  CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "at least 0 bytes (got -1)", caffe_runtime_set_memory_limit(-1));
}

TEST(repeated_reshapes_keep_memory_flat) {
  caffe_net* net = original_net("12net");
  long warm = 0;
  for (int i = 0; i < 600; ++i) {
    reshape_input(net, "data", 1, 3, 12 + i * 37 % 200, 12 + i * 53 % 200);
    CHECK_OK(forward_all(net));
    if (i == 250) warm = resident_kilobytes();
  }
  const long grown = resident_kilobytes() - warm;
  printf("  grown by %ld kB over 350 reshapes\n", grown);
  caffe_build_info info;
  MUST(caffe_runtime_build_info(&info));
  /* The address sanitizer keeps some of what was freed for a while. */
  CHECK_THAT(grown < (info.with_sanitizers == 1 ? 60000 : 4000));
  CHECK_OK(caffe_net_destroy(net));
}

static const struct test tests[] = {
    ENTRY(memory_used_goes_back_when_nets_and_blobs_are_destroyed),
    ENTRY(net_that_cannot_fit_is_refused_when_it_is_made),
    ENTRY(weights_that_cannot_fit_name_their_layer),
    ENTRY(shape_beyond_what_a_blob_holds_is_refused),
    ENTRY(forward_without_memory_fails_and_runs_once_there_is_some),
    ENTRY(engine_without_memory_fails_and_runs_once_there_is_some),
    ENTRY(engine_that_trains_keeps_to_the_limit),
    ENTRY(blob_without_memory_fails_and_lives),
    ENTRY(repeated_reshapes_keep_memory_flat),
};
TEST_MAIN(tests)
