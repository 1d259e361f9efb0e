#define _GNU_SOURCE
#include <lmdb.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/stat.h>
#include <unistd.h>

#include "check.h"
#include "support.h"

/* Runs until stop is set. */
struct worker {
  caffe_net* net;
  atomic_bool started;
  atomic_bool stop;
  atomic_int busy;
};

static void* run_until_stopped(void* argument) {
  struct worker* worker = argument;
  while (!atomic_load(&worker->stop)) {
    const caffe_status status = forward_all(worker->net);
    if (status == CAFFE_ERROR_BUSY) atomic_fetch_add(&worker->busy, 1);
    CHECK_THAT(status == CAFFE_OK || status == CAFFE_ERROR_BUSY);
    atomic_store(&worker->started, true);
  }
  return NULL;
}

TEST(running_net_reports_busy_to_a_second_thread) {
  struct worker worker = {.net = original_net("12net")};
  reshape_input(worker.net, "data", 1, 3, 300, 300);
  CHECK_OK(forward_all(worker.net));
  pthread_t thread;
  MUST(pthread_create(&thread, NULL, run_until_stopped, &worker) == 0 ? CAFFE_OK : CAFFE_ERROR_INTERNAL);
  while (!atomic_load(&worker.started)) usleep(100);
  int busy = 0;
  for (int i = 0; i < 100000 && busy < 20; ++i) {
    const caffe_status status = caffe_net_reshape(worker.net);
    CHECK_THAT(status == CAFFE_OK || status == CAFFE_ERROR_BUSY);
    if (status == CAFFE_ERROR_BUSY) {
      ++busy;
      CHECK_CONTAINS(last_message(), "this net is running, on another thread");
    }
    usleep(50);
  }
  atomic_store(&worker.stop, true);
  CHECK_THAT(pthread_join(thread, NULL) == 0);
  CHECK_THAT(busy == 20);
  CHECK_OK(forward_all(worker.net));
  CHECK_OK(caffe_net_destroy(worker.net));
}

struct job {
  const char* name;
  uint32_t seed;
  caffe_net* net;
};

static void* run_job(void* argument) {
  struct job* job = argument;
  job->net = original_net(job->name);
  for (uint32_t i = 0; i < 20; ++i) forward_filled(job->net, "data", job->seed + i);
  return NULL;
}

TEST(nets_on_their_own_threads_give_the_same_as_one_after_the_other) {
  struct job alone[] = {{"12net", 1, NULL}, {"24net", 2, NULL}, {"48net", 3, NULL}, {"12net", 4, NULL}};
  struct job together[] = {{"12net", 1, NULL}, {"24net", 2, NULL}, {"48net", 3, NULL}, {"12net", 4, NULL}};
  pthread_t threads[4];
  for (int i = 0; i < 4; ++i) run_job(&alone[i]);
  for (int i = 0; i < 4; ++i) CHECK_THAT(pthread_create(&threads[i], NULL, run_job, &together[i]) == 0);
  for (int i = 0; i < 4; ++i) CHECK_THAT(pthread_join(threads[i], NULL) == 0);
  for (int i = 0; i < 4; ++i) {
    CHECK_THAT(same_data(alone[i].net, together[i].net, "prob1"));
    CHECK_OK(caffe_net_destroy(alone[i].net));
    CHECK_OK(caffe_net_destroy(together[i].net));
  }
}

#define DROPOUT_NET                                                                  \
  "layer { name: 'i' type: 'Input' top: 'x' input_param { shape { dim: 1000 } } }\n" \
  "layer { name: 'd' type: 'Dropout' bottom: 'x' top: 'y' }\n"

static caffe_net* seeded_net(uint32_t seed) {
  const caffe_net_options options = {.phase = CAFFE_PHASE_TRAIN, .has_seed = 1, .seed = seed};
  caffe_net* net = NULL;
  MUST(caffe_net_create_from_text(DROPOUT_NET, sizeof(DROPOUT_NET) - 1, NULL, &options, &net));
  caffe_blob* x = blob_by_name(net, "x");
  fill_blob(x, 1);
  CHECK_OK(caffe_blob_destroy(x));
  return net;
}

static void* forward_on_a_thread(void* net) {
  CHECK_OK(forward_all(net));
  return NULL;
}

TEST(seed_gives_the_same_stream_on_any_thread) {
  caffe_net* one = seeded_net(42);
  caffe_net* two = seeded_net(42);
  caffe_net* other = seeded_net(43);
  for (int i = 0; i < 3; ++i) {
    CHECK_OK(forward_all(one));
    CHECK_OK(forward_all(other));
    pthread_t thread;
    CHECK_THAT(pthread_create(&thread, NULL, forward_on_a_thread, two) == 0);
    CHECK_THAT(pthread_join(thread, NULL) == 0);
    CHECK_THAT(same_data(one, two, "y"));
    CHECK_THAT(!same_data(one, other, "y"));
  }
  CHECK_OK(caffe_net_destroy(one));
  CHECK_OK(caffe_net_destroy(two));
  CHECK_OK(caffe_net_destroy(other));
}

TEST(seed_of_a_net_leaves_the_threads_own_stream_alone) {
  caffe_net* nets[2];
  for (int i = 0; i < 2; ++i) {
    CHECK_OK(caffe_runtime_set_random_seed(5));
    if (i == 1) {
      caffe_net* seeded = seeded_net(42);
      CHECK_OK(forward_all(seeded));
      CHECK_OK(caffe_net_destroy(seeded));
    }
    nets[i] = net_from_text(SMALL_NET);
    forward_filled(nets[i], "data", 1);
  }
  CHECK_THAT(same_data(nets[0], nets[1], "conv"));
  for (int i = 0; i < 2; ++i) CHECK_OK(caffe_net_destroy(nets[i]));
}

/* A Datum of 1 x 2 x 2 with a label: fields 1 to 3 are the sizes, 4 the pixels, 5 the label. */
static const unsigned char kGoodDatum[] = {0x08, 1, 0x10, 2, 0x18, 2, 0x22, 4, 10, 20, 30, 40, 0x28, 7};
/* Sizes without pixels. */
static const unsigned char kBadDatum[] = {0x08, 0, 0x10, 2, 0x18, 2};

static void lmdb_must(int status) {
  if (status == MDB_SUCCESS) return;
  fprintf(stderr, "LMDB: %s\n", mdb_strerror(status));
  exit(1);
}

/* A database of good records, in which the one at that place is bad; none is where it is -1. */
static const char* make_database(const char* name, int records, int bad) {
  const char* path = temporary_path(name);
  CHECK_THAT(mkdir(path, 0755) == 0);
  MDB_env* environment = NULL;
  MDB_txn* transaction = NULL;
  MDB_dbi database;
  lmdb_must(mdb_env_create(&environment));
  lmdb_must(mdb_env_open(environment, path, 0, 0644));
  lmdb_must(mdb_txn_begin(environment, NULL, 0, &transaction));
  lmdb_must(mdb_dbi_open(transaction, NULL, 0, &database));
  for (int i = 0; i < records; ++i) {
    char key[16];
    snprintf(key, sizeof(key), "%08d", i);
    unsigned char datum[sizeof(kGoodDatum)];
    memcpy(datum, kGoodDatum, sizeof(datum));
    datum[8] = (unsigned char)i;
    MDB_val key_value = {strlen(key), key};
    MDB_val value = {sizeof(datum), datum};
    if (i == bad) value = (MDB_val){sizeof(kBadDatum), (void*)kBadDatum};
    lmdb_must(mdb_put(transaction, database, &key_value, &value, 0));
  }
  lmdb_must(mdb_txn_commit(transaction));
  mdb_env_close(environment);
  return path;
}

static caffe_net* data_net(const char* database) {
  char text[1024];
  snprintf(text, sizeof(text),
           "layer { name: 'db' type: 'Data' top: 'data' top: 'label'\n"
           "        data_param { source: '%s' backend: LMDB batch_size: 1 } }\n",
           database);
  return net_from_text(text);
}

TEST(data_layer_reads_its_database_on_a_thread) {
  caffe_net* net = data_net(make_database("good", 3, -1));
  for (int i = 0; i < 7; ++i) {
    CHECK_OK(forward_all(net));
    int64_t count = 0;
    float* data = copy_data(net, "data", &count);
    float* label = copy_data(net, "label", &count);
    CHECK_THAT(data[0] == (float)(i % 3) && data[3] == 40.0f && label[0] == 7.0f);
    free(data);
    free(label);
  }
  CHECK_OK(caffe_net_destroy(net));
}

TEST(failure_on_a_thread_of_caffes_reaches_the_caller) {
  caffe_net* net = data_net(make_database("bad", 10, 4));
  caffe_status status = CAFFE_OK;
  int good = 0;
  while ((status = forward_all(net)) == CAFFE_OK && good < 10) ++good;
  CHECK_THAT(good == 4);
  CHECK_THAT(status == CAFFE_ERROR_FORMAT);
  CHECK_CONTAINS(last_message(), "layer 'db' (Data): its source '");
  for (int i = 0; i < 100; ++i) {
    CHECK_FAILS(CAFFE_ERROR_FORMAT, "record '00000004' is a Datum of the shape 0 x 2 x 2", forward_all(net));
  }
  CHECK_OK(caffe_net_destroy(net));
}

TEST(failure_in_one_net_is_not_anothers) {
  const char* bad = make_database("bad-of-two", 1000, 1);
  const char* good = make_database("good-of-two", 3, -1);
  caffe_net* failing = data_net(bad);
  caffe_net* healthy = data_net(good);
  CHECK_OK(forward_all(failing));
  CHECK_STATUS(CAFFE_ERROR_FORMAT, forward_all(failing));
  for (int i = 0; i < 20; ++i) CHECK_OK(forward_all(healthy));
  CHECK_OK(caffe_net_destroy(failing));
  CHECK_OK(forward_all(healthy));
  CHECK_OK(caffe_net_destroy(healthy));
}

TEST(nets_with_threads_come_and_go) {
  const char* database = make_database("many", 3, -1);
  for (int i = 0; i < 200; ++i) {
    caffe_net* net = data_net(database);
    if (i % 2 == 0) CHECK_OK(forward_all(net));
    CHECK_OK(caffe_net_destroy(net));
  }
}

TEST(net_that_fails_after_its_thread_has_started_is_unwound) {
  const char* database = make_database("unwound", 3, -1);
  char text[1024];
  snprintf(text, sizeof(text),
           "layer { name: 'db' type: 'Data' top: 'data' data_param { source: '%s' backend: LMDB batch_size: 1 } }\n"
           "layer { name: 'conv' type: 'Convolution' bottom: 'data' top: 'conv'\n"
           "        convolution_param { num_output: 1 kernel_size: 9 } }\n",
           database);
  for (int i = 0; i < 50; ++i) {
    CHECK_FAILS(CAFFE_ERROR_CHECK, "layer 'conv' (Convolution): Check failed: ", try_net_from_text(text));
  }
}

TEST(blob_of_a_data_layer_outlives_the_net) {
  caffe_net* net = data_net(make_database("outlived", 3, -1));
  CHECK_OK(forward_all(net));
  caffe_blob* data = blob_by_name(net, "data");
  CHECK_OK(caffe_net_destroy(net));
  const float* values = NULL;
  int64_t count = 0;
  CHECK_OK(caffe_blob_data(data, &values, &count));
  CHECK_THAT(count == 4 && values[3] == 40.0f);
  CHECK_OK(caffe_blob_destroy(data));
}

TEST(hdf5_data_that_goes_missing_fails_the_forward) {
  const char* list = temporary_path("list.txt");
  char text[1024];
  snprintf(text, sizeof(text),
           "layer { name: 'h' type: 'HDF5Data' top: 'data' hdf5_data_param { source: '%s' batch_size: 1 } }", list);
  write_file(list, "/nowhere.h5\n", 12);
  for (int i = 0; i < 50; ++i) {
    CHECK_FAILS(CAFFE_ERROR_NOT_FOUND, "names the file '/nowhere.h5', which does not exist", try_net_from_text(text));
  }
  write_file(list, "", 0);
  CHECK_FAILS(CAFFE_ERROR_FORMAT, "names no file", try_net_from_text(text));
}

static void* save_and_load_hdf5(void* name) {
  caffe_net* net = original_net("12net");
  caffe_net* again = net_from_file(model_path("reference/12net/12net.prototxt"));
  for (int i = 0; i < 10; ++i) {
    CHECK_OK(caffe_net_save_hdf5(net, name, 0));
    CHECK_OK(caffe_net_copy_from_file(again, name, NULL));
  }
  CHECK_OK(caffe_net_destroy(net));
  CHECK_OK(caffe_net_destroy(again));
  return NULL;
}

TEST(hdf5_on_several_threads_is_safe) {
  /* The folder and the paths are made before there are threads. */
  const char* paths[] = {temporary_path("a.h5"), temporary_path("b.h5"), temporary_path("c.h5")};
  pthread_t threads[3];
  for (int i = 0; i < 3; ++i) CHECK_THAT(pthread_create(&threads[i], NULL, save_and_load_hdf5, (void*)paths[i]) == 0);
  for (int i = 0; i < 3; ++i) CHECK_THAT(pthread_join(threads[i], NULL) == 0);
}

static const struct test tests[] = {
    ENTRY(running_net_reports_busy_to_a_second_thread),
    ENTRY(nets_on_their_own_threads_give_the_same_as_one_after_the_other),
    ENTRY(seed_gives_the_same_stream_on_any_thread),
    ENTRY(seed_of_a_net_leaves_the_threads_own_stream_alone),
    ENTRY(data_layer_reads_its_database_on_a_thread),
    ENTRY(failure_on_a_thread_of_caffes_reaches_the_caller),
    ENTRY(failure_in_one_net_is_not_anothers),
    ENTRY(nets_with_threads_come_and_go),
    ENTRY(net_that_fails_after_its_thread_has_started_is_unwound),
    ENTRY(blob_of_a_data_layer_outlives_the_net),
    ENTRY(hdf5_data_that_goes_missing_fails_the_forward),
    ENTRY(hdf5_on_several_threads_is_safe),
};
TEST_MAIN(tests)
