/* The accelerated engine against the original: the same nets, weights and inputs, blob by blob. */
#include <pthread.h>

#include "check.h"
#include "support.h"

static const caffe_engine_options accelerated = {CAFFE_ENGINE_ACCELERATED, 2, CAFFE_INSTRUCTIONS_AVX512};

static void choose(caffe_net* net, int32_t threads, int32_t instruction_set) {
  const caffe_engine_options options = {CAFFE_ENGINE_ACCELERATED, threads, instruction_set};
  MUST(caffe_engine_choose(net, &options));
}

static int32_t best_instruction_set(void) {
  int32_t best = -1;
  MUST(caffe_engine_best_instruction_set(&best));
  return best;
}

/* Reports the largest difference of two blobs that is above the tolerance, which is absolute, or for values above 1
 * relative to the largest. */
static void check_close(caffe_net* net, caffe_net* reference, const char* blob, double tolerance) {
  int64_t count = 0;
  int64_t reference_count = 0;
  float* values = copy_data(net, blob, &count);
  float* expected = copy_data(reference, blob, &reference_count);
  CHECK_THAT(count == reference_count);
  double largest = 1;
  double difference = 0;
  for (int64_t i = 0; i < count && i < reference_count; ++i) {
    largest = fmax(largest, fabs((double)expected[i]));
    const double here = fabs((double)values[i] - (double)expected[i]);
    /* Not a number is far from everything. */
    if (!(here <= difference)) difference = here;
  }
  if (!(difference <= tolerance * largest)) {
    fprintf(stderr, "blob '%s' differs by %g (its largest value is %g)\n", blob, difference, largest);
    ++check_failures;
  }
  free(values);
  free(expected);
}

static void check_outputs_close(caffe_net* net, caffe_net* reference) {
  int32_t count = 0;
  MUST(caffe_net_output_count(net, &count));
  for (int32_t i = 0; i < count; ++i) {
    int32_t blob = -1;
    const char* name = NULL;
    MUST(caffe_net_output(net, i, &blob));
    MUST(caffe_net_blob_name(net, blob, &name));
    check_close(net, reference, name, 1e-4);
  }
}

static void check_all_blobs_close(caffe_net* net, caffe_net* reference) {
  int32_t count = 0;
  MUST(caffe_net_blob_count(net, &count));
  for (int32_t i = 0; i < count; ++i) {
    const char* name = NULL;
    MUST(caffe_net_blob_name(net, i, &name));
    check_close(net, reference, name, 1e-5);
  }
}

static void run_both(caffe_net* net, caffe_net* reference, int32_t n, int32_t c, int32_t h, int32_t w) {
  reshape_input(net, "data", n, c, h, w);
  reshape_input(reference, "data", n, c, h, w);
  forward_filled(net, "data", (uint32_t)(n + h + w));
  forward_filled(reference, "data", (uint32_t)(n + h + w));
}

static caffe_net* landmark_net(void) {
  caffe_net* net = net_from_file(model_path("official/det4.prototxt"));
  MUST(caffe_net_copy_from_file(net, model_path("official/det4.caffemodel"), NULL));
  return net;
}

TEST(original_nets_agree_at_every_instruction_set_and_batch_size) {
  static const int32_t batches[] = {1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 64, 70};
  caffe_net* small = original_net("24net");
  caffe_net* large = original_net("48net");
  caffe_net* landmarks = landmark_net();
  for (int32_t set = 0; set <= best_instruction_set(); ++set) {
    caffe_net* fast_small = original_net("24net");
    caffe_net* fast_large = original_net("48net");
    caffe_net* fast_landmarks = landmark_net();
    choose(fast_small, 2, set);
    choose(fast_large, 3, set);
    choose(fast_landmarks, 1, set);
    for (size_t i = 0; i < sizeof(batches) / sizeof(batches[0]); ++i) {
      run_both(fast_small, small, batches[i], 3, 24, 24);
      check_outputs_close(fast_small, small);
      if (i % 3 != 0) continue;
      run_both(fast_large, large, batches[i] / 2 + 1, 3, 48, 48);
      check_outputs_close(fast_large, large);
      run_both(fast_landmarks, landmarks, batches[i] / 2 + 1, 15, 24, 24);
      check_outputs_close(fast_landmarks, landmarks);
    }
    CHECK_OK(caffe_net_destroy(fast_small));
    CHECK_OK(caffe_net_destroy(fast_large));
    CHECK_OK(caffe_net_destroy(fast_landmarks));
  }
  CHECK_OK(caffe_net_destroy(small));
  CHECK_OK(caffe_net_destroy(large));
  CHECK_OK(caffe_net_destroy(landmarks));
}

TEST(sliding_net_agrees_at_every_instruction_set_and_size) {
  static const int32_t sizes[][2] = {{12, 12}, {12, 13},  {13, 40},   {31, 12},
                                     {57, 33}, {64, 129}, {150, 271}, {271, 90}};
  caffe_net* reference = original_net("12net");
  for (int32_t set = 0; set <= best_instruction_set(); ++set) {
    for (int32_t threads = 1; threads <= 3; ++threads) {
      caffe_net* net = original_net("12net");
      choose(net, threads, set);
      for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); ++i) {
        run_both(net, reference, 1 + (int32_t)i % 3, 3, sizes[i][0], sizes[i][1]);
        check_outputs_close(net, reference);
      }
      CHECK_OK(caffe_net_destroy(net));
    }
  }
  CHECK_OK(caffe_net_destroy(reference));
}

TEST(every_blob_of_the_original_nets_agrees) {
  static const char* const names[] = {"12net", "24net", "48net"};
  static const int32_t shapes[][3] = {{1, 41, 66}, {21, 24, 24}, {9, 48, 48}};
  for (size_t i = 0; i < 3; ++i) {
    caffe_net* net = original_net(names[i]);
    caffe_net* reference = original_net(names[i]);
    MUST(caffe_engine_choose(net, &accelerated));
    for (int pass = 0; pass < 2; ++pass) {
      run_both(net, reference, shapes[i][0], 3, shapes[i][1], shapes[i][2]);
      check_all_blobs_close(net, reference);
    }
    CHECK_OK(caffe_net_destroy(net));
    CHECK_OK(caffe_net_destroy(reference));
  }
}

/* The file beside this one, for inputs of that size; an inner product has the size of its input for ever. To be freed.
 */
static char* every_layer(int32_t height, int32_t width) {
  static const char filled[] =
      "weight_filler { type: 'gaussian' std: 0.2 } bias_filler { type: 'uniform' min: -1 max: 1 }";
  size_t length = 0;
  char* const text = (char*)read_file(EVERY_LAYER, &length);
  char* const result = malloc(length + 32 * sizeof(filled));
  if (result == NULL) abort();
  char* end = result;
  for (size_t i = 0; i < length;) {
    if (strncmp(text + i, "HEIGHT", 6) == 0) {
      end += sprintf(end, "%d", (int)height);
      i += 6;
    } else if (strncmp(text + i, "WIDTH", 5) == 0) {
      end += sprintf(end, "%d", (int)width);
      i += 5;
    } else if (strncmp(text + i, "FILLED", 6) == 0) {
      end += sprintf(end, "%s", filled);
      i += 6;
    } else {
      *end++ = text[i++];
    }
  }
  *end = '\0';
  free(text);
  return result;
}

/* Nets of the same text, the second with the weights of the first. */
static void make_pair(const char* text, caffe_net** reference, caffe_net** net) {
  /* The same weights in every run: some make sums whose rounding shows more than others'. */
  const caffe_net_options options = {.phase = CAFFE_PHASE_TEST, .has_seed = 1, .seed = 1};
  MUST(caffe_net_create_from_text(text, (int64_t)strlen(text), NULL, &options, reference));
  MUST(caffe_net_create_from_text(text, (int64_t)strlen(text), NULL, &options, net));
  MUST(caffe_net_share_with(*net, *reference));
}

/* Means and variances, which no filler gives. */
static void fill_norm(caffe_net* net, const char* layer) {
  for (int32_t i = 0; i < 3; ++i) {
    caffe_blob* blob = NULL;
    float* data = NULL;
    int64_t count = 0;
    MUST(caffe_net_layer_param(net, layer_by_name(net, layer), i, &blob));
    fill_blob(blob, 7);
    MUST(caffe_blob_mutable_data(blob, &data, &count));
    for (int64_t k = 0; i > 0 && k < count; ++k) data[k] += 2;
    CHECK_OK(caffe_blob_destroy(blob));
  }
}

TEST(every_kind_of_layer_agrees) {
  static const int32_t shapes[][3] = {{1, 9, 9}, {1, 40, 37}, {2, 17, 50}, {6, 11, 9}, {19, 10, 13}, {33, 9, 9}};
  for (int32_t set = 0; set <= best_instruction_set(); ++set) {
    for (size_t i = 0; i < sizeof(shapes) / sizeof(shapes[0]); ++i) {
      caffe_net* reference = NULL;
      caffe_net* net = NULL;
      char* const text = every_layer(shapes[i][1], shapes[i][2]);
      make_pair(text, &reference, &net);
      free(text);
      fill_norm(reference, "norm");
      choose(net, 2, set);
      for (int pass = 0; pass < 2; ++pass) {
        run_both(net, reference, shapes[i][0], 4, shapes[i][1], shapes[i][2]);
        check_outputs_close(net, reference);
        check_all_blobs_close(net, reference);
      }
      for (int32_t layer = layer_by_name(net, "plain"); layer <= layer_by_name(net, "map_product"); ++layer) {
        int32_t runs = 0;
        CHECK_OK(caffe_engine_runs_layer(net, layer, &runs));
        CHECK_THAT(runs == 1);
      }
      CHECK_OK(caffe_net_destroy(net));
      CHECK_OK(caffe_net_destroy(reference));
    }
  }
}

TEST(elu_agrees_at_every_instruction_set_and_with_every_kind_of_number) {
  static const char text[] =
      "layer { name: 'in' type: 'Input' top: 'data' input_param { shape { dim: 1 dim: 2 dim: 5 dim: 37 } } }\n"
      "layer { name: 'one' type: 'ELU' bottom: 'data' top: 'one' }\n"
      "layer { name: 'third' type: 'ELU' bottom: 'data' top: 'third' elu_param { alpha: 0.3 } }\n"
      "layer { name: 'conv' type: 'Convolution' bottom: 'one' top: 'conv'\n"
      "        convolution_param { num_output: 16 kernel_size: 3 weight_filler { type: 'gaussian' std: 0.3 } } }\n"
      "layer { name: 'in_place' type: 'ELU' bottom: 'conv' top: 'conv' elu_param { alpha: 1.7 } }\n";
  static const float numbers[] = {-INFINITY, -1e30f, -300,  -88,  -87.3f, -17,  -16.6f, -5,    -1,      -0.5f,
                                  -1e-3f,    -1e-7f, -0.0f, 0.0f, 1e-7f,  0.5f, 12.34f, 1e30f, INFINITY};
  const int special = (int)(sizeof(numbers) / sizeof(numbers[0]));
  for (int32_t set = 0; set <= best_instruction_set(); ++set) {
    caffe_net* reference = NULL;
    caffe_net* net = NULL;
    make_pair(text, &reference, &net);
    choose(net, 2, set);
    for (int32_t batch = 1; batch < 40; batch += 6) {
      run_both(net, reference, batch, 2, 5, 37);
      check_all_blobs_close(net, reference);
    }
    for (int32_t layer = layer_by_name(net, "one"); layer <= layer_by_name(net, "in_place"); ++layer) {
      int32_t runs = 0;
      CHECK_OK(caffe_engine_runs_layer(net, layer, &runs));
      CHECK_THAT(runs == 1);
    }
    caffe_net* const nets[] = {net, reference};
    for (int i = 0; i < 2; ++i) {
      reshape_input(nets[i], "data", 1, 2, 5, 37);
      caffe_blob* data = blob_by_name(nets[i], "data");
      float* values = NULL;
      int64_t count = 0;
      MUST(caffe_blob_mutable_data(data, &values, &count));
      for (int k = 0; k < count; ++k) values[k] = k < special ? numbers[k] : -20.0f * (float)k / (float)count;
      values[special] = NAN;
      CHECK_OK(caffe_blob_destroy(data));
      CHECK_OK(forward_all(nets[i]));
    }
    static const char* const results[] = {"one", "third"};
    for (int i = 0; i < 2; ++i) {
      int64_t count = 0;
      float* const values = copy_data(net, results[i], &count);
      float* const expected = copy_data(reference, results[i], &count);
      for (int k = 0; k < count; ++k) {
        /* Of exp's, rounded as Caffe's are: two units in the last place of 1. */
        const bool close = values[k] == expected[k] || fabsf(values[k] - expected[k]) <= 1.2e-7f ||
                           (isnan(values[k]) && isnan(expected[k]));
        if (!close) fprintf(stderr, "'%s' %d: %.9g, not %.9g\n", results[i], k, (double)values[k], (double)expected[k]);
        CHECK_THAT(close);
      }
      CHECK_THAT(isnan(values[special]) && isinf(values[special - 1]));
      free(values);
      free(expected);
    }
    CHECK_OK(caffe_net_destroy(net));
    CHECK_OK(caffe_net_destroy(reference));
  }
}

TEST(nets_of_caffes_own_tree_agree) {
  static const char* const definitions[] = {"examples/mnist/lenet.prototxt", "examples/cifar10/cifar10_quick.prototxt",
                                            "examples/cifar10/cifar10_full.prototxt",
                                            "models/bvlc_googlenet/deploy.prototxt"};
  static const int32_t shapes[][4] = {{64, 1, 28, 28}, {3, 3, 32, 32}, {18, 3, 32, 32}, {1, 3, 224, 224}};
  for (size_t i = 0; i < 4; ++i) {
    char path[4096];
    snprintf(path, sizeof(path), "%s/%s", CAFFE_TREE, definitions[i]);
    caffe_net* reference = net_from_file(path);
    caffe_net* net = net_from_file(path);
    MUST(caffe_net_share_with(net, reference));
    MUST(caffe_engine_choose(net, &accelerated));
    run_both(net, reference, shapes[i][0], shapes[i][1], shapes[i][2], shapes[i][3]);
    check_outputs_close(net, reference);
    check_all_blobs_close(net, reference);
    CHECK_OK(caffe_net_destroy(net));
    CHECK_OK(caffe_net_destroy(reference));
  }
}

#define LAYER(name, type, bottom, parameters) \
  "layer { name: '" name "' type: '" type "' bottom: '" bottom "' top: '" name "' " parameters " }\n"
#define IN_PLACE(name, type, blob, parameters) \
  "layer { name: '" name "' type: '" type "' bottom: '" blob "' top: '" blob "' " parameters " }\n"
#define CONVOLUTION(name, bottom, parameters) \
  LAYER(name, "Convolution", bottom, "convolution_param { weight_filler { type: 'gaussian' std: 0.2 } " parameters " }")
#define POOLING(name, bottom, parameters) LAYER(name, "Pooling", bottom, "pooling_param { " parameters " }")

/* Layers that the engine does not know, between and after some that it does. */
static const char with_unknown_layers[] =
    "layer { name: 'input' type: 'Input' top: 'data' input_param { shape { dim: 2 dim: 3 dim: 12 dim: 12 } } }\n"
    /* clang-format off */
    CONVOLUTION("conv1", "data", "num_output: 8 kernel_size: 3")
    LAYER("lrn", "LRN", "conv1", "")
    CONVOLUTION("conv2", "lrn", "num_output: 5 kernel_size: 3")
    IN_PLACE("sigmoid", "Sigmoid", "conv2", "")
    POOLING("pool", "conv2", "kernel_size: 2 stride: 2")
    LAYER("power", "Power", "conv1", "power_param { scale: 2 shift: 1 }")
    IN_PLACE("power_slopes", "PReLU", "power", "")
    CONVOLUTION("conv3", "power", "num_output: 5 kernel_size: 3 pad: 1")
    LAYER("relu", "ReLU", "conv3", "");
/* clang-format on */

TEST(unknown_layers_are_left_to_caffe) {
  static const char* const known[] = {"conv1", "conv2", "pool", "conv3", "relu"};
  static const char* const unknown[] = {"input", "lrn", "sigmoid", "power", "power_slopes"};
  caffe_net* reference = NULL;
  caffe_net* net = NULL;
  make_pair(with_unknown_layers, &reference, &net);
  MUST(caffe_engine_choose(net, &accelerated));
  for (int32_t size = 12; size < 40; size += 9) {
    run_both(net, reference, 2, 3, size, size + 1);
    check_outputs_close(net, reference);
  }
  check_all_blobs_close(net, reference);
  run_both(net, reference, 2, 3, 30, 31);
  check_all_blobs_close(net, reference);
  for (size_t i = 0; i < 5; ++i) {
    int32_t runs = -1;
    CHECK_OK(caffe_engine_runs_layer(net, layer_by_name(net, known[i]), &runs));
    CHECK_THAT(runs == 1);
    CHECK_OK(caffe_engine_runs_layer(net, layer_by_name(net, unknown[i]), &runs));
    CHECK_THAT(runs == 0);
  }
  CHECK_OK(caffe_net_destroy(net));
  CHECK_OK(caffe_net_destroy(reference));
}

TEST(shapes_beyond_it_are_left_to_caffe) {
  static const char text[] =
      "layer { name: 'input' type: 'Input' top: 'data' input_param { shape { dim: 2 dim: 3 dim: 4 dim: 5 } } }\n" LAYER(
          "relu", "ReLU", "data", "") LAYER("slopes", "PReLU", "relu", "");
  caffe_net* reference = NULL;
  caffe_net* net = NULL;
  make_pair(text, &reference, &net);
  MUST(caffe_engine_choose(net, &accelerated));
  run_both(net, reference, 2, 3, 4, 5);
  check_all_blobs_close(net, reference);
  int32_t runs = -1;
  CHECK_OK(caffe_engine_runs_layer(net, 1, &runs));
  CHECK_THAT(runs == 1);
  static const int32_t three_axes[] = {2, 3, 5};
  caffe_net* const nets[] = {net, reference};
  for (size_t i = 0; i < 2; ++i) {
    caffe_blob* data = blob_by_name(nets[i], "data");
    CHECK_OK(caffe_blob_reshape(data, three_axes, 3));
    CHECK_OK(caffe_blob_destroy(data));
    forward_filled(nets[i], "data", 5);
  }
  check_all_blobs_close(net, reference);
  CHECK_OK(caffe_engine_runs_layer(net, 1, &runs));
  CHECK_THAT(runs == 0);
  CHECK_OK(caffe_net_destroy(net));
  CHECK_OK(caffe_net_destroy(reference));
}

TEST(changed_weights_are_seen) {
  caffe_net* reference = NULL;
  caffe_net* net = NULL;
  char* const text = every_layer(9, 9);
  make_pair(text, &reference, &net);
  free(text);
  MUST(caffe_engine_choose(net, &accelerated));
  run_both(net, reference, 5, 4, 9, 9);
  check_outputs_close(net, reference);
  int32_t layers = 0;
  MUST(caffe_net_layer_count(reference, &layers));
  for (int32_t layer = 0; layer < layers; ++layer) {
    int32_t parameters = 0;
    const char* type = NULL;
    MUST(caffe_net_layer_param_count(reference, layer, &parameters));
    MUST(caffe_net_layer_type(reference, layer, &type));
    if (parameters == 0 || strcmp(type, "BatchNorm") == 0) continue;
    caffe_blob* parameter = NULL;
    MUST(caffe_net_layer_param(reference, layer, layer % parameters, &parameter));
    fill_blob(parameter, (uint32_t)layer);
    CHECK_OK(caffe_blob_destroy(parameter));
    CHECK_OK(forward_all(net));
    CHECK_OK(forward_all(reference));
    check_outputs_close(net, reference);
  }
  fill_norm(reference, "norm");
  CHECK_OK(forward_all(net));
  CHECK_OK(forward_all(reference));
  check_all_blobs_close(net, reference);
  CHECK_OK(caffe_net_destroy(net));
  CHECK_OK(caffe_net_destroy(reference));
}

TEST(new_weights_of_a_file_are_seen) {
  caffe_net* reference = original_net("24net");
  caffe_net* net = net_from_file(model_path("reference/24net/24net.prototxt"));
  MUST(caffe_engine_choose(net, &accelerated));
  run_both(net, reference, 3, 3, 24, 24);
  MUST(caffe_net_copy_from_file(net, model_path("reference/24net/24net.caffemodel"), NULL));
  CHECK_OK(forward_all(net));
  check_outputs_close(net, reference);
  CHECK_OK(caffe_net_destroy(net));
  CHECK_OK(caffe_net_destroy(reference));
}

TEST(more_shapes_than_it_remembers_come_and_go) {
  caffe_net* reference = original_net("12net");
  caffe_net* net = original_net("12net");
  MUST(caffe_engine_choose(net, &accelerated));
  for (int round = 0; round < 2; ++round) {
    for (int32_t size = 12; size < 90; ++size) {
      reshape_input(net, "data", 1, 3, size, 101 - size);
      CHECK_OK(caffe_net_reshape(net));
      caffe_blob* blob = blob_by_name(net, "prob1");
      int32_t shape[4] = {0};
      int32_t axes = 0;
      CHECK_OK(caffe_blob_shape(blob, shape, 4, &axes));
      CHECK_THAT(axes == 4 && shape[1] == 2 && shape[2] == (size + 1) / 2 - 5 && shape[3] == (102 - size) / 2 - 5);
      CHECK_OK(caffe_blob_destroy(blob));
      if (size % 7 != 0) continue;
      run_both(net, reference, 1, 3, size, 101 - size);
      check_outputs_close(net, reference);
    }
  }
  CHECK_OK(caffe_net_destroy(net));
  CHECK_OK(caffe_net_destroy(reference));
}

TEST(memory_stays_bounded_when_every_shape_is_new) {
  caffe_net* net = original_net("12net");
  MUST(caffe_engine_choose(net, &accelerated));
  long before = 0;
  for (int32_t i = 0; i < 300; ++i) {
    reshape_input(net, "data", 1, 3, 60 + i % 17, 80 + i % 23);
    CHECK_OK(forward_all(net));
    if (i == 150) before = resident_kilobytes();
  }
  caffe_build_info info;
  MUST(caffe_runtime_build_info(&info));
  /* The address sanitizer keeps some of what was freed for a while. */
  CHECK_THAT(resident_kilobytes() < before + (info.with_sanitizers == 1 ? 60000 : 4000));
  CHECK_OK(caffe_net_destroy(net));
}

TEST(inner_blob_is_there_when_asked_for_and_in_every_pass_from_then_on) {
  caffe_net* reference = original_net("24net");
  caffe_net* net = original_net("24net");
  MUST(caffe_engine_choose(net, &accelerated));
  run_both(net, reference, 20, 3, 24, 24);
  check_close(net, reference, "pool2", 1e-5);
  check_close(net, reference, "conv1", 1e-5);
  caffe_blob* blob = blob_by_name(net, "pool2");
  const float* kept = NULL;
  int64_t count = 0;
  MUST(caffe_blob_data(blob, &kept, &count));
  forward_filled(net, "data", 99);
  forward_filled(reference, "data", 99);
  float* expected = copy_data(reference, "pool2", &count);
  for (int64_t i = 0; i < count; ++i) CHECK_THAT(fabs((double)(kept[i] - expected[i])) < 1e-4);
  free(expected);
  CHECK_OK(caffe_blob_destroy(blob));
  CHECK_OK(caffe_net_destroy(net));
  CHECK_OK(caffe_net_destroy(reference));
}

TEST(inner_blob_that_was_reshaped_is_refused) {
  caffe_net* net = original_net("24net");
  MUST(caffe_engine_choose(net, &accelerated));
  forward_filled(net, "data", 1);
  reshape_input(net, "data", 2, 3, 24, 24);
  CHECK_OK(caffe_net_reshape(net));
  caffe_blob* blob = blob_by_name(net, "conv2");
  const float* data = NULL;
  int64_t count = 0;
  CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "blob 'conv2' was not computed by the last forward pass",
              caffe_blob_data(blob, &data, &count));
  CHECK_OK(forward_all(net));
  CHECK_OK(caffe_blob_data(blob, &data, &count));
  CHECK_OK(caffe_blob_destroy(blob));
  CHECK_OK(caffe_net_destroy(net));
}

TEST(part_of_a_net_runs_from_a_blob_that_was_set) {
  caffe_net* reference = original_net("24net");
  caffe_net* net = original_net("24net");
  MUST(caffe_engine_choose(net, &accelerated));
  run_both(net, reference, 4, 3, 24, 24);
  caffe_net* const nets[] = {net, reference};
  for (size_t i = 0; i < 2; ++i) {
    caffe_blob* blob = blob_by_name(nets[i], "pool1");
    fill_blob(blob, 3);
    CHECK_OK(caffe_blob_destroy(blob));
    int32_t layers = 0;
    MUST(caffe_net_layer_count(nets[i], &layers));
    CHECK_OK(caffe_net_forward(nets[i], layer_by_name(nets[i], "conv2"), layers - 1, NULL));
  }
  check_all_blobs_close(net, reference);
  CHECK_OK(caffe_net_destroy(net));
  CHECK_OK(caffe_net_destroy(reference));
}

TEST(part_of_a_net_runs_from_blobs_that_were_left_out) {
  caffe_net* reference = original_net("24net");
  caffe_net* net = original_net("24net");
  MUST(caffe_engine_choose(net, &accelerated));
  run_both(net, reference, 4, 3, 24, 24);
  const int32_t layer = layer_by_name(net, "conv3");
  CHECK_OK(caffe_net_forward(net, layer, layer, NULL));
  CHECK_OK(caffe_net_forward(reference, layer, layer, NULL));
  check_close(net, reference, "conv3", 1e-5);
  CHECK_OK(caffe_net_destroy(net));
  CHECK_OK(caffe_net_destroy(reference));
}

TEST(backward_after_an_accelerated_pass_is_caffes) {
  static const char text[] =
      "force_backward: true\n"
      "layer { name: 'input' type: 'Input' top: 'data' input_param { shape { dim: 2 dim: 3 dim: 9 dim: 9 } } "
      "}\n" CONVOLUTION("conv", "data", "num_output: 4 kernel_size: 3")
          POOLING("pool", "conv", "kernel_size: 2 stride: 2");
  caffe_net* reference = NULL;
  caffe_net* net = NULL;
  make_pair(text, &reference, &net);
  MUST(caffe_engine_choose(net, &accelerated));
  run_both(net, reference, 2, 3, 9, 9);
  caffe_net* const nets[] = {net, reference};
  const float* diffs[2] = {NULL, NULL};
  int64_t count = 0;
  for (size_t i = 0; i < 2; ++i) {
    float* top = NULL;
    caffe_blob* pool = blob_by_name(nets[i], "pool");
    caffe_blob* data = blob_by_name(nets[i], "data");
    MUST(caffe_blob_mutable_diff(pool, &top, &count));
    for (int64_t k = 0; k < count; ++k) top[k] = (float)(k % 5);
    CHECK_OK(caffe_net_backward(nets[i], 2, 0));
    MUST(caffe_blob_diff(data, &diffs[i], &count));
    CHECK_OK(caffe_blob_destroy(pool));
    CHECK_OK(caffe_blob_destroy(data));
  }
  double total = 0;
  for (int64_t k = 0; k < count; ++k) {
    CHECK_THAT(fabs((double)(diffs[0][k] - diffs[1][k])) < 1e-5);
    total += fabs((double)diffs[1][k]);
  }
  CHECK_THAT(total > 0);
  CHECK_OK(caffe_net_destroy(net));
  CHECK_OK(caffe_net_destroy(reference));
}

TEST(failures_name_the_layer) {
  caffe_net* net = original_net("24net");
  MUST(caffe_engine_choose(net, &accelerated));
  reshape_input(net, "data", 1, 3, 30, 24);
  CHECK_FAILS(CAFFE_ERROR_CHECK, "inner product", forward_all(net));
  caffe_error error;
  MUST(caffe_error_last(&error));
  CHECK_SAME_TEXT(error.layer, "conv4");
  reshape_input(net, "data", 0, 3, 24, 24);
  CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "its bottom 'data' is empty", forward_all(net));
  CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "its bottom 'data' is empty", caffe_net_reshape(net));
  reshape_input(net, "data", 1, 3, 24, 24);
  forward_filled(net, "data", 1);
  CHECK_OK(caffe_net_destroy(net));
}

TEST(net_that_is_trained_runs_both_ways) {
  const char text[] = SMALL_NET;
  const caffe_net_options options = {CAFFE_PHASE_TRAIN, 0, NULL, 0, CAFFE_MODE_CPU, 0, 0, 0};
  caffe_net* net = NULL;
  int32_t runs = -1;
  MUST(caffe_net_create_from_text(text, (int64_t)strlen(text), NULL, &options, &net));
  CHECK_OK(caffe_engine_choose(net, &accelerated));
  forward_filled(net, "data", 1);
  CHECK_OK(caffe_engine_runs_layer(net, 1, &runs));
  CHECK_THAT(runs == 1);
  int32_t layers;
  MUST(caffe_net_layer_count(net, &layers));
  CHECK_OK(caffe_net_backward(net, layers - 1, 0));
  CHECK_OK(caffe_net_destroy(net));
}

TEST(engine_can_be_changed_at_any_time) {
  const caffe_engine_options original = {CAFFE_ENGINE_CAFFE, 0, CAFFE_INSTRUCTIONS_BASELINE};
  caffe_net* reference = original_net("24net");
  caffe_net* net = original_net("24net");
  run_both(net, reference, 2, 3, 24, 24);
  MUST(caffe_engine_choose(net, &accelerated));
  CHECK_THAT(same_data(net, reference, "conv2"));
  run_both(net, reference, 2, 3, 24, 24);
  MUST(caffe_engine_choose(net, &original));
  check_all_blobs_close(net, reference);
  run_both(net, reference, 2, 3, 24, 24);
  CHECK_THAT(same_data(net, reference, "conv2"));
  CHECK_THAT(same_data(net, reference, "prob1"));
  CHECK_OK(caffe_net_destroy(net));
  CHECK_OK(caffe_net_destroy(reference));
}

TEST(bad_options_are_refused) {
  caffe_net* net = net_from_text(SMALL_NET);
  caffe_engine_options options = {2, 1, CAFFE_INSTRUCTIONS_BASELINE};
  CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "engine must be 0 (Caffe) or 1 (accelerated), got 2",
              caffe_engine_choose(net, &options));
  options.engine = CAFFE_ENGINE_ACCELERATED;
  options.threads = -1;
  CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "threads must be at least 0 (got -1)", caffe_engine_choose(net, &options));
  options.threads = 1;
  options.instruction_set = 3;
  CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "or 2 (AVX-512), got 3", caffe_engine_choose(net, &options));
  CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "options", caffe_engine_choose(net, NULL));
  CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "net", caffe_engine_choose(NULL, &options));
  int32_t runs = -1;
  CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "layer", caffe_engine_runs_layer(net, 2, &runs));
  CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "accelerated", caffe_engine_runs_layer(net, 1, NULL));
  CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "instruction_set", caffe_engine_best_instruction_set(NULL));
  CHECK_OK(caffe_net_destroy(net));
}

static void* run_many_times(void* argument) {
  caffe_net* const net = argument;
  for (int i = 0; i < 40; ++i) CHECK_OK(forward_all(net));
  return NULL;
}

TEST(nets_that_share_weights_run_at_the_same_time) {
  enum { kNets = 5 };
  caffe_net* reference = original_net("24net");
  caffe_net* nets[kNets];
  pthread_t threads[kNets];
  reshape_input(reference, "data", 33, 3, 24, 24);
  forward_filled(reference, "data", 4);
  for (int i = 0; i < kNets; ++i) {
    nets[i] = net_from_file(model_path("reference/24net/24net.prototxt"));
    MUST(caffe_net_share_with(nets[i], reference));
    choose(nets[i], 1 + i, CAFFE_INSTRUCTIONS_AVX512);
    reshape_input(nets[i], "data", 33, 3, 24, 24);
    forward_filled(nets[i], "data", 4);
  }
  for (int i = 0; i < kNets; ++i) CHECK_THAT(pthread_create(&threads[i], NULL, run_many_times, nets[i]) == 0);
  for (int i = 0; i < kNets; ++i) {
    CHECK_THAT(pthread_join(threads[i], NULL) == 0);
    check_outputs_close(nets[i], reference);
    CHECK_THAT(same_data(nets[i], nets[0], "prob1"));
  }
  for (int i = 0; i < kNets; ++i) CHECK_OK(caffe_net_destroy(nets[i]));
  CHECK_OK(caffe_net_destroy(reference));
}

static const struct test tests[] = {
    ENTRY(original_nets_agree_at_every_instruction_set_and_batch_size),
    ENTRY(sliding_net_agrees_at_every_instruction_set_and_size),
    ENTRY(every_blob_of_the_original_nets_agrees),
    ENTRY(every_kind_of_layer_agrees),
    ENTRY(elu_agrees_at_every_instruction_set_and_with_every_kind_of_number),
    ENTRY(nets_of_caffes_own_tree_agree),
    ENTRY(unknown_layers_are_left_to_caffe),
    ENTRY(shapes_beyond_it_are_left_to_caffe),
    ENTRY(changed_weights_are_seen),
    ENTRY(new_weights_of_a_file_are_seen),
    ENTRY(more_shapes_than_it_remembers_come_and_go),
    ENTRY(memory_stays_bounded_when_every_shape_is_new),
    ENTRY(inner_blob_is_there_when_asked_for_and_in_every_pass_from_then_on),
    ENTRY(inner_blob_that_was_reshaped_is_refused),
    ENTRY(part_of_a_net_runs_from_a_blob_that_was_set),
    ENTRY(part_of_a_net_runs_from_blobs_that_were_left_out),
    ENTRY(backward_after_an_accelerated_pass_is_caffes),
    ENTRY(failures_name_the_layer),
    ENTRY(net_that_is_trained_runs_both_ways),
    ENTRY(engine_can_be_changed_at_any_time),
    ENTRY(bad_options_are_refused),
    ENTRY(nets_that_share_weights_run_at_the_same_time),
};

TEST_MAIN(tests)
