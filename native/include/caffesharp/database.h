#ifndef CAFFESHARP_DATABASE_H_
#define CAFFESHARP_DATABASE_H_

#include "caffesharp/error.h"
#include "caffesharp/export.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A database of records, each a key and a value, as Caffe's Data layer reads it: opened by the same code. */
typedef struct caffe_database caffe_database;
/* A place among the records of a database, in the order of their keys, byte by byte. */
typedef struct caffe_cursor caffe_cursor;

/* The numbers of DataParameter.DB in caffe.proto. */
typedef enum caffe_database_backend { CAFFE_DATABASE_LEVELDB = 0, CAFFE_DATABASE_LMDB = 1 } caffe_database_backend;

typedef enum caffe_database_mode {
  CAFFE_DATABASE_READ = 0,
  CAFFE_DATABASE_WRITE = 1,
  /* Makes the folder path, in a folder that is there. */
  CAFFE_DATABASE_NEW = 2
} caffe_database_mode;

/* An LMDB database has one writer or any number of readers in a process (CAFFE_ERROR_BUSY), and at most one writer
 * among all processes. A LevelDB database is open once among all. */
CAFFESHARP_EXPORT caffe_status caffe_database_open(const char* path, int32_t backend, int32_t mode,
                                                   caffe_database** database);
/* Null is allowed. What was not committed is lost; cursors live on. */
CAFFESHARP_EXPORT caffe_status caffe_database_destroy(caffe_database* database);

/* Adds a record to the batch, or replaces the one of its key. LMDB's keys have 1 to 511 bytes. */
CAFFESHARP_EXPORT caffe_status caffe_database_put(caffe_database* database, const void* key, int64_t key_length,
                                                  const void* value, int64_t value_length);
/* Writes the batch, all of it or none. After a failure the batch is empty, and the database as it was before it. */
CAFFESHARP_EXPORT caffe_status caffe_database_commit(caffe_database* database);

/* Of a database that was opened to read. Goes through all records. */
CAFFESHARP_EXPORT caffe_status caffe_database_count(caffe_database* database, int64_t* count);
/* Of a database that was opened to read; to be destroyed by the caller. */
CAFFESHARP_EXPORT caffe_status caffe_database_cursor(caffe_database* database, caffe_cursor** cursor);
/* Null is allowed. */
CAFFESHARP_EXPORT caffe_status caffe_cursor_destroy(caffe_cursor* cursor);
/* Gives the record at the cursor and moves on; *found is 0, and the rest untouched, after the last. Key and value live
 * until the cursor's next call. */
CAFFESHARP_EXPORT caffe_status caffe_cursor_next(caffe_cursor* cursor, int32_t* found, const void** key,
                                                 int64_t* key_length, const void** value, int64_t* value_length);

#ifdef __cplusplus
}
#endif

#endif /* CAFFESHARP_DATABASE_H_ */
