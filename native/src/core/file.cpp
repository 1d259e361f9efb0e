#include "core/file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <utility>

#include "core/error.h"

namespace caffesharp {
namespace {

std::string ErrnoText() { return std::error_code(errno, std::generic_category()).message(); }

// Reads until length bytes have been read or the file ends. Returns -1 on failure, as read() does.
ssize_t ReadFully(int descriptor, char* bytes, std::size_t length, off_t offset) {
  std::size_t done = 0;
  while (done < length) {
    const ssize_t count = pread(descriptor, bytes + done, length - done, offset + static_cast<off_t>(done));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return -1;
    if (count == 0) break;
    done += static_cast<std::size_t>(count);
  }
  return static_cast<ssize_t>(done);
}

void RequirePath(const std::string& path, const std::string& what) {
  if (path.empty()) throw Error(CAFFE_ERROR_ARGUMENT, "the path of the " + what + " is empty");
}

}  // namespace

InputFile::InputFile(const std::string& path, const std::string& what) : path_(path), what_(what) {
  RequirePath(path, what);
  descriptor_ = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor_ < 0) {
    if (errno == ENOENT || errno == ENOTDIR) {
      throw Error(CAFFE_ERROR_NOT_FOUND, path + ": the " + what + " file does not exist").AtPath(path);
    }
    throw Error(CAFFE_ERROR_IO, path + ": the " + what + " file cannot be opened: " + ErrnoText()).AtPath(path);
  }
  struct stat status {};
  const bool known = fstat(descriptor_, &status) == 0;
  if (known && S_ISREG(status.st_mode) && status.st_size > 0) {
    size_ = status.st_size;
    return;
  }
  close(descriptor_);
  if (known && S_ISDIR(status.st_mode)) {
    throw Error(CAFFE_ERROR_IO, path + ": is a folder, not a file").AtPath(path);
  }
  if (known && S_ISREG(status.st_mode)) {
    throw Error(CAFFE_ERROR_FORMAT, path + ": the " + what + " file is empty").AtPath(path);
  }
  throw Error(CAFFE_ERROR_IO, path + ": is not a regular file, as required for the " + what).AtPath(path);
}

InputFile::~InputFile() { close(descriptor_); }

std::string InputFile::Head(std::size_t length) const {
  std::string bytes(length, '\0');
  const ssize_t count = ReadFully(descriptor_, &bytes[0], length, 0);
  if (count < 0) {
    throw Error(CAFFE_ERROR_IO, path_ + ": the " + what_ + " file cannot be read: " + ErrnoText()).AtPath(path_);
  }
  bytes.resize(static_cast<std::size_t>(count));
  return bytes;
}

std::string InputFile::Read() const { return Head(static_cast<std::size_t>(size_)); }

OutputFile::OutputFile(const std::string& path, const std::string& what) : path_(path), what_(what) {
  RequirePath(path, what);
  std::error_code error;
  const std::filesystem::file_status status = std::filesystem::status(path, error);
  if (std::filesystem::exists(status) && !std::filesystem::is_regular_file(status)) {
    const bool folder = std::filesystem::is_directory(status);
    throw Error(CAFFE_ERROR_IO, path + ": is " + (folder ? "a folder" : "not a regular file") + ", so the " + what +
                                    " cannot be written there")
        .AtPath(path);
  }
  if (std::filesystem::exists(status)) path_ = std::filesystem::canonical(path).string();
  temporary_path_ = path_ + ".XXXXXX";
  descriptor_ = mkostemp(&temporary_path_[0], O_CLOEXEC);
  if (descriptor_ < 0) Fail();
  // mkostemp denies access to other users; other new files follow the umask.
  const mode_t mask = umask(0);
  umask(mask);
  fchmod(descriptor_, 0666 & ~mask);
}

OutputFile::~OutputFile() {
  if (descriptor_ < 0) return;
  close(descriptor_);
  unlink(temporary_path_.c_str());
}

void OutputFile::Commit() {
  if (close(std::exchange(descriptor_, -1)) != 0 || rename(temporary_path_.c_str(), path_.c_str()) != 0) {
    const int reason = errno;
    unlink(temporary_path_.c_str());
    errno = reason;
    Fail();
  }
}

void OutputFile::Fail() const {
  throw Error(CAFFE_ERROR_IO, path_ + ": the " + what_ + " cannot be written: " + ErrnoText()).AtPath(path_);
}

}  // namespace caffesharp
