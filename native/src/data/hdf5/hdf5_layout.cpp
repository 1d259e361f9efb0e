#include "data/hdf5/hdf5_layout.h"

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <vector>

#include "data/hdf5/hdf5_object.h"
#include "data/hdf5/hdf5_values.h"

namespace caffesharp {
namespace {

#if H5_VERSION_GE(1, 12, 0)
using ObjectInfo = H5O_info1_t;
#else
using ObjectInfo = H5O_info_t;
#endif

// Messages of an object's header, by their numbers in the HDF5 File Format Specification.
constexpr unsigned kDataspace = 0x0001;
constexpr unsigned kLayout = 0x0008;
constexpr unsigned kContinuation = 0x0010;
constexpr unsigned kSharedFlag = 0x02;
constexpr unsigned kChunked = 2;
constexpr std::size_t kMostBlocks = 1000;

using Bytes = std::vector<unsigned char>;

// A number of some bytes, the lowest first.
std::uint64_t Number(const unsigned char* bytes, std::size_t length) {
  std::uint64_t number = 0;
  for (std::size_t i = std::min<std::size_t>(length, sizeof(number)); i-- > 0;) number = number << 8 | bytes[i];
  return number;
}

struct Message {
  unsigned type = 0;
  unsigned flags = 0;
  Bytes data;
};

// The messages of one object.
class Header {
 public:
  Header(const std::string& path, std::uint64_t base, std::size_t address_size, std::size_t length_size)
      : file_(path, std::ios::binary | std::ios::ate),
        file_size_(file_ ? static_cast<std::uint64_t>(file_.tellg()) : 0),
        base_(base),
        address_size_(address_size),
        length_size_(length_size) {}

  // False if it is damaged so that not all can be read.
  bool Read(std::uint64_t address, std::vector<Message>* messages) {
    const Bytes head = At(address, 16);
    if (head.size() < 16) return false;
    const bool is_new = std::equal(head.begin(), head.begin() + 4, "OHDR");
    if (is_new) {
      const unsigned flags = head[5];
      const std::size_t size_place = 6 + ((flags & 0x20) != 0 ? 16 : 0) + ((flags & 0x10) != 0 ? 4 : 0);
      const std::size_t size_length = std::size_t{1} << (flags & 3);
      const Bytes size = At(address + size_place, size_length);
      if (size.size() < size_length) return false;
      prefix_ = (flags & 0x04) != 0 ? 6 : 4;
      blocks_.push_back({address + size_place + size_length, Number(size.data(), size_length)});
    } else {
      prefix_ = 8;
      blocks_.push_back({address + 16, Number(&head[8], 4)});
    }
    for (std::size_t i = 0; i < blocks_.size(); ++i) {
      // Later blocks of the new kind have a signature and a checksum around them.
      const Block block = blocks_[i];
      const std::uint64_t around = is_new && i > 0 ? 4 : 0;
      if (i == kMostBlocks || block.length < 2 * around || block.length > file_size_) return false;
      if (!ReadBlock({block.address + around, block.length - 2 * around}, is_new, messages)) return false;
    }
    return true;
  }

 private:
  struct Block {
    std::uint64_t address;
    std::uint64_t length;
  };

  Bytes At(std::uint64_t address, std::uint64_t length) {
    if (base_ > file_size_ || address > file_size_ - base_ || length > file_size_ - base_ - address) return {};
    Bytes bytes(length);
    file_.seekg(static_cast<std::streamoff>(base_ + address));
    file_.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(length));
    return file_ ? bytes : Bytes();
  }

  bool ReadBlock(const Block& block, bool is_new, std::vector<Message>* messages) {
    const Bytes bytes = At(block.address, block.length);
    if (bytes.size() < block.length) return false;
    for (std::size_t place = 0; place + prefix_ <= bytes.size();) {
      Message message;
      message.type = is_new ? bytes[place] : static_cast<unsigned>(Number(&bytes[place], 2));
      const std::size_t length = Number(&bytes[place + (is_new ? 1 : 2)], 2);
      message.flags = bytes[place + (is_new ? 3 : 4)];
      place += prefix_;
      if (length > bytes.size() - place) return false;
      message.data.assign(bytes.begin() + static_cast<std::ptrdiff_t>(place),
                          bytes.begin() + static_cast<std::ptrdiff_t>(place + length));
      place += length;
      if (message.type == kContinuation) {
        if (message.data.size() < address_size_ + length_size_) return false;
        blocks_.push_back(
            {Number(message.data.data(), address_size_), Number(message.data.data() + address_size_, length_size_)});
      }
      messages->push_back(std::move(message));
    }
    return true;
  }

  std::ifstream file_;
  std::uint64_t file_size_;
  std::uint64_t base_;
  std::size_t address_size_;
  std::size_t length_size_;
  std::size_t prefix_ = 8;
  std::vector<Block> blocks_;
};

// Whether the sizes of the chunks are there, none 0, one for each axis and one for the value. As of all versions of the
// message; others HDF5 refuses itself.
bool IsSound(const Bytes& layout, std::size_t axes, std::size_t address_size) {
  if (layout.size() < 5) return true;
  const unsigned version = layout[0];
  const unsigned kind = version < 3 ? layout[2] : layout[1];
  if (kind != kChunked || version > 4) return true;
  const std::size_t sizes = version < 3 ? layout[1] : version == 3 ? layout[2] : layout[3];
  const std::size_t place = version < 3 ? 8 + address_size : version == 3 ? 3 + address_size : 5;
  const std::size_t length = version == 4 ? layout[4] : 4;
  if (sizes != axes + 1 || length == 0 || place + sizes * length > layout.size()) return false;
  for (std::size_t i = 0; i < sizes; ++i) {
    if (Number(&layout[place + i * length], length) == 0) return false;
  }
  return true;
}

}  // namespace

bool HasSoundHdf5Layout(hid_t place, const std::string& name) {
  ObjectInfo info;
  if (H5Oget_info_by_name2(place, name.c_str(), &info, H5O_INFO_BASIC, H5P_DEFAULT) < 0) return true;
  if (info.type != H5O_TYPE_DATASET) return true;
  const Hdf5Object file(H5Iget_file_id(place), &H5Fclose);
  const Hdf5Object creation(H5Fget_create_plist(file.id()), &H5Pclose);
  hsize_t base = 0;
  std::size_t address_size = 0;
  std::size_t length_size = 0;
  if (H5Pget_userblock(creation.id(), &base) < 0 || H5Pget_sizes(creation.id(), &address_size, &length_size) < 0) {
    return false;
  }
  std::vector<Message> messages;
  if (!Header(NameOfHdf5File(place), base, address_size, length_size).Read(info.addr, &messages)) return false;
  const auto dataspace =
      std::find_if(messages.begin(), messages.end(), [](const Message& message) { return message.type == kDataspace; });
  return std::all_of(messages.begin(), messages.end(), [&](const Message& message) {
    if (message.type != kLayout) return true;
    if ((message.flags & kSharedFlag) != 0 || dataspace == messages.end()) return false;
    if ((dataspace->flags & kSharedFlag) != 0 || dataspace->data.size() < 2) return false;
    return IsSound(message.data, dataspace->data[1], address_size);
  });
}

}  // namespace caffesharp
