/* Solvers: made, stepped, snapshotted and restored; a disk that is full in the middle of a snapshot. */
#define _GNU_SOURCE
#include "caffesharp/solver.h"

#include <dirent.h>
#include <hdf5.h>
#include <hdf5_hl.h>
#include <signal.h>
#include <sys/resource.h>

#include "check.h"
#include "support.h"

#define NET                                                                                                  \
  "net_param { " SMALL_INPUT                                                                                 \
  "layer { name: 'ip' type: 'InnerProduct' bottom: 'data' top: 'ip' inner_product_param { num_output: 400\n" \
  "        weight_filler { type: 'gaussian' std: 1 } } }\n"                                                  \
  "layer { name: 'loss' type: 'Reduction' bottom: 'ip' top: 'loss' reduction_param { operation: SUMSQ }\n"   \
  "        loss_weight: 1 } }\n"
#define SETTINGS "base_lr: 0.001 lr_policy: 'fixed' momentum: 0.9 random_seed: 5 "

static caffe_status try_solver(const char* text, const char* path, caffe_solver** solver) {
  caffe_message* parameter = NULL;
  MUST(caffe_message_parse_text("SolverParameter", text, (int64_t)strlen(text), NULL, &parameter));
  const caffe_status status = caffe_solver_create(parameter, path, CAFFE_MODE_CPU, 0, solver);
  CHECK_OK(caffe_message_destroy(parameter));
  return status;
}

static caffe_solver* make_solver(const char* settings, const char* path) {
  char text[2048];
  snprintf(text, sizeof(text), "%s%s%s", NET, SETTINGS, settings);
  caffe_solver* solver = NULL;
  MUST(try_solver(text, path, &solver));
  return solver;
}

static void step(caffe_solver* solver, int iterations) {
  caffe_net* net = NULL;
  int32_t layers = 0;
  MUST(caffe_solver_net(solver, &net));
  MUST(caffe_net_layer_count(net, &layers));
  caffe_blob* data = blob_by_name(net, "data");
  fill_blob(data, 1);
  CHECK_OK(caffe_blob_destroy(data));
  for (int i = 0; i < iterations; ++i) {
    CHECK_OK(caffe_solver_start_iteration(solver, 0));
    CHECK_OK(caffe_net_forward(net, 0, layers - 1, NULL));
    CHECK_OK(caffe_net_backward(net, layers - 1, 0));
    CHECK_OK(caffe_solver_apply_update(solver));
  }
  CHECK_OK(caffe_net_destroy(net));
}

static float first_weight(caffe_solver* solver) {
  caffe_net* net = NULL;
  caffe_blob* weights = NULL;
  const float* values = NULL;
  int64_t count = 0;
  MUST(caffe_solver_net(solver, &net));
  MUST(caffe_net_layer_param(net, layer_by_name(net, "ip"), 0, &weights));
  MUST(caffe_blob_data(weights, &values, &count));
  const float first = values[0];
  CHECK_OK(caffe_blob_destroy(weights));
  CHECK_OK(caffe_net_destroy(net));
  return first;
}

static int entries_in(const char* folder) {
  DIR* directory = opendir(folder);
  int count = 0;
  while (directory != NULL && readdir(directory) != NULL) ++count;
  if (directory != NULL) closedir(directory);
  return count - 2;
}

TEST(solver_learns_and_continues_from_its_snapshot) {
  const char* path = temporary_path("solver.prototxt");
  caffe_solver* solver = make_solver("", path);
  const float start = first_weight(solver);
  step(solver, 3);
  const float third = first_weight(solver);
  CHECK_THAT(third != start);
  const char* weights = NULL;
  const char* state = NULL;
  MUST(caffe_solver_snapshot(solver, &weights, &state));
  CHECK_CONTAINS(weights, "/solver_iter_3.caffemodel");
  CHECK_CONTAINS(state, "/solver_iter_3.solverstate");
  step(solver, 2);
  const float fifth = first_weight(solver);
  CHECK_OK(caffe_solver_restore(solver, state));
  int32_t iteration = 0;
  float rate = 0;
  CHECK_OK(caffe_solver_iteration(solver, &iteration));
  CHECK_OK(caffe_solver_learning_rate(solver, &rate));
  CHECK_THAT(iteration == 3 && rate == 0.001f && first_weight(solver) == third);
  step(solver, 2);
  CHECK_THAT(first_weight(solver) == fifth);
  CHECK_OK(caffe_solver_destroy(solver));
}

TEST(net_outlives_its_solver) {
  caffe_solver* solver = make_solver("", NULL);
  caffe_net* net = NULL;
  MUST(caffe_solver_net(solver, &net));
  CHECK_OK(caffe_solver_destroy(solver));
  CHECK_OK(forward_all(net));
  CHECK_OK(caffe_net_destroy(net));
}

TEST(disk_that_is_full_leaves_no_half_snapshot) {
  const char* folder = temporary_path("full");
  char settings[512];
  char command[512];
  snprintf(command, sizeof(command), "mkdir -p '%s'", folder);
  CHECK_THAT(system(command) == 0);
  /* What goes beyond a limit on files fails as on a full disk. The weights are 27.4 kB. */
  signal(SIGXFSZ, SIG_IGN);
  static const rlim_t limits[] = {100, 8192, 27300};
  static const char* const formats[] = {"BINARYPROTO", "HDF5"};
  /* Where a file cannot be written HDF5 and Caffe's HDF5 code leak a few bytes, which is known and not ours. */
  caffe_build_info info;
  MUST(caffe_runtime_build_info(&info));
  const size_t format_count = info.with_sanitizers == 1 ? 1 : 2;
  for (size_t i = 0; i < 3; ++i) {
    for (size_t j = 0; j < format_count; ++j) {
      snprintf(settings, sizeof(settings), "snapshot_prefix: '%s/model' snapshot_format: %s", folder, formats[j]);
      caffe_solver* solver = make_solver(settings, NULL);
      const struct rlimit limit = {limits[i], RLIM_INFINITY};
      const struct rlimit none = {RLIM_INFINITY, RLIM_INFINITY};
      const char* weights = NULL;
      const char* state = NULL;
      CHECK_THAT(setrlimit(RLIMIT_FSIZE, &limit) == 0);
      const caffe_status status = caffe_solver_snapshot(solver, &weights, &state);
      CHECK_THAT(setrlimit(RLIMIT_FSIZE, &none) == 0);
      CHECK_STATUS(CAFFE_ERROR_IO, status);
      CHECK_CONTAINS(last_message(), "/model_iter_0.");
      CHECK_THAT(strstr(last_message(), ".snapshot-") == NULL);
      CHECK_THAT(entries_in(folder) == 0);
      CHECK_OK(caffe_solver_snapshot(solver, &weights, &state));
      CHECK_THAT(entries_in(folder) == 2);
      CHECK_OK(caffe_solver_restore(solver, state));
      CHECK_THAT(remove(weights) == 0 && remove(state) == 0);
      CHECK_OK(caffe_solver_destroy(solver));
    }
  }
}

/* A solverstate as Caffe writes it to HDF5, but with this many numbers as its iteration, a text without an end as the
 * name of its weights, and the first history of this many values, which the file does not have. */
static const char* write_state(const char* name, hsize_t iterations, bool open_text, hsize_t history_values) {
  const char* path = temporary_path(name);
  const int numbers[8] = {3};
  const hsize_t one = 1;
  const hid_t file = H5Fcreate(path, H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT);
  CHECK_THAT(H5LTmake_dataset_int(file, "iter", 1, &iterations, numbers) >= 0);
  CHECK_THAT(H5LTmake_dataset_int(file, "current_step", 1, &one, numbers) >= 0);
  if (open_text) {
    const hid_t type = H5Tcopy(H5T_C_S1);
    CHECK_THAT(H5Tset_size(type, 4) >= 0);
    const hid_t space = H5Screate(H5S_SCALAR);
    const hid_t text = H5Dcreate2(file, "learned_net", type, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
    CHECK_THAT(H5Dwrite(text, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, "none") >= 0);
    CHECK_THAT(H5Dclose(text) >= 0 && H5Sclose(space) >= 0 && H5Tclose(type) >= 0);
  }
  const hid_t history = H5Gcreate2(file, "history", H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
  const hid_t space = H5Screate_simple(1, &history_values, NULL);
  const hid_t values = H5Dcreate2(history, "0", H5T_NATIVE_FLOAT, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
  CHECK_THAT(H5Dclose(values) >= 0 && H5Sclose(space) >= 0 && H5Gclose(history) >= 0 && H5Fclose(file) >= 0);
  return path;
}

TEST(hdf5_state_is_read_within_its_bounds) {
  caffe_solver* solver = make_solver("", NULL);
  /* Caffe reads all of them into one number on its stack. */
  CHECK_FAILS(CAFFE_ERROR_FORMAT,
              "many.h5: the HDF5 solverstate is damaged, or is none: its dataset 'iter' is not one whole number",
              caffe_solver_restore(solver, write_state("many.h5", 8, false, 1)));
  /* Caffe looks for the end of the text behind it. */
  CHECK_FAILS(CAFFE_ERROR_FORMAT, "history blobs", caffe_solver_restore(solver, write_state("open.h5", 1, true, 1)));
  CHECK_FAILS(CAFFE_ERROR_FORMAT, "its dataset 'history/0' claims 1000000000 values in a file of ",
              caffe_solver_restore(solver, write_state("large.h5", 1, false, 1000000000)));
  CHECK_OK(caffe_solver_destroy(solver));
}

/* Caffe finds out when it has replaced the weights. */
TEST(history_with_values_of_two_kinds_is_refused) {
  caffe_solver* solver = NULL;
  MUST(try_solver(
      "net_param { layer { name: 'data' type: 'DummyData' top: 'data' dummy_data_param { shape { dim: 1 dim: 2 } } }\n"
      "  layer { name: 'ip' type: 'InnerProduct' bottom: 'data' top: 'ip'\n"
      "          inner_product_param { num_output: 1 bias_term: false } } } " SETTINGS,
      NULL, &solver));
  static const struct {
    const char* state;
    const char* message;
  } states[] = {
      {"data: 1 data: 2 double_data: 1", "its history blob 0 holds 1 values, its shape 1 x 2 requires 2"},
      {"data: 1 data: 2 diff: 1", "its history blob 0 holds 1 gradients, its shape 1 x 2 requires 2"},
  };
  for (size_t i = 0; i < sizeof(states) / sizeof(states[0]); ++i) {
    char text[200];
    caffe_message* state = NULL;
    const void* bytes = NULL;
    int64_t length = 0;
    int32_t iteration = -1;
    const char* path = temporary_path("two.solverstate");
    snprintf(text, sizeof(text), "iter: 7 current_step: 0 history { shape { dim: 1 dim: 2 } %s }", states[i].state);
    MUST(caffe_message_parse_text("SolverState", text, (int64_t)strlen(text), NULL, &state));
    MUST(caffe_message_bytes(state, &bytes, &length));
    write_file(path, bytes, (size_t)length);
    CHECK_FAILS(CAFFE_ERROR_FORMAT, states[i].message, caffe_solver_restore(solver, path));
    CHECK_OK(caffe_solver_iteration(solver, &iteration));
    CHECK_THAT(iteration == 0);
    CHECK_OK(caffe_message_destroy(state));
  }
  CHECK_OK(caffe_solver_destroy(solver));
}

TEST(solver_that_cannot_be_says_why) {
  caffe_solver* solver = NULL;
  CHECK_FAILS(CAFFE_ERROR_FORMAT, "0 of the fields net, net_param", try_solver("base_lr: 1", NULL, &solver));
  CHECK_FAILS(CAFFE_ERROR_FORMAT, "unknown solver type 'SDG'; did you mean 'SGD'?",
              try_solver(NET SETTINGS "type: 'SDG'", NULL, &solver));
  CHECK_FAILS(CAFFE_ERROR_NOT_FOUND, "/nowhere/none.prototxt: the prototxt file does not exist",
              try_solver("net: 'none.prototxt' " SETTINGS, "/nowhere/solver.prototxt", &solver));
  CHECK_FAILS(CAFFE_ERROR_IO, "no snapshot can be written at snapshot_prefix",
              try_solver(NET SETTINGS "snapshot: 1 snapshot_prefix: '/nowhere/model'", NULL, &solver));
  CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "'parameter' is null", caffe_solver_create(NULL, NULL, CAFFE_MODE_CPU, 0, &solver));
  CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "'solver' is null", caffe_solver_apply_update(NULL));
  CHECK_THAT(solver == NULL);
}

static const struct test tests[] = {
    ENTRY(solver_learns_and_continues_from_its_snapshot), ENTRY(net_outlives_its_solver),
    ENTRY(disk_that_is_full_leaves_no_half_snapshot),     ENTRY(hdf5_state_is_read_within_its_bounds),
    ENTRY(history_with_values_of_two_kinds_is_refused),   ENTRY(solver_that_cannot_be_says_why),
};
TEST_MAIN(tests)
