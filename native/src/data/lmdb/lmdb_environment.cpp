// LMDB environments, one a folder in this process. The seam through which Caffe gets here is
// caffesharp_caffe/lmdb_source.h, which declares these functions to Caffe's source.
#include <fcntl.h>
#include <lmdb.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <mutex>
#include <string>
#include <system_error>
#include <thread>
#include <utility>

#include "core/error.h"
#include "core/text.h"

namespace caffesharp {
namespace {

// Another process holds LMDB's lock for the moment in which it opens or closes.
constexpr std::chrono::seconds kLockPatience(3);
// What LMDB maps to lock, which must have its place on the disk: a page that cannot get one ends the process.
constexpr std::uint64_t kLockFileBytes = 64 * 1024;

using FolderId = std::pair<dev_t, ino_t>;

class Descriptor {
 public:
  explicit Descriptor(int value) : value_(value) {}
  Descriptor(Descriptor&& other) noexcept : value_(std::exchange(other.value_, -1)) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (value_ >= 0) close(value_);
  }
  int value() const { return value_; }

 private:
  int value_;
};

struct OpenEnvironment {
  MDB_env* environment;
  bool writes;
  int users;
  // The folder, locked for as long as somebody writes.
  Descriptor folder;
};

std::mutex environments_mutex;

std::map<FolderId, OpenEnvironment>& Environments() {
  // Never destroyed: nets may still be there when the process ends.
  static auto& environments = *new std::map<FolderId, OpenEnvironment>();
  return environments;
}

Error Refuse(caffe_status status, const std::string& path, const std::string& message) {
  return Error(status, path + ": " + message).AtPath(path);
}

FolderId CheckFolder(const std::string& path, bool writes) {
  struct stat status {};
  if (stat(path.c_str(), &status) != 0) {
    const std::error_code reason(errno, std::generic_category());
    if (reason.value() == ENOENT || reason.value() == ENOTDIR) {
      throw Refuse(CAFFE_ERROR_NOT_FOUND, path, "there is no such LMDB database");
    }
    throw Refuse(CAFFE_ERROR_IO, path, "the LMDB database cannot be opened: " + reason.message());
  }
  if (!S_ISDIR(status.st_mode)) {
    throw Refuse(CAFFE_ERROR_FORMAT, path, "is a file; an LMDB database is a folder with a file data.mdb in it");
  }
  const std::filesystem::path folder(path);
  std::error_code ignored;
  const std::filesystem::path data = folder / "data.mdb";
  if (std::filesystem::exists(data, ignored)) {
    if (std::filesystem::file_size(data, ignored) > 0) return {status.st_dev, status.st_ino};
    throw Refuse(CAFFE_ERROR_FORMAT, path, "is not an LMDB database: its data.mdb is empty");
  }
  if (writes && std::filesystem::is_empty(folder, ignored)) return {status.st_dev, status.st_ino};
  const bool is_leveldb = std::filesystem::exists(folder / "CURRENT", ignored);
  throw Refuse(
      CAFFE_ERROR_FORMAT, path,
      is_leveldb ? "is a LevelDB database, not an LMDB one" : "is not an LMDB database: there is no data.mdb in it");
}

// The process that keeps others from opening the environment; 0 if nobody does.
pid_t LockHolder(const std::filesystem::path& lock_file) {
  const Descriptor file(open(lock_file.c_str(), O_RDWR | O_CLOEXEC));
  if (file.value() < 0) return 0;
  // LMDB opens with a read lock on the first byte.
  struct flock lock {};
  lock.l_type = F_RDLCK;
  lock.l_whence = SEEK_SET;
  lock.l_start = 0;
  lock.l_len = 1;
  if (fcntl(file.value(), F_GETLK, &lock) != 0 || lock.l_type == F_UNLCK) return 0;
  return lock.l_pid == 0 ? -1 : lock.l_pid;
}

// LMDB would wait for the lock without an end. Nothing in this process has the environment open: closing a file drops
// the process's locks on it.
void RequireUnlocked(const std::string& path) {
  const std::filesystem::path lock_file = std::filesystem::path(path) / "lock.mdb";
  const auto end = std::chrono::steady_clock::now() + kLockPatience;
  while (const pid_t holder = LockHolder(lock_file)) {
    if (std::chrono::steady_clock::now() >= end) {
      throw Refuse(CAFFE_ERROR_BUSY, path,
                   "another process has locked the LMDB database" +
                       (holder > 0 ? " (process " + std::to_string(holder) + ")" : std::string()));
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
}

void RequireRoomForLock(const std::string& path) {
  std::error_code ignored;
  struct statvfs disk {};
  if (std::filesystem::exists(std::filesystem::path(path) / "lock.mdb", ignored)) return;
  if (statvfs(path.c_str(), &disk) != 0 || std::uint64_t{disk.f_bavail} * disk.f_frsize >= kLockFileBytes) return;
  throw Refuse(CAFFE_ERROR_IO, path,
               "the LMDB database cannot be opened: " + std::error_code(ENOSPC, std::generic_category()).message());
}

Descriptor LockForWriting(const std::string& path, bool writes) {
  Descriptor folder(writes ? open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1);
  // A process that this one starts holds the lock until it executes its program, even if this one has closed the
  // folder.
  const auto end = std::chrono::steady_clock::now() + kLockPatience;
  while (folder.value() >= 0 && flock(folder.value(), LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
    if (std::chrono::steady_clock::now() >= end) {
      throw Refuse(CAFFE_ERROR_BUSY, path, "another process is writing to the LMDB database");
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  return folder;
}

[[noreturn]] void FailToOpen(int reason, const std::string& path, bool writes) {
  const std::string text = mdb_strerror(reason);
  if (reason == MDB_INVALID || reason == MDB_VERSION_MISMATCH || reason == MDB_CORRUPTED) {
    throw Refuse(CAFFE_ERROR_FORMAT, path, "its data.mdb is not a file of LMDB's, or damaged (" + text + ")");
  }
  if (reason == EACCES || reason == EPERM || reason == EROFS) {
    throw Refuse(CAFFE_ERROR_IO, path,
                 std::string("the LMDB database cannot be opened to ") + (writes ? "write" : "read") + ": " + text +
                     "; LMDB reads data.mdb and locks by writing lock.mdb, also for those who only read");
  }
  throw Refuse(CAFFE_ERROR_IO, path, "the LMDB database cannot be opened: " + text);
}

// A page beyond the file's end would end the process when it is read through the map.
void RequireWholeFile(MDB_env* environment, const std::string& path) {
  MDB_stat pages{};
  MDB_envinfo info{};
  mdb_filehandle_t file = -1;
  struct stat status {};
  if (mdb_env_stat(environment, &pages) != 0 || mdb_env_info(environment, &info) != 0 ||
      mdb_env_get_fd(environment, &file) != 0 || fstat(file, &status) != 0) {
    return;
  }
  const auto wanted = (static_cast<std::int64_t>(info.me_last_pgno) + 1) * static_cast<std::int64_t>(pages.ms_psize);
  if (status.st_size >= wanted) return;
  throw Refuse(CAFFE_ERROR_FORMAT, path,
               "its data.mdb is truncated: it has " + FormatBytes(status.st_size) + " of the " + FormatBytes(wanted) +
                   " that it should have");
}

}  // namespace

int OpenLmdb(MDB_env** environment, const char* path, unsigned int flags, mdb_mode_t mode) {
  const bool writes = (flags & MDB_RDONLY) == 0;
  const FolderId id = CheckFolder(path, writes);
  const std::lock_guard<std::mutex> lock(environments_mutex);
  const auto found = Environments().find(id);
  if (found != Environments().end()) {
    OpenEnvironment& shared = found->second;
    if (writes || shared.writes) {
      throw Refuse(CAFFE_ERROR_BUSY, path,
                   std::string("the LMDB database is open in this process already, to ") +
                       (shared.writes ? "write" : "read") + "; it has one writer or any number of readers");
    }
    mdb_env_close(*environment);
    *environment = shared.environment;
    ++shared.users;
    return MDB_SUCCESS;
  }
  RequireUnlocked(path);
  RequireRoomForLock(path);
  Descriptor folder = LockForWriting(path, writes);
  // Readers of one environment then may be on any thread, several on one.
  const int status = mdb_env_open(*environment, path, flags | MDB_NOTLS, mode);
  if (status != MDB_SUCCESS) FailToOpen(status, path, writes);
  RequireWholeFile(*environment, path);
  Environments().emplace(id, OpenEnvironment{*environment, writes, 1, std::move(folder)});
  return MDB_SUCCESS;
}

void CloseLmdb(MDB_env* environment) {
  const std::lock_guard<std::mutex> lock(environments_mutex);
  auto& environments = Environments();
  const auto found = std::find_if(environments.begin(), environments.end(),
                                  [&](const auto& entry) { return entry.second.environment == environment; });
  if (found != environments.end() && --found->second.users > 0) return;
  mdb_env_close(environment);
  if (found != environments.end()) environments.erase(found);
}

int PutLmdb(MDB_txn* transaction, MDB_dbi database, MDB_val* key, MDB_val* value, unsigned int flags) {
  const int status = mdb_put(transaction, database, key, value, flags);
  if (status != MDB_SUCCESS && status != MDB_MAP_FULL) mdb_txn_abort(transaction);
  return status;
}

}  // namespace caffesharp
