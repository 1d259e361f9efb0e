// A database of Caffe's, LevelDB or LMDB, with errors that say which and why.
#ifndef CAFFESHARP_SRC_DATA_DATABASE_H_
#define CAFFESHARP_SRC_DATA_DATABASE_H_

#include <caffe/util/db.hpp>
#include <cstdint>
#include <memory>
#include <string>

#include "caffesharp/database.h"

namespace caffesharp {

class Database {
 public:
  // backend and mode are the C interface's.
  Database(std::string path, std::int32_t backend, std::int32_t mode);

  // Records are in the database from Commit on.
  void Put(const std::string& key, const std::string& value);
  void Commit();
  std::unique_ptr<caffe::db::Cursor> NewCursor();

 private:
  void RequireWritable() const;
  void Create();
  void Open(caffe::db::Mode mode);
  void CheckLevelDbFolder() const;
  void OpenBackend(caffe::db::Mode mode);

  std::string path_;
  bool is_lmdb_ = false;
  bool writes_ = false;
  std::unique_ptr<caffe::db::DB> database_;
  std::unique_ptr<caffe::db::Transaction> batch_;
};

}  // namespace caffesharp

#endif  // CAFFESHARP_SRC_DATA_DATABASE_H_
