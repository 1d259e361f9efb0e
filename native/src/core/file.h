// Files, with errors that say which file and why.
#ifndef CAFFESHARP_SRC_CORE_FILE_H_
#define CAFFESHARP_SRC_CORE_FILE_H_

#include <cstdint>
#include <string>

namespace caffesharp {

// A file open for reading. what ("prototxt", "weights") names its purpose in messages.
class InputFile {
 public:
  // Throws CAFFE_ERROR_ARGUMENT for an empty path, CAFFE_ERROR_NOT_FOUND, CAFFE_ERROR_IO for a folder or an unreadable
  // file, CAFFE_ERROR_FORMAT for an empty one.
  InputFile(const std::string& path, const std::string& what);
  ~InputFile();
  InputFile(const InputFile&) = delete;
  InputFile& operator=(const InputFile&) = delete;

  int descriptor() const { return descriptor_; }
  std::int64_t size() const { return size_; }
  // Up to length bytes from the start; the position stays.
  std::string Head(std::size_t length) const;
  // All of it.
  std::string Read() const;

 private:
  std::string path_;
  std::string what_;
  int descriptor_;
  std::int64_t size_ = 0;
};

// A file that appears under its name whole or not at all: it is written beside it and renamed. Links are followed.
class OutputFile {
 public:
  // Throws CAFFE_ERROR_ARGUMENT for an empty path, CAFFE_ERROR_IO where nothing can be written there.
  OutputFile(const std::string& path, const std::string& what);
  // Removes what was written unless it was committed.
  ~OutputFile();
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;

  // Where to write.
  const std::string& temporary_path() const { return temporary_path_; }
  int descriptor() const { return descriptor_; }
  // Throws CAFFE_ERROR_IO.
  void Commit();
  // Throws CAFFE_ERROR_IO with what errno says.
  [[noreturn]] void Fail() const;

 private:
  std::string path_;
  std::string what_;
  std::string temporary_path_;
  int descriptor_ = -1;
};

}  // namespace caffesharp

#endif  // CAFFESHARP_SRC_CORE_FILE_H_
