// Files whose errors name the file and the reason.
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
  // Reads up to length bytes from the start. Does not move the position.
  std::string Head(std::size_t length) const;
  // Reads the whole file.
  std::string Read() const;

 private:
  std::string path_;
  std::string what_;
  int descriptor_;
  std::int64_t size_ = 0;
};

// A file that is written completely or not at all: a temporary file in the same folder is renamed. Links are followed.
class OutputFile {
 public:
  // Throws CAFFE_ERROR_ARGUMENT for an empty path, CAFFE_ERROR_IO if the file cannot be written.
  OutputFile(const std::string& path, const std::string& what);
  // Removes the temporary file unless it was committed.
  ~OutputFile();
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;

  // The path of the temporary file.
  const std::string& temporary_path() const { return temporary_path_; }
  int descriptor() const { return descriptor_; }
  // Throws CAFFE_ERROR_IO.
  void Commit();
  // Throws CAFFE_ERROR_IO with the text of errno.
  [[noreturn]] void Fail() const;

 private:
  std::string path_;
  std::string what_;
  std::string temporary_path_;
  int descriptor_ = -1;
};

}  // namespace caffesharp

#endif  // CAFFESHARP_SRC_CORE_FILE_H_
