/* The thread budget. Its size stays once something computes, so each test sets it first, in its own process. */
#define _GNU_SOURCE
#include <lmdb.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"
#include "support.h"

static caffe_threads_usage usage(void) {
  caffe_threads_usage now;
  MUST(caffe_threads_observe(0, &now));
  return now;
}

/* For as long as fewer threads wait for places. */
static void await_waiting(int32_t threads) {
  while (usage().waiting < threads) usleep(100);
}

static caffe_net* accelerated_net(const char* name) {
  caffe_net* net = original_net(name);
  caffe_engine_options options = {.engine = CAFFE_ENGINE_ACCELERATED};
  MUST(caffe_engine_best_instruction_set(&options.instruction_set));
  MUST(caffe_engine_choose(net, &options));
  return net;
}

TEST(budget_is_set_until_something_computes) {
  int32_t threads = 0;
  CHECK_OK(caffe_threads_budget(&threads));
  CHECK_THAT(threads >= 1 && threads <= sysconf(_SC_NPROCESSORS_ONLN));
  CHECK_OK(caffe_threads_set_budget(3));
  CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "the thread budget must be at least 1 (got 0)", caffe_threads_set_budget(0));
  CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "this process may compute with 3", caffe_runtime_set_blas_threads(4));
  caffe_net* net = net_from_text(SMALL_NET);
  CHECK_FAILS(CAFFE_ERROR_BUSY, "set it before anything is computed", caffe_threads_set_budget(2));
  CHECK_OK(caffe_threads_set_budget(3));
  CHECK_OK(caffe_threads_budget(&threads));
  CHECK_THAT(threads == 3);
  CHECK_STATUS(CAFFE_ERROR_ARGUMENT, caffe_threads_budget(NULL));
  CHECK_STATUS(CAFFE_ERROR_ARGUMENT, caffe_threads_observe(0, NULL));
  CHECK_OK(caffe_net_destroy(net));
}

static atomic_int inside;
static atomic_int most_inside;

static void* enter_and_leave(void* argument) {
  (void)argument;
  for (int i = 0; i < 2000; ++i) {
    CHECK_OK(caffe_threads_enter());
    const int now = atomic_fetch_add(&inside, 1) + 1;
    int most = atomic_load(&most_inside);
    while (now > most && !atomic_compare_exchange_weak(&most_inside, &most, now)) continue;
    if (i % 100 == 0) usleep(100);
    atomic_fetch_sub(&inside, 1);
    CHECK_OK(caffe_threads_leave());
  }
  return NULL;
}

TEST(no_more_threads_are_inside_than_the_budget_has) {
  MUST(caffe_threads_set_budget(3));
  pthread_t threads[8];
  for (int i = 0; i < 8; ++i) CHECK_THAT(pthread_create(&threads[i], NULL, enter_and_leave, NULL) == 0);
  for (int i = 0; i < 8; ++i) CHECK_THAT(pthread_join(threads[i], NULL) == 0);
  CHECK_THAT(atomic_load(&most_inside) == 3);
  CHECK_THAT(usage().most_held == 3 && usage().held == 0 && usage().waiting == 0);
}

struct pass {
  caffe_net* net;
  int times;
};

static void* run_passes(void* argument) {
  const struct pass* pass = argument;
  for (int i = 0; i < pass->times; ++i) CHECK_OK(forward_all(pass->net));
  return NULL;
}

TEST(passes_of_both_engines_keep_to_the_budget) {
  MUST(caffe_threads_set_budget(2));
  struct pass passes[6];
  pthread_t threads[6];
  for (int i = 0; i < 6; ++i) {
    passes[i] = (struct pass){i % 2 == 0 ? accelerated_net("12net") : original_net("24net"), 30};
    if (i % 2 == 0) reshape_input(passes[i].net, "data", 1, 3, 200, 200);
  }
  caffe_threads_usage before;
  CHECK_OK(caffe_threads_observe(1, &before));
  for (int i = 0; i < 6; ++i) CHECK_THAT(pthread_create(&threads[i], NULL, run_passes, &passes[i]) == 0);
  for (int i = 0; i < 6; ++i) CHECK_THAT(pthread_join(threads[i], NULL) == 0);
  CHECK_THAT(usage().most_held == 2 && usage().waiting == 0);
  for (int i = 0; i < 6; ++i) CHECK_OK(caffe_net_destroy(passes[i].net));
  /* Helpers that look for more work give their places back within 50 microseconds. */
  while (usage().held > 0) usleep(100);
}

static atomic_int order[3];
static atomic_int next_in_order;

static void* note_the_order(void* number) {
  CHECK_OK(caffe_threads_enter());
  atomic_store(&order[atomic_fetch_add(&next_in_order, 1)], (int)(intptr_t)number);
  CHECK_OK(caffe_threads_leave());
  return NULL;
}

TEST(places_are_given_in_the_order_they_were_asked_for) {
  MUST(caffe_threads_set_budget(1));
  CHECK_OK(caffe_threads_enter());
  pthread_t threads[3];
  for (intptr_t i = 0; i < 3; ++i) {
    CHECK_THAT(pthread_create(&threads[i], NULL, note_the_order, (void*)(i + 1)) == 0);
    await_waiting((int32_t)i + 1);
  }
  CHECK_THAT(atomic_load(&next_in_order) == 0);
  CHECK_OK(caffe_threads_leave());
  for (int i = 0; i < 3; ++i) CHECK_THAT(pthread_join(threads[i], NULL) == 0);
  for (int i = 0; i < 3; ++i) CHECK_THAT(atomic_load(&order[i]) == i + 1);
}

TEST(turn_within_a_turn_takes_no_further_place) {
  MUST(caffe_threads_set_budget(1));
  caffe_net* net = accelerated_net("12net");
  CHECK_OK(caffe_threads_enter());
  CHECK_OK(caffe_threads_enter());
  CHECK_OK(forward_all(net));
  CHECK_OK(caffe_threads_leave());
  CHECK_THAT(usage().held == 1);
  CHECK_OK(caffe_threads_leave());
  CHECK_THAT(usage().held == 0);
  CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "has no turn to leave", caffe_threads_leave());
  CHECK_OK(caffe_net_destroy(net));
}

static void* run_wide_passes_inside_a_turn(void* argument) {
  const struct pass* pass = argument;
  for (int i = 0; i < pass->times; ++i) {
    CHECK_OK(caffe_threads_enter());
    CHECK_OK(forward_all(pass->net));
    CHECK_OK(caffe_threads_leave());
  }
  return NULL;
}

TEST(passes_that_want_a_place_for_each_thread_of_the_blas_get_them) {
  MUST(caffe_threads_set_budget(2));
  MUST(caffe_runtime_set_blas_threads(2));
  struct pass passes[3];
  pthread_t threads[3];
  for (int i = 0; i < 3; ++i) passes[i] = (struct pass){original_net("24net"), 50};
  CHECK_THAT(usage().most_held >= 1);
  /* Each holds one place when its pass asks for two. */
  for (int i = 0; i < 3; ++i) {
    CHECK_THAT(pthread_create(&threads[i], NULL, run_wide_passes_inside_a_turn, &passes[i]) == 0);
  }
  for (int i = 0; i < 3; ++i) CHECK_THAT(pthread_join(threads[i], NULL) == 0);
  CHECK_THAT(usage().most_held == 2 && usage().held == 0);
  for (int i = 0; i < 3; ++i) CHECK_OK(caffe_net_destroy(passes[i].net));
}

static void run_another_net_on_a_thread(int64_t context, int32_t moment, int32_t layer, char* message, int32_t capacity,
                                        int32_t* status) {
  (void)moment;
  (void)layer;
  (void)message;
  (void)capacity;
  struct pass pass = {(caffe_net*)(intptr_t)context, 1};
  pthread_t thread;
  CHECK_THAT(pthread_create(&thread, NULL, run_passes, &pass) == 0);
  CHECK_THAT(pthread_join(thread, NULL) == 0);
  /* On this thread too. */
  CHECK_OK(forward_all(pass.net));
  *status = CAFFE_OK;
}

TEST(hook_that_waits_for_another_thread_does_not_wait_for_ever) {
  MUST(caffe_threads_set_budget(1));
  caffe_net* outer = net_from_text(SMALL_NET);
  caffe_net* inner = original_net("24net");
  MUST(caffe_net_set_hook(outer, CAFFE_HOOK_AFTER_FORWARD, run_another_net_on_a_thread, (int64_t)(intptr_t)inner));
  for (int i = 0; i < 5; ++i) CHECK_OK(forward_all(outer));
  CHECK_THAT(usage().most_held == 1 && usage().held == 0);
  CHECK_OK(caffe_net_destroy(outer));
  CHECK_OK(caffe_net_destroy(inner));
}

/* A database of three records, each a Datum of 1 x 2 x 2. */
static const char* make_database(void) {
  static const unsigned char datum[] = {0x08, 1, 0x10, 2, 0x18, 2, 0x22, 4, 10, 20, 30, 40, 0x28, 7};
  const char* path = temporary_path("records");
  CHECK_THAT(mkdir(path, 0755) == 0);
  MDB_env* environment = NULL;
  MDB_txn* transaction = NULL;
  MDB_dbi database;
  CHECK_THAT(mdb_env_create(&environment) == 0 && mdb_env_open(environment, path, 0, 0644) == 0);
  CHECK_THAT(mdb_txn_begin(environment, NULL, 0, &transaction) == 0);
  CHECK_THAT(mdb_dbi_open(transaction, NULL, 0, &database) == 0);
  for (int i = 0; i < 3; ++i) {
    char key[] = {(char)('a' + i), 0};
    MDB_val key_value = {1, key};
    MDB_val value = {sizeof(datum), (void*)datum};
    CHECK_THAT(mdb_put(transaction, database, &key_value, &value, 0) == 0);
  }
  CHECK_THAT(mdb_txn_commit(transaction) == 0);
  mdb_env_close(environment);
  return path;
}

TEST(data_layer_and_its_net_share_one_thread) {
  MUST(caffe_threads_set_budget(1));
  char text[1024];
  snprintf(text, sizeof(text),
           "layer { name: 'db' type: 'Data' top: 'data' data_param { source: '%s' backend: LMDB batch_size: 2 } }\n"
           "layer { name: 'ip' type: 'InnerProduct' bottom: 'data' top: 'ip' inner_product_param { num_output: 1 } }\n",
           make_database());
  caffe_net* net = net_from_text(text);
  for (int i = 0; i < 50; ++i) CHECK_OK(forward_all(net));
  CHECK_OK(caffe_net_destroy(net));
  /* A net may go while its thread waits for the place that the caller holds. */
  for (int i = 0; i < 20; ++i) {
    CHECK_OK(caffe_threads_enter());
    net = net_from_text(text);
    await_waiting(1);
    CHECK_OK(caffe_net_destroy(net));
    CHECK_OK(caffe_threads_leave());
  }
  CHECK_THAT(usage().most_held == 1 && usage().held == 0 && usage().waiting == 0);
}

static double quota(const char* root) {
  double processors = -1;
  CHECK_OK(caffe_threads_quota(root, &processors));
  return processors;
}

static void make_folders(const char* root, const char* path) {
  char command[1024];
  snprintf(command, sizeof(command), "mkdir -p '%s/%s'", root, path);
  CHECK_THAT(system(command) == 0);
}

static void write_text(const char* root, const char* name, const char* text) {
  char path[1024];
  snprintf(path, sizeof(path), "%s/%s", root, name);
  write_file(path, text, strlen(text));
}

TEST(quotas_of_both_versions_of_control_groups_are_read) {
  const char* second = temporary_path("version-2");
  make_folders(second, "proc/self");
  make_folders(second, "sys/fs/cgroup/outer/inner");
  write_text(second, "proc/self/cgroup", "0::/outer/inner\n");
  CHECK_THAT(quota(second) == 0);
  write_text(second, "sys/fs/cgroup/outer/inner/cpu.max", "max 100000\n");
  CHECK_THAT(quota(second) == 0);
  write_text(second, "sys/fs/cgroup/outer/cpu.max", "150000 100000\n");
  CHECK_THAT(quota(second) == 1.5);
  write_text(second, "sys/fs/cgroup/outer/inner/cpu.max", "25000 50000\n");
  CHECK_THAT(quota(second) == 0.5);
  /* In a container the mounted folder is the group itself. */
  write_text(second, "proc/self/cgroup", "0::/docker/0123\n");
  CHECK_THAT(quota(second) == 0);
  write_text(second, "sys/fs/cgroup/cpu.max", "400000 100000\n");
  CHECK_THAT(quota(second) == 4);

  const char* first = temporary_path("version-1");
  make_folders(first, "proc/self");
  make_folders(first, "sys/fs/cgroup/cpu,cpuacct/outer/inner");
  write_text(first, "proc/self/cgroup", "12:memory:/elsewhere\n4:cpu,cpuacct:/outer/inner\n0::/\n");
  write_text(first, "sys/fs/cgroup/cpu,cpuacct/outer/inner/cpu.cfs_quota_us", "-1\n");
  write_text(first, "sys/fs/cgroup/cpu,cpuacct/outer/inner/cpu.cfs_period_us", "100000\n");
  CHECK_THAT(quota(first) == 0);
  write_text(first, "sys/fs/cgroup/cpu,cpuacct/outer/cpu.cfs_quota_us", "200000\n");
  write_text(first, "sys/fs/cgroup/cpu,cpuacct/outer/cpu.cfs_period_us", "100000\n");
  CHECK_THAT(quota(first) == 2);
  CHECK_THAT(quota(temporary_path("no-such-folder")) == 0);
  CHECK_STATUS(CAFFE_ERROR_ARGUMENT, caffe_threads_quota(NULL, NULL));
}

/* What its own process computes with a budget of that many threads. */
static void compute(int32_t threads, const char* path) {
  MUST(caffe_threads_set_budget(threads));
  caffe_net* net = accelerated_net("12net");
  reshape_input(net, "data", 1, 3, 313, 217);
  forward_filled(net, "data", 7);
  int64_t count = 0;
  float* values = copy_data(net, "prob1", &count);
  CHECK_THAT(count > 1000);
  write_file(path, values, (size_t)count * sizeof(float));
  free(values);
  CHECK_OK(caffe_net_destroy(net));
  _exit(check_failures);
}

TEST(results_are_the_same_bit_for_bit_for_every_budget) {
  /* Skips the test here, not in a child, if the weights are missing. */
  model_path("reference/12net/12net.prototxt");
  const char* paths[] = {temporary_path("one"), temporary_path("two"), temporary_path("four")};
  for (int i = 0; i < 3; ++i) {
    const pid_t child = fork();
    if (child == 0) compute(1 << i, paths[i]);
    int status = -1;
    CHECK_THAT(waitpid(child, &status, 0) == child && status == 0);
  }
  size_t lengths[3] = {0, 0, 0};
  unsigned char* bytes[3];
  for (int i = 0; i < 3; ++i) bytes[i] = read_file(paths[i], &lengths[i]);
  for (int i = 1; i < 3; ++i) CHECK_THAT(lengths[i] == lengths[0] && memcmp(bytes[i], bytes[0], lengths[0]) == 0);
  for (int i = 0; i < 3; ++i) free(bytes[i]);
}

static const struct test tests[] = {
    ENTRY(budget_is_set_until_something_computes),
    ENTRY(no_more_threads_are_inside_than_the_budget_has),
    ENTRY(passes_of_both_engines_keep_to_the_budget),
    ENTRY(places_are_given_in_the_order_they_were_asked_for),
    ENTRY(turn_within_a_turn_takes_no_further_place),
    ENTRY(passes_that_want_a_place_for_each_thread_of_the_blas_get_them),
    ENTRY(hook_that_waits_for_another_thread_does_not_wait_for_ever),
    ENTRY(data_layer_and_its_net_share_one_thread),
    ENTRY(quotas_of_both_versions_of_control_groups_are_read),
    ENTRY(results_are_the_same_bit_for_bit_for_every_budget),
};
TEST_MAIN(tests)
