// How HDF5 files are read, Caffe's own calls of H5Fopen included: the linker sends all of them here (--wrap). HDF5's
// usual driver gathers small reads, and where a damaged file names an invalid address it copies from no memory;
// this one gathers nothing. The usual one also gives zeros for what would lie behind the file's end, gigabytes of them
// where a damaged file claims so much; this one gives nothing that is not in the file.
#include <fcntl.h>
#include <hdf5.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <limits>
#include <new>
// From HDF5 1.13 on what a driver consists of has its own header.
#if __has_include(<H5FDdevelop.h>)
#include <H5FDdevelop.h>
#endif

namespace caffesharp {
namespace {

constexpr haddr_t kLargestAddress = static_cast<haddr_t>(std::numeric_limits<off_t>::max());
constexpr herr_t kSuccess = 0;
constexpr herr_t kFailure = -1;

// HDF5 knows the first member alone.
struct File {
  H5FD_t known;
  int descriptor;
  haddr_t end_of_addresses;
  haddr_t size;
};

File* Of(H5FD_t* file) { return reinterpret_cast<File*>(file); }
const File* Of(const H5FD_t* file) { return reinterpret_cast<const File*>(file); }

H5FD_t* Open(const char* name, unsigned /*flags*/, hid_t /*access*/, haddr_t /*largest*/) {
  // What is not a file, a pipe say, might be waited for.
  const int descriptor = open(name, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (descriptor < 0) return nullptr;
  struct stat status;
  const bool is_file = fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode);
  File* const file = is_file ? new (std::nothrow) File() : nullptr;
  if (file == nullptr) {
    close(descriptor);
    return nullptr;
  }
  file->descriptor = descriptor;
  file->size = static_cast<haddr_t>(status.st_size);
  return &file->known;
}

herr_t Close(H5FD_t* file) {
  close(Of(file)->descriptor);
  delete Of(file);
  return kSuccess;
}

herr_t Query(const H5FD_t* /*file*/, unsigned long* flags) {
  *flags = 0;
  return kSuccess;
}

haddr_t EndOfAddresses(const H5FD_t* file, H5FD_mem_t /*type*/) { return Of(file)->end_of_addresses; }

herr_t SetEndOfAddresses(H5FD_t* file, H5FD_mem_t /*type*/, haddr_t address) {
  if (address > Of(file)->size) return kFailure;
  Of(file)->end_of_addresses = address;
  return kSuccess;
}

haddr_t EndOfFile(const H5FD_t* file, H5FD_mem_t /*type*/) { return Of(file)->size; }

herr_t Read(H5FD_t* file, H5FD_mem_t /*type*/, hid_t /*transfer*/, haddr_t address, size_t size, void* buffer) {
  if (address > kLargestAddress || size > kLargestAddress - address) return kFailure;
  char* to = static_cast<char*>(buffer);
  while (size > 0) {
    const ssize_t got = pread(Of(file)->descriptor, to, size, static_cast<off_t>(address));
    if (got == 0 || (got < 0 && errno != EINTR)) return kFailure;
    if (got < 0) continue;
    to += got;
    address += static_cast<haddr_t>(got);
    size -= static_cast<size_t>(got);
  }
  return kSuccess;
}

herr_t Write(H5FD_t* /*file*/, H5FD_mem_t /*type*/, hid_t /*transfer*/, haddr_t /*address*/, size_t /*size*/,
             const void* /*buffer*/) {
  return kFailure;
}

// How files are opened with this driver, for as long as the process lives: closing it would clear what HDF5 says about
// a file that could not be opened.
hid_t MakeAccess() {
  H5FD_class_t driver = {};
#ifdef H5FD_CLASS_VERSION
  driver.version = H5FD_CLASS_VERSION;
  // From 512 on numbers are anybody's.
  driver.value = 512;
#endif
  driver.name = "caffesharp";
  driver.maxaddr = kLargestAddress;
  driver.fc_degree = H5F_CLOSE_WEAK;
  driver.open = &Open;
  driver.close = &Close;
  driver.query = &Query;
  driver.get_eoa = &EndOfAddresses;
  driver.set_eoa = &SetEndOfAddresses;
  driver.get_eof = &EndOfFile;
  driver.read = &Read;
  driver.write = &Write;
  const hid_t access = H5Pcreate(H5P_FILE_ACCESS);
  return H5Pset_driver(access, H5FDregister(&driver), nullptr) < 0 ? H5I_INVALID_HID : access;
}

}  // namespace
}  // namespace caffesharp

extern "C" hid_t __real_H5Fopen(const char* name, unsigned flags, hid_t access);

extern "C" hid_t __wrap_H5Fopen(const char* name, unsigned flags, hid_t access) {
  if (flags != H5F_ACC_RDONLY || access != H5P_DEFAULT) return __real_H5Fopen(name, flags, access);
  static const hid_t with_driver = caffesharp::MakeAccess();
  return __real_H5Fopen(name, flags, with_driver);
}
