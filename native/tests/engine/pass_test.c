/* What an accelerated pass leaves: the same values and gradients as a pass of the original engine, whatever was run,
 * written and reshaped before and after it. */
#include "check.h"
#include "support.h"

#define INPUT(shape) "layer { name: 'in' type: 'Input' top: 'data' input_param { shape { " shape " } } }\n"
#define LAYER(name, type, bottom, parameters) \
  "layer { name: '" name "' type: '" type "' bottom: '" bottom "' top: '" name "' " parameters " }\n"
#define CONVOLUTION(name, bottom, parameters) \
  LAYER(name, "Convolution", bottom, "convolution_param { weight_filler { type: 'gaussian' std: 0.3 } " parameters " }")
#define POOLING(name, bottom, parameters) LAYER(name, "Pooling", bottom, "pooling_param { " parameters " }")

struct pair {
  caffe_net* fast;
  caffe_net* reference;
};

static struct pair make_pair(const char* text, int32_t instruction_set, int32_t threads) {
  const caffe_net_options options = {.phase = CAFFE_PHASE_TEST, .has_seed = 1, .seed = 3};
  const caffe_engine_options engine = {CAFFE_ENGINE_ACCELERATED, threads, instruction_set};
  struct pair pair = {NULL, NULL};
  MUST(caffe_net_create_from_text(text, (int64_t)strlen(text), NULL, &options, &pair.reference));
  MUST(caffe_net_create_from_text(text, (int64_t)strlen(text), NULL, &options, &pair.fast));
  MUST(caffe_net_share_with(pair.fast, pair.reference));
  MUST(caffe_engine_choose(pair.fast, &engine));
  return pair;
}

static void destroy_pair(struct pair pair) {
  CHECK_OK(caffe_net_destroy(pair.fast));
  CHECK_OK(caffe_net_destroy(pair.reference));
}

static caffe_net* net_of(struct pair pair, int which) { return which == 0 ? pair.fast : pair.reference; }

/* Runs the statement for each of the two nets, as net. */
#define FOR_BOTH(pair, statement)               \
  for (int which = 0; which < 2; ++which) {     \
    caffe_net* const net = net_of(pair, which); \
    statement;                                  \
  }

static void fill(caffe_net* net, const char* name, uint32_t seed) {
  caffe_blob* blob = blob_by_name(net, name);
  fill_blob(blob, seed);
  CHECK_OK(caffe_blob_destroy(blob));
}

static void set_all(caffe_net* net, const char* name, float value) {
  caffe_blob* blob = blob_by_name(net, name);
  float* data = NULL;
  int64_t count = 0;
  MUST(caffe_blob_mutable_data(blob, &data, &count));
  for (int64_t i = 0; i < count; ++i) data[i] = value;
  CHECK_OK(caffe_blob_destroy(blob));
}

static const float* diff_of(caffe_blob* blob, int64_t* count) {
  const float* diff = NULL;
  MUST(caffe_blob_diff(blob, &diff, count));
  return diff;
}

static void check_values(const char* name, const float* values, const float* expected, int64_t count) {
  double largest = 1;
  double difference = 0;
  for (int64_t i = 0; i < count; ++i) {
    if (isnan(values[i]) && isnan(expected[i])) continue;
    if (values[i] == expected[i]) continue;
    largest = fmax(largest, fabs((double)expected[i]));
    const double here = fabs((double)values[i] - (double)expected[i]);
    if (!(here <= difference)) difference = here;
  }
  if (difference <= 2e-5 * largest) return;
  fprintf(stderr, "'%s' differs by %g\n", name, difference);
  ++check_failures;
}

static void check_blob(struct pair pair, const char* name) {
  int64_t count = 0;
  int64_t reference_count = 0;
  float* const values = copy_data(pair.fast, name, &count);
  float* const expected = copy_data(pair.reference, name, &reference_count);
  CHECK_THAT(count == reference_count);
  if (count == reference_count) check_values(name, values, expected, count);
  free(values);
  free(expected);
}

static void check_all(struct pair pair) {
  int32_t count = 0;
  MUST(caffe_net_blob_count(pair.reference, &count));
  for (int32_t i = 0; i < count; ++i) {
    const char* name = NULL;
    MUST(caffe_net_blob_name(pair.reference, i, &name));
    check_blob(pair, name);
  }
}

static void check_diff(caffe_blob* fast, caffe_blob* reference, const char* name) {
  int64_t count = 0;
  int64_t reference_count = 0;
  const float* const values = diff_of(fast, &count);
  const float* const expected = diff_of(reference, &reference_count);
  CHECK_THAT(count == reference_count);
  if (count == reference_count) check_values(name, values, expected, count);
  CHECK_OK(caffe_blob_destroy(fast));
  CHECK_OK(caffe_blob_destroy(reference));
}

/* Gradients of all parameters. */
static void check_diffs(struct pair pair) {
  int32_t layers = 0;
  MUST(caffe_net_layer_count(pair.reference, &layers));
  for (int32_t layer = 0; layer < layers; ++layer) {
    int32_t parameters = 0;
    const char* name = NULL;
    MUST(caffe_net_layer_name(pair.reference, layer, &name));
    MUST(caffe_net_layer_param_count(pair.reference, layer, &parameters));
    for (int32_t i = 0; i < parameters; ++i) {
      caffe_blob* blobs[2] = {NULL, NULL};
      FOR_BOTH(pair, MUST(caffe_net_layer_param(net, layer, i, &blobs[which])))
      check_diff(blobs[0], blobs[1], name);
    }
  }
}

static void clear_diffs(caffe_net* net) { MUST(caffe_net_clear_param_diffs(net)); }

static void set_top_diff(caffe_net* net, const char* name) {
  caffe_blob* blob = blob_by_name(net, name);
  float* diff = NULL;
  int64_t count = 0;
  MUST(caffe_blob_mutable_diff(blob, &diff, &count));
  for (int64_t i = 0; i < count; ++i) diff[i] = (float)(i % 7) - 3;
  CHECK_OK(caffe_blob_destroy(blob));
}

static void backward_all(caffe_net* net) {
  int32_t layers = 0;
  MUST(caffe_net_layer_count(net, &layers));
  CHECK_OK(caffe_net_backward(net, layers - 1, 0));
}

/* A pass of a large input of NaN, then one of a small input: whatever the second reads of the first shows. */
TEST(windows_that_reach_past_the_padding_read_zeros) {
  static const char* const texts[] = {
      INPUT("dim: 1 dim: 1 dim: 2 dim: 2") CONVOLUTION("one", "data", "num_output: 1 kernel_size: 1")
          CONVOLUTION("two", "one", "num_output: 1 kernel_size: 3 stride: 2"),
      INPUT("dim: 1 dim: 1 dim: 4 dim: 4") CONVOLUTION("one", "data", "num_output: 9 kernel_size: 3 stride: 2 pad: 1")
          CONVOLUTION("two", "one", "num_output: 3 kernel_size: 3 stride: 2"),
      INPUT("dim: 1 dim: 1 dim: 4 dim: 4") POOLING("one", "data", "pool: MAX kernel_size: 3 stride: 2")
          CONVOLUTION("two", "one", "num_output: 3 kernel_size: 5 stride: 4"),
      INPUT("dim: 1 dim: 1 dim: 4 dim: 2") CONVOLUTION("one", "data", "num_output: 3 kernel_size: 1")
          CONVOLUTION("two", "one", "num_output: 3 kernel_h: 3 kernel_w: 3 stride_h: 1 stride_w: 2"),
      INPUT("dim: 1 dim: 1 dim: 2 dim: 4") CONVOLUTION("one", "data", "num_output: 3 kernel_size: 1")
          CONVOLUTION("two", "one", "num_output: 3 kernel_h: 3 kernel_w: 3 stride_h: 2 stride_w: 1"),
      INPUT("dim: 1 dim: 1 dim: 4 dim: 4") CONVOLUTION("one", "data", "num_output: 3 kernel_size: 1")
          POOLING("two", "one", "pool: AVE kernel_size: 3 stride: 2 pad: 1"),
      INPUT("dim: 1 dim: 1 dim: 4 dim: 4") CONVOLUTION("one", "data", "num_output: 3 kernel_size: 1")
          POOLING("two", "one", "pool: MAX kernel_size: 3 stride: 3 pad: 1")};
  static const int32_t sizes[][2] = {{2, 2}, {4, 4}, {4, 4}, {4, 2}, {2, 4}, {4, 4}, {5, 5}};
  for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); ++i) {
    for (int32_t set = 0; set <= 2; ++set) {
      const struct pair pair = make_pair(texts[i], set, 2);
      for (int32_t batch = 1; batch <= 9; batch += 8) {
        FOR_BOTH(pair, {
          reshape_input(net, "data", batch, 1, 40, 40);
          set_all(net, "data", which == 0 ? NAN : 1);
          CHECK_OK(forward_all(net));
          reshape_input(net, "data", batch, 1, sizes[i][0], sizes[i][1]);
          forward_filled(net, "data", 5);
        })
        check_all(pair);
      }
      destroy_pair(pair);
    }
  }
}

TEST(not_a_number_and_negative_zero_are_as_in_the_original) {
  static const char text[] = INPUT("dim: 1 dim: 1 dim: 2 dim: 2")
      POOLING("max", "data", "pool: MAX kernel_size: 2") LAYER("relu", "ReLU", "data", "") LAYER(
          "prelu", "PReLU", "data", "") "layer { name: 'larger' type: 'Eltwise' bottom: 'data' bottom: 'relu' bottom: "
                                        "'prelu' top: 'larger' eltwise_param { operation: MAX } }\n";
  static const float numbers[][4] = {{NAN, NAN, 9, 10}, {9, NAN, NAN, -1}, {NAN, NAN, NAN, NAN}, {-3, -0.5f, 0, 2}};
  for (int32_t set = 0; set <= 2; ++set) {
    const struct pair pair = make_pair(text, set, 1);
    for (int32_t batch = 1; batch <= 9; batch += 8) {
      for (size_t i = 0; i < 4; ++i) {
        FOR_BOTH(pair, {
          reshape_input(net, "data", batch, 1, 2, 2);
          caffe_blob* blob = blob_by_name(net, "data");
          float* data = NULL;
          int64_t count = 0;
          MUST(caffe_blob_mutable_data(blob, &data, &count));
          for (int64_t k = 0; k < count; ++k) data[k] = numbers[i][k % 4];
          CHECK_OK(caffe_blob_destroy(blob));
          CHECK_OK(forward_all(net));
        })
        check_all(pair);
        int64_t count = 0;
        float* const values = copy_data(pair.fast, "relu", &count);
        for (int64_t k = 0; k < count; ++k) CHECK_THAT(values[k] != 0 || !signbit(values[k]));
        free(values);
      }
    }
    destroy_pair(pair);
  }
}

TEST(sum_in_place_is_the_originals) {
  static const char text[] =
      INPUT("dim: 2 dim: 3 dim: 4 dim: 5") CONVOLUTION("a", "data", "num_output: 3 kernel_size: 1")
          CONVOLUTION("b", "data", "num_output: 3 kernel_size: 1") "layer { name: 'sum' type: 'Eltwise' bottom: 'a' "
                                                                   "bottom: 'b' top: 'a' }\n";
  const struct pair pair = make_pair(text, 2, 2);
  FOR_BOTH(pair, forward_filled(net, "data", 3))
  check_all(pair);
  destroy_pair(pair);
}

#define DEEP_NET \
  "force_backward: true\n" INPUT("dim: 2 dim: 3 dim: 11 dim: 12")                                                      \
      CONVOLUTION("c1", "data",                                                                                        \
                  "num_output: 8 kernel_size: 3") "layer { name: 'r1' type: 'ReLU' bottom: 'c1' top: 'c1' "            \
                                                  "}\n" POOLING("p1", "c1", "kernel_size: 2 stride: 2")                \
                                                      CONVOLUTION("c2", "p1", "num_output: 6 kernel_size: 3")          \
                                                          LAYER("r2", "PReLU", "c2", "") LAYER("lrn", "LRN", "r2", "") \
                                                              CONVOLUTION("c3", "lrn", "num_output: 4 kernel_size: 1") \
                                                                  LAYER("flat", "Flatten", "c3", "") LAYER(            \
                                                                      "ip", "InnerProduct", "flat",                    \
                                                                      "inner_product_param { num_output: 5 "           \
                                                                      "weight_filler { type: 'gaussian' std: 0.1 } }") \
                                                                      LAYER("prob", "Softmax", "ip", "")

TEST(blobs_read_after_the_next_input_was_written_are_of_the_last_pass) {
  static const char* const blobs[] = {"c1", "p1", "c2", "r2", "lrn", "c3", "flat", "ip", "prob"};
  for (size_t i = 0; i < sizeof(blobs) / sizeof(blobs[0]); ++i) {
    const struct pair pair = make_pair(DEEP_NET, 2, 2);
    FOR_BOTH(pair, {
      forward_filled(net, "data", 3);
      fill(net, "data", 4);
    })
    check_blob(pair, blobs[i]);
    check_all(pair);
    FOR_BOTH(pair, {
      CHECK_OK(forward_all(net));
      fill(net, "data", 5);
      fill(net, "lrn", 6);
    })
    check_all(pair);
    destroy_pair(pair);
  }
}

/* The pointer is valid until the blob is reshaped: it is written without another call. */
TEST(input_may_be_written_through_a_pointer_of_before_the_pass) {
  const struct pair pair = make_pair(DEEP_NET, 2, 2);
  FOR_BOTH(pair, {
    caffe_blob* blob = blob_by_name(net, "data");
    float* data = NULL;
    int64_t count = 0;
    MUST(caffe_blob_mutable_data(blob, &data, &count));
    for (int pass = 0; pass < 3; ++pass) {
      for (int64_t i = 0; i < count; ++i) data[i] = (float)((i * 7 + pass) % 11) - 5;
      CHECK_OK(forward_all(net));
    }
    for (int64_t i = 0; i < count; ++i) data[i] = 100;
    CHECK_OK(caffe_blob_destroy(blob));
  })
  check_all(pair);
  destroy_pair(pair);
}

TEST(input_that_was_reshaped_leaves_the_last_passs_blobs) {
  const struct pair pair = make_pair(DEEP_NET, 2, 2);
  FOR_BOTH(pair, {
    forward_filled(net, "data", 3);
    reshape_input(net, "data", 9, 3, 11, 12);
    fill(net, "data", 4);
  })
  check_all(pair);
  FOR_BOTH(pair, {
    CHECK_OK(forward_all(net));
    reshape_input(net, "data", 2, 3, 11, 12);
    fill(net, "data", 5);
  })
  check_all(pair);
  destroy_pair(pair);
}

TEST(partial_pass_starts_from_what_the_last_pass_gave) {
  static const char* const layers[] = {"r1", "p1", "c2", "r2", "lrn", "c3", "flat", "ip", "prob"};
  for (size_t i = 0; i < sizeof(layers) / sizeof(layers[0]); ++i) {
    for (int through = 0; through < 2; ++through) {
      const struct pair pair = make_pair(DEEP_NET, 2, 2);
      FOR_BOTH(pair, {
        int32_t count = 0;
        MUST(caffe_net_layer_count(net, &count));
        forward_filled(net, "data", 3);
        fill(net, "data", 4);
        const int32_t layer = layer_by_name(net, layers[i]);
        CHECK_OK(caffe_net_forward(net, layer, through ? count - 1 : layer, NULL));
        set_top_diff(net, "prob");
        clear_diffs(net);
        backward_all(net);
      })
      check_all(pair);
      check_diffs(pair);
      destroy_pair(pair);
    }
  }
}

TEST(gradients_are_those_of_the_last_pass) {
  for (int partly = 0; partly < 2; ++partly) {
    const struct pair pair = make_pair(DEEP_NET, 2, 2);
    FOR_BOTH(pair, {
      forward_filled(net, "data", 3);
      fill(net, "data", 4);
      if (partly) fill(net, "c2", 8);
      set_top_diff(net, "prob");
      clear_diffs(net);
      backward_all(net);
    })
    check_diffs(pair);
    check_all(pair);
    destroy_pair(pair);
  }
}

/* Each pass takes the next batch, draws noise, and moves statistics on: none of it may happen in a backward pass. */
TEST(backward_neither_reads_the_next_batch_nor_moves_statistics) {
  static const char text[] =
      "force_backward: true\n"
      "layer { name: 'in' type: 'DummyData' top: 'data' dummy_data_param { shape { dim: 3 dim: 2 dim: 6 dim: 6 }\n"
      "        data_filler { type: 'gaussian' std: 1 } } }\n" CONVOLUTION("c1", "data", "num_output: 4 kernel_size: 3")
          LAYER("moved", "BatchNorm", "c1", "batch_norm_param { use_global_stats: false }")
              LAYER("r1", "ReLU", "moved", "") LAYER("flat", "Flatten", "r1", "")
                  LAYER("ip", "InnerProduct", "flat",
                        "inner_product_param { num_output: 5 weight_filler { type: 'gaussian' std: 0.1 } }");
  const struct pair pair = make_pair(text, 2, 2);
  for (int pass = 0; pass < 3; ++pass) {
    FOR_BOTH(pair, {
      CHECK_OK(forward_all(net));
      set_top_diff(net, "ip");
      clear_diffs(net);
      backward_all(net);
    })
    check_all(pair);
    check_diffs(pair);
  }
  destroy_pair(pair);
}

TEST(data_arrays_of_the_last_pass_are_kept) {
  static const char text[] =
      "force_backward: true\n"
      "layer { name: 'in' type: 'MemoryData' top: 'data' top: 'label' memory_data_param { batch_size: 2 channels: 1\n"
      "        height: 5 width: 6 } }\n"
      "layer { name: 'quiet' type: 'Silence' bottom: 'label' }\n" CONVOLUTION(
          "c1", "data", "num_output: 4 kernel_size: 3") LAYER("r1", "ReLU", "c1", "");
  const struct pair pair = make_pair(text, 2, 2);
  float data[6 * 30];
  float labels[6];
  for (int pass = 0; pass < 3; ++pass) {
    for (int i = 0; i < 6 * 30; ++i) data[i] = (float)((i * (7 + pass)) % 13) - 6;
    for (int i = 0; i < 6; ++i) labels[i] = (float)i;
    FOR_BOTH(pair, {
      MUST(caffe_net_set_input_arrays(net, 0, data, 6 * 30, labels, 6));
      CHECK_OK(forward_all(net));
      /* The next batch, which the layers after it are not run with. */
      CHECK_OK(caffe_net_forward(net, 0, 0, NULL));
      set_top_diff(net, "r1");
      clear_diffs(net);
      backward_all(net);
    })
    check_all(pair);
    check_diffs(pair);
  }
  destroy_pair(pair);
}

TEST(views_show_the_blob_that_they_are_of) {
  static const char text[] =
      INPUT("dim: 2 dim: 3 dim: 4 dim: 5") CONVOLUTION("a", "data", "num_output: 3 kernel_size: 1")
          LAYER("flat", "Flatten", "a", "") "layer { name: 'r' type: 'ReLU' bottom: 'flat' top: 'flat' }\n" LAYER(
              "b", "Convolution", "a", "convolution_param { num_output: 2 kernel_size: 1 }")
              LAYER("c", "ReLU", "data", "");
  for (int32_t threads = 1; threads < 3; ++threads) {
    const struct pair pair = make_pair(text, 2, threads);
    FOR_BOTH(pair, forward_filled(net, "data", 3))
    check_all(pair);
    FOR_BOTH(pair, {
      CHECK_OK(forward_all(net));
      fill(net, "data", 9);
    })
    check_all(pair);
    destroy_pair(pair);
  }
}

TEST(blobs_are_not_computed_with_parameters_of_another_time) {
  const struct pair pair = make_pair(DEEP_NET, 2, 2);
  const float* data = NULL;
  int64_t count = 0;
  FOR_BOTH(pair, forward_filled(net, "data", 3))
  check_blob(pair, "p1");
  caffe_blob* weights = NULL;
  MUST(caffe_net_layer_param(pair.reference, layer_by_name(pair.reference, "c2"), 0, &weights));
  fill_blob(weights, 77);
  CHECK_OK(caffe_blob_destroy(weights));
  caffe_blob* blob = blob_by_name(pair.fast, "c2");
  CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "parameters of the layers that make it may have been written since",
              caffe_blob_data(blob, &data, &count));
  CHECK_OK(caffe_blob_destroy(blob));
  int32_t layers = 0;
  MUST(caffe_net_layer_count(pair.fast, &layers));
  CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "run the net forward once more", caffe_net_backward(pair.fast, layers - 1, 0));
  FOR_BOTH(pair, CHECK_OK(forward_all(net)))
  check_all(pair);
  destroy_pair(pair);
}

TEST(blobs_are_of_the_last_pass_after_the_engine_was_changed) {
  const caffe_engine_options original = {CAFFE_ENGINE_CAFFE, 0, CAFFE_INSTRUCTIONS_BASELINE};
  const struct pair pair = make_pair(DEEP_NET, 2, 2);
  FOR_BOTH(pair, {
    forward_filled(net, "data", 3);
    fill(net, "data", 4);
    CHECK_OK(caffe_engine_choose(net, &original));
    set_top_diff(net, "prob");
    clear_diffs(net);
    backward_all(net);
  })
  check_all(pair);
  check_diffs(pair);
  destroy_pair(pair);
}

TEST(input_that_is_overwritten_leaves_the_last_passs_blobs) {
  const struct pair pair = make_pair(DEEP_NET, 2, 2);
  static const int32_t batches[] = {2, 2, 5, 1, 2};
  for (int pass = 0; pass < 5; ++pass) {
    FOR_BOTH(pair, {
      reshape_input(net, "data", batches[pass], 3, 11, 12);
      caffe_blob* blob = blob_by_name(net, "data");
      float* data = NULL;
      int64_t count = 0;
      MUST(caffe_blob_overwrite_data(blob, &data, &count));
      CHECK_THAT(count == batches[pass] * 3 * 11 * 12);
      for (int64_t i = 0; i < count; ++i) data[i] = (float)((i * 7 + pass) % 11) - 5;
      CHECK_OK(forward_all(net));
      MUST(caffe_blob_overwrite_data(blob, &data, &count));
      for (int64_t i = 0; i < count; ++i) data[i] = 100;
      CHECK_OK(caffe_blob_destroy(blob));
      set_top_diff(net, "prob");
      clear_diffs(net);
    })
    check_all(pair);
    FOR_BOTH(pair, backward_all(net))
    check_diffs(pair);
  }
  destroy_pair(pair);
}

/* A convolution may give 0 rows: such a blob has no memory. */
TEST(empty_blob_does_not_hinder_a_pass) {
  static const char text[] = INPUT("dim: 2 dim: 3 dim: 9 dim: 6")
      CONVOLUTION("empty", "data", "num_output: 2 kernel_size: 5 stride: 1 pad: 0 dilation: 2 dilation: 1")
          CONVOLUTION("full", "data", "num_output: 2 kernel_size: 3");
  const struct pair pair = make_pair(text, 2, 2);
  FOR_BOTH(pair, {
    reshape_input(net, "data", 2, 3, 8, 6);
    for (int pass = 0; pass < 2; ++pass) {
      caffe_blob* blob = blob_by_name(net, "data");
      float* data = NULL;
      int64_t count = 0;
      MUST(caffe_blob_overwrite_data(blob, &data, &count));
      for (int64_t i = 0; i < count; ++i) data[i] = (float)(i % 11) - 5;
      CHECK_OK(caffe_blob_destroy(blob));
      CHECK_OK(forward_all(net));
    }
  })
  check_all(pair);
  destroy_pair(pair);
}

TEST(partial_pass_of_the_first_layers_leaves_the_gradients_of_the_others) {
  static const char* const last[] = {"c1", "r1", "p1", "c2", "lrn", "c3"};
  for (size_t i = 0; i < sizeof(last) / sizeof(last[0]); ++i) {
    const struct pair pair = make_pair(DEEP_NET, 2, 2);
    FOR_BOTH(pair, {
      forward_filled(net, "data", 3);
      fill(net, "data", 4);
      CHECK_OK(caffe_net_forward(net, 0, layer_by_name(net, last[i]), NULL));
      set_top_diff(net, "prob");
      clear_diffs(net);
      backward_all(net);
    })
    check_all(pair);
    check_diffs(pair);
    destroy_pair(pair);
  }
}

/* Each segment of layers runs once more for the first blob that is asked for, and once for all others. */
TEST(reading_all_blobs_takes_two_more_passes_at_most) {
  enum { kLayers = 60 };
  static char text[kLayers * 256];
  size_t length = (size_t)sprintf(text, INPUT("dim: 1 dim: 8 dim: 32 dim: 32"));
  for (int i = 0; i < kLayers; ++i) {
    char bottom[16] = "data";
    if (i > 0) sprintf(bottom, "c%d", i - 1);
    length += (size_t)sprintf(text + length,
                              "layer { name: 'c%d' type: 'Convolution' bottom: '%s' top: 'c%d' convolution_param { "
                              "num_output: 8 kernel_size: 3 pad: 1 weight_filler { type: 'msra' } } }\n",
                              i, bottom, i);
  }
  const struct pair pair = make_pair(text, 2, 2);
  FOR_BOTH(pair, forward_filled(net, "data", 3))
  /* The counter rises twice per call that runs layers, and by no other reading. */
  const int64_t* version = NULL;
  MUST(caffe_blob_version(&version));
  const int64_t before = *version;
  for (int i = 0; i < kLayers; ++i) {
    char name[16];
    sprintf(name, "c%d", i);
    int64_t count = 0;
    free(copy_data(pair.fast, name, &count));
  }
  CHECK_THAT(*version - before <= 4);
  check_all(pair);
  destroy_pair(pair);
}

static const struct test tests[] = {
    ENTRY(windows_that_reach_past_the_padding_read_zeros),
    ENTRY(not_a_number_and_negative_zero_are_as_in_the_original),
    ENTRY(sum_in_place_is_the_originals),
    ENTRY(blobs_read_after_the_next_input_was_written_are_of_the_last_pass),
    ENTRY(input_may_be_written_through_a_pointer_of_before_the_pass),
    ENTRY(input_that_was_reshaped_leaves_the_last_passs_blobs),
    ENTRY(partial_pass_starts_from_what_the_last_pass_gave),
    ENTRY(gradients_are_those_of_the_last_pass),
    ENTRY(backward_neither_reads_the_next_batch_nor_moves_statistics),
    ENTRY(data_arrays_of_the_last_pass_are_kept),
    ENTRY(views_show_the_blob_that_they_are_of),
    ENTRY(blobs_are_not_computed_with_parameters_of_another_time),
    ENTRY(blobs_are_of_the_last_pass_after_the_engine_was_changed),
    ENTRY(input_that_is_overwritten_leaves_the_last_passs_blobs),
    ENTRY(empty_blob_does_not_hinder_a_pass),
    ENTRY(partial_pass_of_the_first_layers_leaves_the_gradients_of_the_others),
    ENTRY(reading_all_blobs_takes_two_more_passes_at_most),
};

TEST_MAIN(tests)
