#include "data/database.h"

#include <filesystem>
#include <system_error>
#include <utility>

#include "core/error.h"

namespace caffesharp {
namespace {

constexpr std::int64_t kLongestLmdbKey = 511;

Error Refuse(caffe_status status, const std::string& path, const std::string& message) {
  return Error(status, path + ": " + message).AtPath(path);
}

bool Exists(const std::filesystem::path& path) {
  std::error_code ignored;
  return std::filesystem::exists(path, ignored);
}

}  // namespace

Database::Database(std::string path, std::int32_t backend, std::int32_t mode) : path_(std::move(path)) {
  if (path_.empty()) throw Error(CAFFE_ERROR_ARGUMENT, "the path of the database is empty");
  if (backend != CAFFE_DATABASE_LEVELDB && backend != CAFFE_DATABASE_LMDB) {
    throw Error(CAFFE_ERROR_ARGUMENT, "backend " + std::to_string(backend) + " is neither 0 (LevelDB) nor 1 (LMDB)");
  }
  if (mode != CAFFE_DATABASE_READ && mode != CAFFE_DATABASE_WRITE && mode != CAFFE_DATABASE_NEW) {
    throw Error(CAFFE_ERROR_ARGUMENT, "mode " + std::to_string(mode) + " is not 0 (read), 1 (write) or 2 (new)");
  }
  is_lmdb_ = backend == CAFFE_DATABASE_LMDB;
  writes_ = mode != CAFFE_DATABASE_READ;
  database_.reset(caffe::db::GetDB(is_lmdb_ ? caffe::DataParameter_DB_LMDB : caffe::DataParameter_DB_LEVELDB));
  if (mode == CAFFE_DATABASE_NEW) {
    Create();
  } else {
    Open(writes_ ? caffe::db::WRITE : caffe::db::READ);
  }
  if (writes_) batch_.reset(database_->NewTransaction());
}

void Database::Put(const std::string& key, const std::string& value) {
  RequireWritable();
  const auto length = static_cast<std::int64_t>(key.size());
  if (length == 0 || (is_lmdb_ && length > kLongestLmdbKey)) {
    throw Refuse(CAFFE_ERROR_ARGUMENT, path_,
                 "a key has " + std::to_string(length) + " bytes; it must have " +
                     (is_lmdb_ ? "1 to " + std::to_string(kLongestLmdbKey) : std::string("at least 1")));
  }
  batch_->Put(key, value);
}

void Database::Commit() {
  RequireWritable();
  try {
    batch_->Commit();
  } catch (const CheckFailure& failure) {
    batch_.reset(database_->NewTransaction());
    const std::string text = failure.what();
    // A disk with room for a part of what LMDB writes gives it no reason.
    const bool short_write = is_lmdb_ && text.find("Input/output error") != std::string::npos;
    throw Refuse(CAFFE_ERROR_IO, path_,
                 "records cannot be written: " + text + (short_write ? ", which may be a full disk" : ""));
  }
  batch_.reset(database_->NewTransaction());
}

std::unique_ptr<caffe::db::Cursor> Database::NewCursor() {
  // The map of an LMDB writer may move as it grows.
  if (writes_) {
    throw Refuse(CAFFE_ERROR_ARGUMENT, path_, "the database is open to write; close it and open it to read");
  }
  return std::unique_ptr<caffe::db::Cursor>(database_->NewCursor());
}

void Database::RequireWritable() const {
  if (!writes_) throw Refuse(CAFFE_ERROR_ARGUMENT, path_, "the database is open to read only");
}

void Database::Create() {
  const std::filesystem::path folder(path_);
  if (Exists(folder)) {
    throw Refuse(CAFFE_ERROR_IO, path_,
                 "is there already; a new database requires its own name (open the old one to add to it)");
  }
  const std::filesystem::path parent = std::filesystem::absolute(folder / ".").parent_path().parent_path();
  if (!Exists(parent)) {
    throw Refuse(CAFFE_ERROR_NOT_FOUND, path_,
                 "the database cannot be made: there is no folder '" + parent.string() + "'");
  }
  try {
    OpenBackend(caffe::db::NEW);
  } catch (...) {
    // Nothing is left of what did not become a database.
    database_.reset();
    std::error_code ignored;
    std::filesystem::remove_all(folder, ignored);
    throw;
  }
}

void Database::Open(caffe::db::Mode mode) {
  // LMDB's own opening says what is wrong with its folder; LevelDB makes files wherever it is pointed at.
  if (!is_lmdb_) CheckLevelDbFolder();
  OpenBackend(mode);
}

void Database::CheckLevelDbFolder() const {
  const std::filesystem::path folder(path_);
  std::error_code ignored;
  if (!Exists(folder)) throw Refuse(CAFFE_ERROR_NOT_FOUND, path_, "there is no such LevelDB database");
  if (!std::filesystem::is_directory(folder, ignored)) {
    throw Refuse(CAFFE_ERROR_FORMAT, path_, "is a file; a LevelDB database is a folder with a file CURRENT in it");
  }
  if (Exists(folder / "CURRENT")) return;
  throw Refuse(CAFFE_ERROR_FORMAT, path_,
               Exists(folder / "data.mdb") ? "is an LMDB database, not a LevelDB one"
                                           : "is not a LevelDB database: there is no CURRENT in it");
}

void Database::OpenBackend(caffe::db::Mode mode) {
  try {
    database_->Open(path_, mode);
  } catch (const CheckFailure& failure) {
    const std::string text = failure.what();
    const bool locked = text.find("/LOCK: ") != std::string::npos;
    throw Refuse(locked ? CAFFE_ERROR_BUSY : CAFFE_ERROR_IO, path_,
                 locked ? "the LevelDB database is open already, here or in another process; it can be open once"
                        : "the database cannot be opened: " + text);
  }
}

}  // namespace caffesharp
