// HDF5 1.10 copies as many bytes out of a chunk as its shape has, however few the file holds of it. So Caffe's reading
// of a dataset comes here first (the linker sends H5LTread_dataset_float here), and every chunk is unpacked to count
// its bytes.
#include "data/hdf5/hdf5_chunks.h"

#include <hdf5_hl.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <vector>

#include "core/error.h"
#include "data/hdf5/hdf5_object.h"
#include "data/hdf5/hdf5_session.h"
#include "data/hdf5/hdf5_values.h"

namespace caffesharp {
namespace {

// HDF5 takes memory for each chunk; a file has some bytes for each that was written.
constexpr hsize_t kChunksWithoutBytes = 1024;
constexpr hsize_t kLeastOfOneChunk = 16;
constexpr std::size_t kChecksumBytes = 4;

// How a dataset lies in chunks.
struct Chunks {
  // Of the dataset and of each chunk.
  std::vector<hsize_t> shape;
  std::vector<hsize_t> chunk;
  // In the order in which they pack.
  std::vector<H5Z_filter_t> filters;
  // Of a chunk, unpacked.
  hsize_t bytes = 0;
  hsize_t file_size = 0;
};

// False if the dataset lies in no chunks, or in such that have no size.
bool Describe(hid_t dataset, Chunks* chunks) {
  const Hdf5Object creation(H5Dget_create_plist(dataset), &H5Pclose);
  if (H5Pget_layout(creation.id()) != H5D_CHUNKED) return false;
  const Hdf5Object type(H5Dget_type(dataset), &H5Tclose);
  const Hdf5Object space(H5Dget_space(dataset), &H5Sclose);
  const int axes = H5Sget_simple_extent_ndims(space.id());
  if (axes <= 0) return false;
  chunks->shape.resize(static_cast<std::size_t>(axes));
  chunks->chunk.resize(chunks->shape.size());
  H5Sget_simple_extent_dims(space.id(), chunks->shape.data(), nullptr);
  if (H5Pget_chunk(creation.id(), axes, chunks->chunk.data()) != axes) return false;
  chunks->bytes = H5Tget_size(type.id());
  constexpr hsize_t most = std::numeric_limits<hsize_t>::max();
  for (const hsize_t dimension : chunks->chunk) {
    chunks->bytes = dimension != 0 && chunks->bytes > most / dimension ? most : chunks->bytes * dimension;
  }
  chunks->file_size = SizeOfHdf5File(dataset);
  for (int i = 0; i < H5Pget_nfilters(creation.id()); ++i) {
    unsigned flags = 0;
    std::size_t values = 0;
    chunks->filters.push_back(
        H5Pget_filter2(creation.id(), static_cast<unsigned>(i), &flags, &values, nullptr, 0, nullptr, nullptr));
  }
  return chunks->bytes > 0;
}

// The number of chunks, written or not; the most that can be counted where they are more.
hsize_t Count(const Chunks& chunks) {
  constexpr hsize_t most = std::numeric_limits<hsize_t>::max();
  hsize_t count = 1;
  for (std::size_t i = 0; i < chunks.shape.size(); ++i) {
    const hsize_t here = (chunks.shape[i] + chunks.chunk[i] - 1) / chunks.chunk[i];
    if (here != 0 && count > most / here) return most;
    count *= here;
  }
  return count;
}

// The bytes that deflate packed, counted no further than to wanted.
hsize_t CountInflated(const std::vector<unsigned char>& packed, std::size_t length, hsize_t wanted) {
  std::array<unsigned char, 65536> unpacked;
  z_stream stream = {};
  if (inflateInit(&stream) != Z_OK) return 0;
  stream.next_in = const_cast<unsigned char*>(packed.data());
  stream.avail_in = static_cast<uInt>(length);
  int status = Z_OK;
  while (status == Z_OK && stream.total_out < wanted) {
    stream.next_out = unpacked.data();
    stream.avail_out = static_cast<uInt>(unpacked.size());
    status = inflate(&stream, Z_NO_FLUSH);
  }
  const hsize_t count = stream.total_out;
  inflateEnd(&stream);
  return count;
}

// Whether the chunks that the file has hold all of their bytes, if nothing packs them. HDF5 tells quickly how many
// bytes all have together, not how many each.
bool AreWholeUnpacked(hid_t dataset, const Chunks& chunks) {
  const Hdf5Object space(H5Dget_space(dataset), &H5Sclose);
  hsize_t count = 0;
  if (H5Dget_num_chunks(dataset, space.id(), &count) < 0) return false;
  const hsize_t stored = H5Dget_storage_size(dataset);
  return count == 0 || (stored / count == chunks.bytes && stored % count == 0);
}

// Whether the chunk at a place unpacks to all of its bytes.
bool IsWhole(hid_t dataset, const Chunks& chunks, const std::vector<hsize_t>& place) {
  hsize_t stored = 0;
  // Never written, so its fill value is read; or not to be found, which is how reading it will fail.
  if (H5Dget_chunk_storage_size(dataset, place.data(), &stored) < 0 || stored == 0) return true;
  if (stored > chunks.file_size) return false;
  std::vector<unsigned char> packed(stored);
  std::uint32_t skipped = 0;
  if (H5Dread_chunk(dataset, H5P_DEFAULT, place.data(), &skipped, packed.data()) < 0) return false;
  std::size_t length = packed.size();
  for (std::size_t i = chunks.filters.size(); i-- > 0;) {
    if ((skipped >> i & 1) != 0 || chunks.filters[i] == H5Z_FILTER_SHUFFLE) continue;
    if (chunks.filters[i] == H5Z_FILTER_DEFLATE) return CountInflated(packed, length, chunks.bytes) >= chunks.bytes;
    if (length < kChecksumBytes) return false;
    length -= kChecksumBytes;
  }
  return length >= chunks.bytes;
}

bool AreWhole(hid_t dataset, const Chunks& chunks) {
  if (chunks.filters.empty()) return AreWholeUnpacked(dataset, chunks);
  std::vector<hsize_t> place(chunks.shape.size(), 0);
  while (true) {
    if (!IsWhole(dataset, chunks, place)) return false;
    // The next place, the last axis fastest.
    std::size_t axis = place.size();
    while (axis > 0 && (place[axis - 1] += chunks.chunk[axis - 1]) >= chunks.shape[axis - 1]) place[--axis] = 0;
    if (axis == 0) return true;
  }
}

// The failure of reading a dataset, seen from a file or its own group.
Error Refuse(hid_t place, const std::string& name, const std::string& fault) {
  const std::string path = NameOfHdf5File(place);
  return Error(CAFFE_ERROR_FORMAT, path + ": dataset '" + name + "' " + fault).AtPath(path);
}

}  // namespace

std::string FaultOfHdf5Chunks(hid_t dataset) {
  Chunks chunks;
  if (!Describe(dataset, &chunks)) return "";
  if (Count(chunks) > kChunksWithoutBytes + chunks.file_size / kLeastOfOneChunk) {
    return "has more chunks than the file can hold";
  }
  const Hdf5Object creation(H5Dget_create_plist(dataset), &H5Pclose);
  unsigned options = 0;
  if (H5Pget_chunk_opts(creation.id(), &options) < 0 || (options & H5D_CHUNK_DONT_FILTER_PARTIAL_CHUNKS) != 0) {
    return "leaves the chunks at its edges unpacked, which is not read; write it with packed ones";
  }
  for (const H5Z_filter_t filter : chunks.filters) {
    if (filter == H5Z_FILTER_DEFLATE || filter == H5Z_FILTER_SHUFFLE || filter == H5Z_FILTER_FLETCHER32) continue;
    return "is packed by HDF5's filter " + std::to_string(filter) +
           ", which is not read; pack it by deflate (gzip), as 'h5repack -f GZIP=4' does";
  }
  if (std::count(chunks.filters.begin(), chunks.filters.end(), H5Z_FILTER_DEFLATE) > 1) return "is packed twice";
  return "";
}

}  // namespace caffesharp

extern "C" herr_t __real_H5LTread_dataset_float(hid_t place, const char* name, float* values);

extern "C" herr_t __wrap_H5LTread_dataset_float(hid_t place, const char* name, float* values) {
  const caffesharp::Hdf5Object dataset(H5Dopen2(place, name, H5P_DEFAULT), &H5Dclose);
  caffesharp::Chunks chunks;
  if (dataset.is_open() && caffesharp::Describe(dataset.id(), &chunks) && !caffesharp::AreWhole(dataset.id(), chunks)) {
    throw caffesharp::Refuse(place, name, "is damaged: a chunk holds less than its shape has");
  }
  if (__real_H5LTread_dataset_float(place, name, values) >= 0) return 0;
  throw caffesharp::Refuse(place, name, "cannot be read (HDF5: " + caffesharp::Hdf5Session::InnermostError() + ")");
}
