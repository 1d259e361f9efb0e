// How HDF5 files are read, Caffe's own calls of H5Fopen included: the linker sends all of them here (--wrap). HDF5's
// usual driver gathers small reads, and where a damaged file names an address that is none it copies from no memory;
// this one gathers nothing, and reads only what an address and a size name.
#include <fcntl.h>
#include <hdf5.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <limits>
#include <new>
// From HDF5 1.13 on what a driver consists of has a header of its own.
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
  const int descriptor = open(name, O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return nullptr;
  struct stat status;
  File* const file = fstat(descriptor, &status) == 0 ? new (std::nothrow) File() : nullptr;
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
  Of(file)->end_of_addresses = address;
  return kSuccess;
}

haddr_t EndOfFile(const H5FD_t* file, H5FD_mem_t /*type*/) { return Of(file)->size; }

herr_t Read(H5FD_t* file, H5FD_mem_t /*type*/, hid_t /*transfer*/, haddr_t address, size_t size, void* buffer) {
  if (address > kLargestAddress || size > kLargestAddress - address) return kFailure;
  char* to = static_cast<char*>(buffer);
  while (size > 0) {
    const ssize_t got = pread(Of(file)->descriptor, to, size, static_cast<off_t>(address));
    if (got < 0 && errno != EINTR) return kFailure;
    if (got == 0) {
      // Behind the end are zeros, as everywhere in HDF5.
      std::fill_n(to, size, '\0');
      return kSuccess;
    }
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

hid_t RegisterDriver() {
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
  return H5FDregister(&driver);
}

}  // namespace
}  // namespace caffesharp

extern "C" hid_t __real_H5Fopen(const char* name, unsigned flags, hid_t access);

extern "C" hid_t __wrap_H5Fopen(const char* name, unsigned flags, hid_t access) {
  if (flags != H5F_ACC_RDONLY || access != H5P_DEFAULT) return __real_H5Fopen(name, flags, access);
  static const hid_t driver = caffesharp::RegisterDriver();
  const hid_t with_driver = H5Pcreate(H5P_FILE_ACCESS);
  const hid_t file = with_driver >= 0 && H5Pset_driver(with_driver, driver, nullptr) >= 0
                         ? __real_H5Fopen(name, flags, with_driver)
                         : H5I_INVALID_HID;
  if (with_driver >= 0) H5Pclose(with_driver);
  return file;
}
