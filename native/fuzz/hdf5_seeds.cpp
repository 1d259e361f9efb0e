#include "hdf5_seeds.h"

#include <hdf5.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

namespace caffesharp::fuzz {
namespace {

using Shape = std::vector<hsize_t>;

// A dataset of the small net, or of the data of an HDF5Data layer.
struct Dataset {
  const char* name;
  Shape shape;
};

const std::vector<Dataset>& Records() {
  static const std::vector<Dataset> records = {{"data", {3, 2}}, {"label", {3}}};
  return records;
}

const std::vector<Dataset>& Weights() {
  static const std::vector<Dataset> weights = {
      {"data/conv/0", {2, 2, 3, 3}}, {"data/conv/1", {2}},  {"data/norm/0", {2}},   {"data/norm/1", {2}},
      {"data/norm/2", {1}},          {"data/slope/0", {2}}, {"data/fc/0", {2, 18}}, {"data/fc/1", {2}}};
  return weights;
}

enum class Packing { kOnePiece, kCompact, kChunks, kDeflate, kChecksum };
constexpr std::array<Packing, 5> kPackings = {Packing::kOnePiece, Packing::kCompact, Packing::kChunks,
                                              Packing::kDeflate, Packing::kChecksum};

hid_t Must(hid_t id) {
  if (id >= 0) return id;
  std::fprintf(stderr, "fuzz_seeds: HDF5 refuses what it is to write\n");
  std::exit(1);
}

hid_t Creation(Packing packing, const Shape& shape) {
  const hid_t creation = Must(H5Pcreate(H5P_DATASET_CREATE));
  if (packing == Packing::kCompact) Must(H5Pset_layout(creation, H5D_COMPACT));
  if (packing == Packing::kOnePiece || packing == Packing::kCompact) return creation;
  Shape chunk;
  for (const hsize_t dimension : shape) chunk.push_back((dimension + 1) / 2);
  Must(H5Pset_chunk(creation, static_cast<int>(chunk.size()), chunk.data()));
  if (packing == Packing::kDeflate) {
    Must(H5Pset_shuffle(creation));
    Must(H5Pset_deflate(creation, 4));
  }
  if (packing == Packing::kChecksum) Must(H5Pset_fletcher32(creation));
  return creation;
}

void Add(hid_t file, const Dataset& dataset, Packing packing, hid_t type, bool grows) {
  std::size_t count = 1;
  for (const hsize_t dimension : dataset.shape) count *= dimension;
  std::vector<float> values(count);
  for (std::size_t i = 0; i < count; ++i) values[i] = static_cast<float>(i % 7);
  const Shape unlimited(dataset.shape.size(), H5S_UNLIMITED);
  const hid_t links = Must(H5Pcreate(H5P_LINK_CREATE));
  Must(H5Pset_create_intermediate_group(links, 1));
  const hid_t space = Must(H5Screate_simple(static_cast<int>(dataset.shape.size()), dataset.shape.data(),
                                            grows ? unlimited.data() : nullptr));
  const hid_t creation = Creation(packing, dataset.shape);
  const hid_t data = Must(H5Dcreate2(file, dataset.name, type, space, links, creation, H5P_DEFAULT));
  Must(H5Dwrite(data, H5T_NATIVE_FLOAT, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()));
  Must(H5Dclose(data));
  Must(H5Pclose(creation));
  Must(H5Sclose(space));
  Must(H5Pclose(links));
}

hid_t Create(const std::filesystem::path& path, bool newest) {
  const hid_t access = Must(H5Pcreate(H5P_FILE_ACCESS));
  if (newest) Must(H5Pset_libver_bounds(access, H5F_LIBVER_LATEST, H5F_LIBVER_LATEST));
  const hid_t file = Must(H5Fcreate(path.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, access));
  Must(H5Pclose(access));
  return file;
}

void WriteLinks(const std::filesystem::path& path) {
  const hid_t file = Create(path, false);
  Add(file, Records()[0], Packing::kOnePiece, H5T_IEEE_F32LE, false);
  Must(H5Lcreate_soft("/loop", file, "loop", H5P_DEFAULT, H5P_DEFAULT));
  Must(H5Lcreate_soft("/data", file, "soft", H5P_DEFAULT, H5P_DEFAULT));
  Must(H5Lcreate_external("file.h5", "/data", file, "label", H5P_DEFAULT, H5P_DEFAULT));
  Must(H5Fclose(file));
}

}  // namespace

void WriteHdf5Files(const std::filesystem::path& folder) {
  const std::array<hid_t, 3> types = {H5T_IEEE_F32LE, H5T_IEEE_F64BE, H5T_STD_I16BE};
  std::filesystem::create_directories(folder);
  std::size_t number = 0;
  for (const bool newest : {false, true}) {
    for (const Packing packing : kPackings) {
      const bool in_chunks = packing != Packing::kOnePiece && packing != Packing::kCompact;
      for (const bool grows : {false, true}) {
        if (grows && !in_chunks) continue;
        for (const auto* datasets : {&Records(), &Weights()}) {
          const hid_t file = Create(folder / ("other-" + std::to_string(number)), newest);
          for (const Dataset& dataset : *datasets) Add(file, dataset, packing, types[number % types.size()], grows);
          Must(H5Fclose(file));
          ++number;
        }
      }
    }
  }
  WriteLinks(folder / "links");
}

}  // namespace caffesharp::fuzz
