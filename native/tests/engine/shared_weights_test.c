/* Packed weights of the accelerated engine: in memory once for all nets that share parameters, packed again after every
 * way of writing and after none of reading. */
#include <pthread.h>

#include "check.h"
#include "support.h"

static const caffe_engine_options accelerated = {CAFFE_ENGINE_ACCELERATED, 2, CAFFE_INSTRUCTIONS_AVX512};

#define FILLED "weight_filler { type: 'gaussian' std: 0.3 } bias_filler { type: 'uniform' min: -1 max: 1 }"
#define INPUT "layer { name: 'in' type: 'Input' top: 'data' input_param { shape { dim: 2 dim: 3 dim: 8 dim: 9 } } }\n"
#define CONVOLUTION                                                       \
  "layer { name: 'conv' type: 'Convolution' bottom: 'data' top: 'conv'\n" \
  "        convolution_param { num_output: 5 kernel_size: 3 " FILLED " } }\n"
#define PRODUCT                                                        \
  "layer { name: 'ip' type: 'InnerProduct' bottom: 'conv' top: 'ip'\n" \
  "        inner_product_param { num_output: 4 " FILLED " } }\n"
#define NET INPUT CONVOLUTION PRODUCT

static int64_t packed_bytes(void) {
  int64_t bytes = -1;
  int64_t packings = -1;
  MUST(caffe_engine_packed_weights(&bytes, &packings));
  return bytes;
}

static int64_t packings(void) {
  int64_t bytes = -1;
  int64_t made = -1;
  MUST(caffe_engine_packed_weights(&bytes, &made));
  return made;
}

static caffe_blob* parameter_of(caffe_net* net, const char* layer, int32_t index) {
  caffe_blob* blob = NULL;
  MUST(caffe_net_layer_param(net, layer_by_name(net, layer), index, &blob));
  return blob;
}

static void fill_parameter(caffe_net* net, const char* layer, int32_t index, uint32_t seed) {
  caffe_blob* blob = parameter_of(net, layer, index);
  fill_blob(blob, seed);
  CHECK_OK(caffe_blob_destroy(blob));
}

/* Runs both nets on the same input, and compares a blob. */
static void check_agree(caffe_net* net, caffe_net* reference, const char* output) {
  forward_filled(net, "data", 3);
  forward_filled(reference, "data", 3);
  int64_t count = 0;
  int64_t expected_count = 0;
  float* values = copy_data(net, output, &count);
  float* expected = copy_data(reference, output, &expected_count);
  CHECK_THAT(count == expected_count && count > 0);
  double largest = 1;
  for (int64_t i = 0; i < count; ++i) largest = fmax(largest, fabs((double)expected[i]));
  for (int64_t i = 0; i < count; ++i) {
    if (fabs((double)values[i] - (double)expected[i]) <= 1e-5 * largest) continue;
    fprintf(stderr, "value %d of '%s' is %g, not %g\n", (int)i, output, (double)values[i], (double)expected[i]);
    ++check_failures;
    break;
  }
  free(values);
  free(expected);
}

/* Two nets of a text, run by Caffe and by the accelerated engine; they share parameters where shares is 1. */
static void make_pair(const char* text, int shares, caffe_net** reference, caffe_net** net) {
  *reference = net_from_text(text);
  *net = net_from_text(text);
  if (shares == 1) MUST(caffe_net_share_with(*net, *reference));
  MUST(caffe_engine_choose(*net, &accelerated));
}

static void destroy_pair(caffe_net* reference, caffe_net* net) {
  CHECK_OK(caffe_net_destroy(reference));
  CHECK_OK(caffe_net_destroy(net));
}

TEST(clones_share_packed_weights_until_the_last_is_gone) {
  enum { kClones = 4 };
  const int64_t bytes_before = packed_bytes();
  caffe_net* net = original_net("24net");
  MUST(caffe_engine_choose(net, &accelerated));
  forward_filled(net, "data", 1);
  const int64_t bytes = packed_bytes();
  const int64_t made = packings();
  /* 100178 parameters, filled up to whole blocks. */
  CHECK_THAT(bytes - bytes_before > 400000);
  caffe_net* clones[kClones];
  for (int i = 0; i < kClones; ++i) {
    MUST(caffe_net_clone(net, 0, 0, &clones[i]));
    MUST(caffe_engine_choose(clones[i], &accelerated));
    forward_filled(clones[i], "data", 1);
    CHECK_THAT(same_data(clones[i], net, "prob1"));
  }
  CHECK_THAT(packed_bytes() == bytes);
  CHECK_THAT(packings() == made);
  CHECK_OK(caffe_net_destroy(net));
  CHECK_THAT(packed_bytes() == bytes);
  CHECK_OK(forward_all(clones[0]));
  CHECK_THAT(packings() == made);
  for (int i = 0; i < kClones; ++i) CHECK_OK(caffe_net_destroy(clones[i]));
  CHECK_THAT(packed_bytes() == bytes_before);
}

TEST(net_with_its_own_weights_packs_its_own) {
  caffe_net* first = NULL;
  caffe_net* second = NULL;
  make_pair(NET, 0, &first, &second);
  MUST(caffe_engine_choose(first, &accelerated));
  forward_filled(first, "data", 1);
  const int64_t bytes = packed_bytes();
  forward_filled(second, "data", 1);
  CHECK_THAT(packed_bytes() > bytes);
  CHECK_THAT(!same_data(first, second, "ip"));
  destroy_pair(first, second);
}

TEST(reading_parameters_packs_nothing) {
  caffe_net* reference = NULL;
  caffe_net* net = NULL;
  make_pair(NET, 1, &reference, &net);
  check_agree(net, reference, "ip");
  const int64_t made = packings();
  caffe_blob* weights = parameter_of(net, "conv", 0);
  const float* values = NULL;
  int64_t count = 0;
  for (int i = 0; i < 3; ++i) {
    CHECK_OK(caffe_blob_data(weights, &values, &count));
    CHECK_THAT(count == 5 * 3 * 3 * 3);
    CHECK_OK(caffe_blob_diff(weights, &values, &count));
    MUST(caffe_net_save(net, temporary_path("read.caffemodel"), 0));
    check_agree(net, reference, "ip");
  }
  CHECK_THAT(packings() == made);
  float* mutable_values = NULL;
  CHECK_OK(caffe_blob_mutable_diff(weights, &mutable_values, &count));
  check_agree(net, reference, "ip");
  CHECK_THAT(packings() == made);
  CHECK_OK(caffe_blob_mutable_data(weights, &mutable_values, &count));
  mutable_values[7] += 1;
  check_agree(net, reference, "ip");
  CHECK_THAT(packings() > made);
  CHECK_OK(caffe_blob_destroy(weights));
  destroy_pair(reference, net);
}

TEST(written_parameters_are_seen_by_every_net_that_shares_them) {
  caffe_net* reference = NULL;
  caffe_net* net = NULL;
  caffe_net* clone = NULL;
  make_pair(NET, 1, &reference, &net);
  MUST(caffe_net_clone(net, 0, 0, &clone));
  MUST(caffe_engine_choose(clone, &accelerated));
  check_agree(net, reference, "ip");
  check_agree(clone, reference, "ip");
  for (uint32_t i = 0; i < 4; ++i) {
    caffe_net* const writers[] = {reference, net, clone, net};
    fill_parameter(writers[i], i % 2 == 0 ? "conv" : "ip", (int32_t)(i / 2), 10 + i);
    check_agree(clone, reference, "ip");
    check_agree(net, reference, "ip");
  }
  CHECK_OK(caffe_net_destroy(clone));
  destroy_pair(reference, net);
}

TEST(loaded_weights_are_seen) {
  caffe_net* reference = NULL;
  caffe_net* net = NULL;
  make_pair(NET, 0, &reference, &net);
  forward_filled(net, "data", 3);
  MUST(caffe_net_save(reference, temporary_path("loaded.caffemodel"), 0));
  MUST(caffe_net_copy_from_file(net, temporary_path("loaded.caffemodel"), NULL));
  check_agree(net, reference, "ip");

  fill_parameter(reference, "conv", 0, 8);
  MUST(caffe_net_save(reference, temporary_path("bytes.caffemodel"), 0));
  size_t length = 0;
  unsigned char* bytes = read_file(temporary_path("bytes.caffemodel"), &length);
  MUST(caffe_net_copy_from_bytes(net, bytes, (int64_t)length, "bytes", NULL));
  free(bytes);
  check_agree(net, reference, "ip");

  fill_parameter(reference, "ip", 0, 9);
  MUST(caffe_net_save_hdf5(reference, temporary_path("loaded.caffemodel.h5"), 0));
  MUST(caffe_net_copy_from_file(net, temporary_path("loaded.caffemodel.h5"), NULL));
  check_agree(net, reference, "ip");
  destroy_pair(reference, net);
}

TEST(weights_that_are_shared_later_are_seen) {
  caffe_net* reference = NULL;
  caffe_net* net = NULL;
  make_pair(NET, 0, &reference, &net);
  forward_filled(net, "data", 3);
  const int64_t bytes = packed_bytes();
  for (int i = 0; i < 2; ++i) {
    MUST(caffe_net_share_with(net, reference));
    check_agree(net, reference, "ip");
    /* What it had is gone. */
    CHECK_THAT(packed_bytes() == bytes);
    CHECK_OK(caffe_net_destroy(reference));
    reference = net_from_text(NET);
  }
  destroy_pair(reference, net);
}

#define TRAINED                                                                                                \
  INPUT CONVOLUTION                                                                                            \
      "layer { name: 'norm' type: 'BatchNorm' bottom: 'conv' top: 'conv' }\n" PRODUCT                          \
      "layer { name: 'loss' type: 'Reduction' bottom: 'ip' top: 'loss' reduction_param { operation: SUMSQ }\n" \
      "        loss_weight: 0.01 include { phase: TRAIN } }\n"

static void step(caffe_solver* solver, caffe_net* trained) {
  int32_t layers = 0;
  MUST(caffe_net_layer_count(trained, &layers));
  CHECK_OK(caffe_solver_start_iteration(solver, 0));
  forward_filled(trained, "data", 5);
  CHECK_OK(caffe_net_backward(trained, layers - 1, 0));
  CHECK_OK(caffe_solver_apply_update(solver));
}

TEST(updates_and_snapshots_of_a_solver_are_seen) {
  for (int32_t engine = CAFFE_ENGINE_CAFFE; engine <= CAFFE_ENGINE_ACCELERATED; ++engine) {
    char text[4096];
    snprintf(text, sizeof(text),
             "net_param { %s } base_lr: 0.1 lr_policy: 'fixed' random_seed: 5 type: 'Adam' snapshot_prefix: '%s'",
             TRAINED, temporary_path("trained"));
    caffe_message* message = NULL;
    caffe_solver* solver = NULL;
    caffe_net* trained = NULL;
    MUST(caffe_message_parse_text("SolverParameter", text, (int64_t)strlen(text), NULL, &message));
    MUST(caffe_solver_create(message, "", CAFFE_MODE_CPU, 0, &solver));
    CHECK_OK(caffe_message_destroy(message));
    MUST(caffe_solver_net(solver, &trained));
    const caffe_engine_options options = {engine, 2, CAFFE_INSTRUCTIONS_AVX512};
    MUST(caffe_engine_choose(trained, &options));
    caffe_net* reference = NULL;
    caffe_net* net = NULL;
    make_pair(TRAINED, 0, &reference, &net);
    MUST(caffe_net_share_with(reference, trained));
    MUST(caffe_net_share_with(net, trained));
    step(solver, trained);
    check_agree(net, reference, "ip");
    int64_t count = 0;
    float* const first = copy_data(net, "ip", &count);
    const char* weights_path = NULL;
    const char* state_path = NULL;
    MUST(caffe_solver_snapshot(solver, &weights_path, &state_path));
    for (int i = 0; i < 3; ++i) {
      step(solver, trained);
      check_agree(net, reference, "ip");
    }
    /* The statistics of the batch normalization alone. */
    forward_filled(trained, "data", 6);
    check_agree(net, reference, "ip");
    MUST(caffe_solver_restore(solver, state_path));
    check_agree(net, reference, "ip");
    float* const restored = copy_data(net, "ip", &count);
    CHECK_THAT(memcmp(first, restored, (size_t)count * sizeof(float)) == 0);
    free(first);
    free(restored);
    CHECK_OK(caffe_net_destroy(trained));
    CHECK_OK(caffe_solver_destroy(solver));
    destroy_pair(reference, net);
  }
}

TEST(layers_that_share_a_parameter_by_its_name_share_its_packing) {
  static const char two[] = INPUT
      "layer { name: 'conv' type: 'Convolution' bottom: 'data' top: 'conv' param { name: 'w' } param { name: 'b' }\n"
      "        convolution_param { num_output: 3 pad: 1 kernel_size: 3 " FILLED
      " } }\n"
      "layer { name: 'again' type: 'Convolution' bottom: 'conv' top: 'again' param { name: 'w' } param { name: 'b' }\n"
      "        convolution_param { num_output: 3 pad: 1 kernel_size: 3 " FILLED " } }\n";
  caffe_net* reference = NULL;
  caffe_net* net = NULL;
  make_pair(two, 1, &reference, &net);
  const int64_t made = packings();
  check_agree(net, reference, "again");
  /* One order of the weights for single rows; the other layer takes the first's. */
  CHECK_THAT(packings() == made + 1);
  fill_parameter(net, "again", 0, 4);
  check_agree(net, reference, "again");
  fill_parameter(reference, "conv", 1, 5);
  check_agree(net, reference, "again");
  destroy_pair(reference, net);
}

/* A layer of this program's own: it adds 1 to the parameter that it shares. */
static void create_layer(const char* module, const char* layer, int64_t* object, char* message, int32_t capacity,
                         int32_t* status) {
  (void)module;
  (void)layer;
  (void)message;
  (void)capacity;
  *object = 1;
  *status = CAFFE_OK;
}

static caffe_blob* layer_parameter;

static void run_layer(int64_t object, int32_t method, caffe_managed_call* call, char* message, int32_t capacity,
                      int32_t* status) {
  (void)object;
  (void)message;
  (void)capacity;
  static const int32_t shape[] = {3, 3, 1, 1};
  static const int32_t top_shape[] = {1};
  if (method == CAFFE_MANAGED_SETUP) {
    MUST(caffe_managed_add_parameter(call, shape, 4, &layer_parameter));
  } else if (method == CAFFE_MANAGED_RESHAPE) {
    const char* name = NULL;
    caffe_blob* top = NULL;
    MUST(caffe_managed_top(call, 0, &name, &top));
    MUST(caffe_blob_reshape(top, top_shape, 1));
    CHECK_OK(caffe_blob_destroy(top));
  } else if (method == CAFFE_MANAGED_FORWARD) {
    float* values = NULL;
    int64_t count = 0;
    MUST(caffe_blob_mutable_data(layer_parameter, &values, &count));
    for (int64_t i = 0; i < count; ++i) values[i] += 1;
  }
  *status = CAFFE_OK;
}

static void destroy_layer(int64_t object) { (void)object; }

TEST(parameter_that_a_layer_writes_as_it_runs_is_seen_in_the_same_pass) {
  static const char text[] = INPUT
      "layer { name: 'adds' type: 'Managed' bottom: 'data' top: 'none' param { name: 'w' }\n"
      "        python_param { module: 'm' layer: 'l' } }\n"
      "layer { name: 'conv' type: 'Convolution' bottom: 'data' top: 'conv' param { name: 'w' }\n"
      "        convolution_param { num_output: 3 kernel_size: 1 bias_term: false } }\n";
  MUST(caffe_managed_set_callbacks(create_layer, run_layer, destroy_layer));
  caffe_net* net = net_from_text(text);
  MUST(caffe_engine_choose(net, &accelerated));
  for (int pass = 1; pass <= 3; ++pass) {
    forward_filled(net, "data", 3);
    int64_t count = 0;
    float* const data = copy_data(net, "data", &count);
    float* const result = copy_data(net, "conv", &count);
    const int pixels = 8 * 9;
    const double sum = (double)data[5] + (double)data[pixels + 5] + (double)data[2 * pixels + 5];
    CHECK_THAT(fabs((double)result[5] - pass * sum) < 1e-5);
    CHECK_THAT(fabs((double)result[2 * pixels + 5] - pass * sum) < 1e-5);
    free(data);
    free(result);
  }
  CHECK_OK(caffe_blob_destroy(layer_parameter));
  CHECK_OK(caffe_net_destroy(net));
}

TEST(parameter_of_another_size_is_refused_until_it_has_its_shape_again) {
  static const int32_t larger[] = {5, 3, 4, 4};
  static const int32_t own[] = {5, 3, 3, 3};
  caffe_net* reference = NULL;
  caffe_net* net = NULL;
  make_pair(NET, 0, &reference, &net);
  fill_parameter(reference, "ip", 0, 1);
  MUST(caffe_net_save(reference, temporary_path("sizes.caffemodel"), 0));
  MUST(caffe_net_copy_from_file(net, temporary_path("sizes.caffemodel"), NULL));
  check_agree(net, reference, "ip");
  caffe_blob* weights = parameter_of(net, "conv", 0);
  MUST(caffe_blob_reshape(weights, larger, 4));
  CHECK_STATUS(CAFFE_ERROR_ARGUMENT, forward_all(net));
  CHECK_CONTAINS(last_message(), "layer 'conv' was reshaped and has 240 values, the layer requires 135");
  MUST(caffe_blob_reshape(weights, own, 4));
  MUST(caffe_net_copy_from_file(net, temporary_path("sizes.caffemodel"), NULL));
  check_agree(net, reference, "ip");
  CHECK_OK(caffe_blob_destroy(weights));
  destroy_pair(reference, net);
}

static void* run_many_times(void* argument) {
  caffe_net* const net = argument;
  for (int i = 0; i < 60; ++i) CHECK_OK(forward_all(net));
  return NULL;
}

TEST(weights_that_are_loaded_while_clones_run_are_right_in_the_end) {
  enum { kClones = 3 };
  caffe_net* net = original_net("24net");
  caffe_net* expected = original_net("24net");
  caffe_net* other = net_from_file(model_path("reference/24net/24net.prototxt"));
  MUST(caffe_net_save(other, temporary_path("other.caffemodel"), 0));
  MUST(caffe_engine_choose(expected, &accelerated));
  forward_filled(expected, "data", 2);
  caffe_net* clones[kClones];
  pthread_t threads[kClones];
  for (int i = 0; i < kClones; ++i) {
    MUST(caffe_net_clone(net, 0, 0, &clones[i]));
    MUST(caffe_engine_choose(clones[i], &accelerated));
    forward_filled(clones[i], "data", 2);
  }
  for (int i = 0; i < kClones; ++i) CHECK_THAT(pthread_create(&threads[i], NULL, run_many_times, clones[i]) == 0);
  for (int i = 0; i < 10; ++i) {
    CHECK_OK(caffe_net_copy_from_file(net, temporary_path("other.caffemodel"), NULL));
    CHECK_OK(caffe_net_copy_from_file(net, model_path("reference/24net/24net.caffemodel"), NULL));
  }
  for (int i = 0; i < kClones; ++i) {
    CHECK_THAT(pthread_join(threads[i], NULL) == 0);
    CHECK_OK(forward_all(clones[i]));
    CHECK_THAT(same_data(clones[i], expected, "prob1"));
    CHECK_OK(caffe_net_destroy(clones[i]));
  }
  CHECK_OK(caffe_net_destroy(net));
  CHECK_OK(caffe_net_destroy(expected));
  CHECK_OK(caffe_net_destroy(other));
}

static const struct test tests[] = {
    ENTRY(clones_share_packed_weights_until_the_last_is_gone),
    ENTRY(net_with_its_own_weights_packs_its_own),
    ENTRY(reading_parameters_packs_nothing),
    ENTRY(written_parameters_are_seen_by_every_net_that_shares_them),
    ENTRY(loaded_weights_are_seen),
    ENTRY(weights_that_are_shared_later_are_seen),
    ENTRY(updates_and_snapshots_of_a_solver_are_seen),
    ENTRY(layers_that_share_a_parameter_by_its_name_share_its_packing),
    ENTRY(parameter_that_a_layer_writes_as_it_runs_is_seen_in_the_same_pass),
    ENTRY(parameter_of_another_size_is_refused_until_it_has_its_shape_again),
    ENTRY(weights_that_are_loaded_while_clones_run_are_right_in_the_end),
};

TEST_MAIN(tests)
