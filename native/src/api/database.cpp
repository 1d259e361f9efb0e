#include "caffesharp/database.h"

#include <caffe/util/db.hpp>
#include <memory>
#include <string>

#include "core/error.h"
#include "data/database.h"

namespace caffesharp {
namespace {

std::string Bytes(const void* bytes, std::int64_t length, const char* name) {
  if (length < 0)
    throw Error(CAFFE_ERROR_ARGUMENT,
                std::string(name) + "_length must be at least 0 (got " + std::to_string(length) + ")");
  if (length > 0) RequireNotNull(bytes, name);
  return std::string(static_cast<const char*>(bytes), static_cast<std::size_t>(length));
}

}  // namespace
}  // namespace caffesharp

struct caffe_database {
  std::shared_ptr<caffesharp::Database> value;
};

struct caffe_cursor {
  // Declared first, so that it is destroyed after the cursor.
  std::shared_ptr<caffesharp::Database> database;
  std::unique_ptr<caffe::db::Cursor> value;
  // The results of the last call.
  std::string record_key;
  std::string record_value;
};

using caffesharp::Guard;
using caffesharp::RequireNotNull;

caffe_status caffe_database_open(const char* path, int32_t backend, int32_t mode, caffe_database** database) {
  return Guard([&] {
    RequireNotNull(path, "path");
    RequireNotNull(database, "database");
    auto made = std::make_unique<caffe_database>();
    made->value = std::make_shared<caffesharp::Database>(path, backend, mode);
    *database = made.release();
  });
}

caffe_status caffe_database_destroy(caffe_database* database) {
  return Guard([&] { delete database; });
}

caffe_status caffe_database_put(caffe_database* database, const void* key, int64_t key_length, const void* value,
                                int64_t value_length) {
  return Guard([&] {
    RequireNotNull(database, "database");
    database->value->Put(caffesharp::Bytes(key, key_length, "key"), caffesharp::Bytes(value, value_length, "value"));
  });
}

caffe_status caffe_database_commit(caffe_database* database) {
  return Guard([&] {
    RequireNotNull(database, "database");
    database->value->Commit();
  });
}

caffe_status caffe_database_count(caffe_database* database, int64_t* count) {
  return Guard([&] {
    RequireNotNull(database, "database");
    RequireNotNull(count, "count");
    int64_t total = 0;
    const auto cursor = database->value->NewCursor();
    for (; cursor->valid(); cursor->Next()) ++total;
    *count = total;
  });
}

caffe_status caffe_database_cursor(caffe_database* database, caffe_cursor** cursor) {
  return Guard([&] {
    RequireNotNull(database, "database");
    RequireNotNull(cursor, "cursor");
    auto made = std::make_unique<caffe_cursor>();
    made->database = database->value;
    made->value = database->value->NewCursor();
    *cursor = made.release();
  });
}

caffe_status caffe_cursor_destroy(caffe_cursor* cursor) {
  return Guard([&] { delete cursor; });
}

caffe_status caffe_cursor_next(caffe_cursor* cursor, int32_t* found, const void** key, int64_t* key_length,
                               const void** value, int64_t* value_length) {
  return Guard([&] {
    RequireNotNull(cursor, "cursor");
    RequireNotNull(found, "found");
    RequireNotNull(key, "key");
    RequireNotNull(key_length, "key_length");
    RequireNotNull(value, "value");
    RequireNotNull(value_length, "value_length");
    if (!cursor->value->valid()) {
      *found = 0;
      return;
    }
    cursor->record_key = cursor->value->key();
    cursor->record_value = cursor->value->value();
    cursor->value->Next();
    *found = 1;
    *key = cursor->record_key.data();
    *key_length = static_cast<int64_t>(cursor->record_key.size());
    *value = cursor->record_value.data();
    *value_length = static_cast<int64_t>(cursor->record_value.size());
  });
}
