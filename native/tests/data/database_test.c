/* Databases written and read; a disk that is full in the middle of a batch; examples in memory. */
#include <signal.h>
#include <sys/resource.h>

#include "check.h"
#include "support.h"

static const int32_t kBackends[] = {CAFFE_DATABASE_LEVELDB, CAFFE_DATABASE_LMDB};

static caffe_database* open_database(const char* path, int32_t backend, int32_t mode) {
  caffe_database* database = NULL;
  MUST(caffe_database_open(path, backend, mode, &database));
  return database;
}

static caffe_status put_text(caffe_database* database, const char* key, const char* value) {
  return caffe_database_put(database, key, (int64_t)strlen(key), value, (int64_t)strlen(value));
}

/* Reads the next record, and checks that it is this one. */
static void expect_record(caffe_cursor* cursor, const char* key, const char* value) {
  int32_t found = 0;
  const void* key_bytes = NULL;
  const void* value_bytes = NULL;
  int64_t key_length = 0;
  int64_t value_length = 0;
  MUST(caffe_cursor_next(cursor, &found, &key_bytes, &key_length, &value_bytes, &value_length));
  CHECK_THAT(found == 1);
  CHECK_THAT(key_length == (int64_t)strlen(key) && memcmp(key_bytes, key, strlen(key)) == 0);
  CHECK_THAT(value_length == (int64_t)strlen(value) && memcmp(value_bytes, value, strlen(value)) == 0);
}

TEST(records_come_back_in_the_order_of_their_keys) {
  for (int i = 0; i < 2; ++i) {
    const char* path = temporary_path(i == 0 ? "leveldb" : "lmdb");
    caffe_database* database = open_database(path, kBackends[i], CAFFE_DATABASE_NEW);
    CHECK_OK(put_text(database, "b", "second"));
    CHECK_OK(put_text(database, "a", "first"));
    CHECK_OK(caffe_database_commit(database));
    CHECK_OK(put_text(database, "c", "lost"));
    CHECK_OK(caffe_database_destroy(database));

    database = open_database(path, kBackends[i], CAFFE_DATABASE_READ);
    int64_t count = 0;
    CHECK_OK(caffe_database_count(database, &count));
    CHECK_THAT(count == 2);
    caffe_cursor* cursor = NULL;
    MUST(caffe_database_cursor(database, &cursor));
    CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "open to read only", put_text(database, "d", "none"));
    /* The cursor keeps the database open. */
    CHECK_OK(caffe_database_destroy(database));
    expect_record(cursor, "a", "first");
    expect_record(cursor, "b", "second");
    int32_t found = 1;
    const void* bytes = NULL;
    CHECK_OK(caffe_cursor_next(cursor, &found, &bytes, &count, &bytes, &count));
    CHECK_THAT(found == 0);
    CHECK_OK(caffe_cursor_destroy(cursor));
  }
  CHECK_OK(caffe_database_destroy(NULL));
  CHECK_OK(caffe_cursor_destroy(NULL));
}

TEST(calls_that_make_no_sense_are_refused) {
  caffe_database* database = NULL;
  const char* path = temporary_path("none");
  CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "backend 2", caffe_database_open(path, 2, CAFFE_DATABASE_READ, &database));
  CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "mode 3", caffe_database_open(path, CAFFE_DATABASE_LMDB, 3, &database));
  CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "'path' is null", caffe_database_open(NULL, 0, 0, &database));
  CHECK_FAILS(CAFFE_ERROR_NOT_FOUND, "there is no such LMDB database",
              caffe_database_open(path, CAFFE_DATABASE_LMDB, CAFFE_DATABASE_READ, &database));
  CHECK_THAT(database == NULL);
  database = open_database(path, CAFFE_DATABASE_LMDB, CAFFE_DATABASE_NEW);
  CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "0 bytes", put_text(database, "", "value"));
  CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "key_length must be at least 0 (got -1)",
              caffe_database_put(database, "a", -1, "b", 1));
  caffe_cursor* cursor = NULL;
  CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "open to write", caffe_database_cursor(database, &cursor));
  CHECK_FAILS(CAFFE_ERROR_BUSY, "open in this process already",
              caffe_database_open(path, CAFFE_DATABASE_LMDB, CAFFE_DATABASE_READ, &database));
  CHECK_OK(caffe_database_destroy(database));
}

TEST(disk_that_is_full_loses_the_batch_alone) {
  signal(SIGXFSZ, SIG_IGN);
  char value[20000];
  memset(value, 'v', sizeof(value) - 1);
  value[sizeof(value) - 1] = 0;
  for (int i = 0; i < 2; ++i) {
    const char* path = temporary_path(i == 0 ? "full-leveldb" : "full-lmdb");
    caffe_database* database = open_database(path, kBackends[i], CAFFE_DATABASE_NEW);
    CHECK_OK(put_text(database, "a", "first"));
    CHECK_OK(caffe_database_commit(database));
    CHECK_OK(put_text(database, "b", value));
    CHECK_OK(put_text(database, "c", value));
    /* What goes beyond a limit on files fails as on a full disk. */
    const struct rlimit limit = {30000, RLIM_INFINITY};
    const struct rlimit none = {RLIM_INFINITY, RLIM_INFINITY};
    CHECK_THAT(setrlimit(RLIMIT_FSIZE, &limit) == 0);
    const caffe_status status = caffe_database_commit(database);
    CHECK_THAT(setrlimit(RLIMIT_FSIZE, &none) == 0);
    CHECK_STATUS(CAFFE_ERROR_IO, status);
    CHECK_CONTAINS(last_message(), "records cannot be written: ");
    CHECK_CONTAINS(last_message(), kBackends[i] == CAFFE_DATABASE_LMDB ? "a full disk" : "File too large");
    if (kBackends[i] == CAFFE_DATABASE_LMDB) {
      CHECK_OK(put_text(database, "d", "last"));
      CHECK_OK(caffe_database_commit(database));
    }
    CHECK_OK(caffe_database_destroy(database));

    database = open_database(path, kBackends[i], CAFFE_DATABASE_READ);
    caffe_cursor* cursor = NULL;
    MUST(caffe_database_cursor(database, &cursor));
    expect_record(cursor, "a", "first");
    if (kBackends[i] == CAFFE_DATABASE_LMDB) expect_record(cursor, "d", "last");
    CHECK_OK(caffe_cursor_destroy(cursor));
    CHECK_OK(caffe_database_destroy(database));
  }
}

TEST(failed_openings_leave_nothing_behind) {
  const char* path = temporary_path("file");
  write_file(path, "text", 4);
  caffe_database* database = NULL;
  for (int i = 0; i < 500; ++i) {
    CHECK_FAILS(CAFFE_ERROR_FORMAT, "is a file",
                caffe_database_open(path, kBackends[i % 2], CAFFE_DATABASE_READ, &database));
  }
  const char* whole = temporary_path("whole");
  database = open_database(whole, CAFFE_DATABASE_LMDB, CAFFE_DATABASE_NEW);
  CHECK_OK(caffe_database_commit(database));
  CHECK_OK(caffe_database_destroy(database));
  char data[4096];
  snprintf(data, sizeof(data), "%s/data.mdb", whole);
  size_t length = 4096;
  unsigned char* half = read_file(data, &length);
  write_file(data, half, length);
  free(half);
  /* More than the descriptors that a process may have open. */
  for (int i = 0; i < 1500; ++i) {
    CHECK_FAILS(CAFFE_ERROR_FORMAT, "data.mdb",
                caffe_database_open(whole, CAFFE_DATABASE_LMDB, CAFFE_DATABASE_READ, &database));
  }
}

TEST(examples_in_memory_are_copied_and_replaced) {
  caffe_net* net = net_from_text(
      "layer { name: 'memory' type: 'MemoryData' top: 'data' top: 'label'\n"
      "        memory_data_param { batch_size: 2 channels: 1 height: 1 width: 2 } }\n");
  int64_t count = 0;
  for (int round = 0; round < 100; ++round) {
    float* data = malloc(8 * sizeof(float));
    float labels[4];
    for (int i = 0; i < 8; ++i) data[i] = (float)(round + i);
    for (int i = 0; i < 4; ++i) labels[i] = (float)i;
    CHECK_OK(caffe_net_set_input_arrays(net, 0, data, 8, labels, 4));
    free(data);
    if (round > 0) {
      float* old = copy_data(net, "data", &count);
      CHECK_THAT(old[0] == (float)(round - 1));
      free(old);
    }
    CHECK_OK(forward_all(net));
    float* read = copy_data(net, "data", &count);
    CHECK_THAT(count == 4 && read[0] == (float)round && read[3] == (float)(round + 3));
    free(read);
  }
  const float values[8] = {0};
  CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "3 examples are not a multiple of the batch size, 2",
              caffe_net_set_input_arrays(net, 0, values, 6, values, 3));
  CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "do not belong together", caffe_net_set_input_arrays(net, 0, values, 8, values, 3));
  CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "'data' is null", caffe_net_set_input_arrays(net, 0, NULL, 8, values, 4));
  CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "layer 1 is out of range",
              caffe_net_set_input_arrays(net, 1, values, 8, values, 4));
  CHECK_OK(caffe_net_destroy(net));
}

static const struct test tests[] = {
    ENTRY(records_come_back_in_the_order_of_their_keys), ENTRY(calls_that_make_no_sense_are_refused),
    ENTRY(disk_that_is_full_loses_the_batch_alone),      ENTRY(failed_openings_leave_nothing_behind),
    ENTRY(examples_in_memory_are_copied_and_replaced),
};
TEST_MAIN(tests)
