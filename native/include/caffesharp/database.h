#ifndef CAFFESHARP_DATABASE_H_
#define CAFFESHARP_DATABASE_H_

#include "caffesharp/error.h"
#include "caffesharp/export.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A database of records, each with a key and a value, as Caffe's Data layer reads it. Caffe's own code opens it. */
typedef struct caffe_database caffe_database;
/* A position among the records of a database. Records are ordered by their keys, byte by byte. */
typedef struct caffe_cursor caffe_cursor;

/* The values of DataParameter.DB in caffe.proto. */
typedef enum caffe_database_backend { CAFFE_DATABASE_LEVELDB = 0, CAFFE_DATABASE_LMDB = 1 } caffe_database_backend;

typedef enum caffe_database_mode {
  CAFFE_DATABASE_READ = 0,
  CAFFE_DATABASE_WRITE = 1,
  /* Creates the folder path. Its parent folder must exist. */
  CAFFE_DATABASE_NEW = 2
} caffe_database_mode;

/* Opens a database. Within a process, an LMDB database may be open for one writer or for any number of readers, and all
 * processes together may have one writer. A LevelDB database may be open only once among all processes. Otherwise the
 * call returns CAFFE_ERROR_BUSY. */
CAFFESHARP_EXPORT caffe_status caffe_database_open(const char* path, int32_t backend, int32_t mode,
                                                   caffe_database** database);
/* Closes a database. Null is allowed. Uncommitted records are lost. Cursors stay valid. */
CAFFESHARP_EXPORT caffe_status caffe_database_destroy(caffe_database* database);

/* Adds a record to the batch, or replaces the record with the same key. LMDB keys have 1 to 511 bytes. */
CAFFESHARP_EXPORT caffe_status caffe_database_put(caffe_database* database, const void* key, int64_t key_length,
                                                  const void* value, int64_t value_length);
/* Writes the whole batch or nothing. After a failure the batch is empty and the database is unchanged. */
CAFFESHARP_EXPORT caffe_status caffe_database_commit(caffe_database* database);

/* Counts the records of a database that is open for reading. It reads through all records. */
CAFFESHARP_EXPORT caffe_status caffe_database_count(caffe_database* database, int64_t* count);
/* Creates a cursor for a database that is open for reading. The caller must destroy it. */
CAFFESHARP_EXPORT caffe_status caffe_database_cursor(caffe_database* database, caffe_cursor** cursor);
/* Destroys a cursor. Null is allowed. */
CAFFESHARP_EXPORT caffe_status caffe_cursor_destroy(caffe_cursor* cursor);
/* Gets the record at the cursor and moves to the next. After the last record *found is 0 and the other results are
 * unchanged. Key and value are valid until the next call with this cursor. */
CAFFESHARP_EXPORT caffe_status caffe_cursor_next(caffe_cursor* cursor, int32_t* found, const void** key,
                                                 int64_t* key_length, const void** value, int64_t* value_length);

#ifdef __cplusplus
}
#endif

#endif /* CAFFESHARP_DATABASE_H_ */
