/* HDF5 files that claim what they do not hold, or lead elsewhere. */
#include <hdf5.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "check.h"
#include "support.h"

/* The most that was ever resident, in kB. */
static long peak_kilobytes(void) {
  struct rusage usage;
  CHECK_THAT(getrusage(RUSAGE_SELF, &usage) == 0);
  return usage.ru_maxrss;
}

TEST(hdf5_file_that_claims_more_than_it_has_takes_no_memory) {
  /* A superblock of version 0 has the address of a driver's information at 48; that has its length at 4, its name at 8.
   */
  enum { address_place = 48, block_length = 16 };
  const uint32_t claimed = 1900000000;
  const char* path = temporary_path("claims.h5");
  caffe_net* net = net_from_text(SMALL_NET);
  CHECK_OK(caffe_net_save_hdf5(net, path, 0));
  size_t length = 0;
  unsigned char* bytes = read_file(path, &length);
  const uint64_t address = length - block_length;
  memcpy(bytes + address_place, &address, sizeof(address));
  memset(bytes + address, 0, block_length);
  memcpy(bytes + address + 4, &claimed, sizeof(claimed));
  memcpy(bytes + address + 8, "NCSAfami", 8);
  write_file(path, bytes, length);
  free(bytes);
  const long before = peak_kilobytes();
  CHECK_FAILS(CAFFE_ERROR_FORMAT,
              "claims.h5: the HDF5 file is truncated or damaged (HDF5: driver set_eoa request failed)",
              caffe_net_copy_from_file(net, path, NULL));
  CHECK_THAT(peak_kilobytes() - before < 200000);
  CHECK_OK(caffe_net_destroy(net));
}

/* A net that reads the dataset "data" of a file. */
static caffe_status try_net_of_file(const char* path, caffe_net** net) {
  const char* list = temporary_path("list.txt");
  write_file(list, path, strlen(path));
  char text[1024];
  snprintf(text, sizeof(text),
           "layer { name: 'h' type: 'HDF5Data' top: 'data' hdf5_data_param { source: '%s' batch_size: 1 } }", list);
  return caffe_net_create_from_text(text, (int64_t)strlen(text), NULL, NULL, net);
}

/* A file of the dataset "data", that many zeros of 4 bytes each in chunks, which are written or not. */
static const char* file_of_zeros(hsize_t count, hsize_t chunk, bool compressed, bool written) {
  const char* path = temporary_path("zeros.h5");
  const hid_t file = H5Fcreate(path, H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT);
  const hid_t creation = H5Pcreate(H5P_DATASET_CREATE);
  CHECK_THAT(H5Pset_chunk(creation, 1, &chunk) >= 0);
  if (compressed) CHECK_THAT(H5Pset_deflate(creation, 9) >= 0);
  const hid_t space = H5Screate_simple(1, &count, NULL);
  const hid_t data = H5Dcreate2(file, "data", H5T_IEEE_F32LE, space, H5P_DEFAULT, creation, H5P_DEFAULT);
  if (written) {
    float* zeros = calloc(count, sizeof(float));
    CHECK_THAT(H5Dwrite(data, H5T_NATIVE_FLOAT, H5S_ALL, H5S_ALL, H5P_DEFAULT, zeros) >= 0);
    free(zeros);
  }
  CHECK_THAT(H5Dclose(data) >= 0 && H5Sclose(space) >= 0 && H5Pclose(creation) >= 0 && H5Fclose(file) >= 0);
  return path;
}

TEST(hdf5_chunks_are_read_where_the_file_can_hold_them) {
  const hsize_t small = 1000;
  const hsize_t large = 17 << 20;
  const hsize_t huge = 2000000000;
  caffe_net* net = NULL;
  CHECK_OK(try_net_of_file(file_of_zeros(small, 10, false, false), &net));
  CHECK_OK(caffe_net_destroy(net));
  CHECK_OK(try_net_of_file(file_of_zeros(small, 10, false, true), &net));
  CHECK_OK(caffe_net_destroy(net));
  CHECK_OK(try_net_of_file(file_of_zeros(large, large, true, true), &net));
  CHECK_OK(caffe_net_destroy(net));
  CHECK_FAILS(CAFFE_ERROR_FORMAT,
              "zeros.h5' cannot be used: dataset 'data' claims more values than the file holds of it",
              try_net_of_file(file_of_zeros(large, large, true, false), &net));
  const long before = peak_kilobytes();
  CHECK_FAILS(CAFFE_ERROR_FORMAT, "claims more values than the file holds of it",
              try_net_of_file(file_of_zeros(huge, large, true, false), &net));
  CHECK_FAILS(CAFFE_ERROR_FORMAT, "dataset 'data' has more chunks than the file can hold",
              try_net_of_file(file_of_zeros(2000000, 1, false, false), &net));
  CHECK_THAT(peak_kilobytes() - before < 200000);
}

/* Writes bytes over a file, some way before or behind the first place where it has those that are sought. */
static void change_file(const char* path, const void* sought, size_t sought_length, ptrdiff_t behind, const void* bytes,
                        size_t length) {
  size_t file_length = 0;
  unsigned char* file = read_file(path, &file_length);
  unsigned char* place = file;
  while (memcmp(place, sought, sought_length) != 0) ++place;
  memcpy(place + behind, bytes, length);
  write_file(path, file, file_length);
  free(file);
}

/* Says of the only chunk of a file's dataset which of its filters it went without, a bit each. */
static void skip_filters(const char* path, uint32_t filters) {
  /* A node of the tree of chunks: its header, the chunk's bytes, its filters. */
  enum { filters_place = 24 + 4 };
  change_file(path, "TREE\1", 5, filters_place, &filters, sizeof(filters));
}

TEST(hdf5_chunk_that_is_shorter_than_its_shape_is_refused) {
  enum { count = 100000 };
  const char* path = file_of_zeros(count, count, true, true);
  caffe_net* net = NULL;
  skip_filters(path, 1);
  CHECK_FAILS(CAFFE_ERROR_FORMAT, "zeros.h5: dataset 'data' is damaged: a chunk holds less than its shape has",
              try_net_of_file(path, &net));
  skip_filters(path, 0);
  CHECK_OK(try_net_of_file(path, &net));
  CHECK_OK(caffe_net_destroy(net));
}

static hid_t follow_no_link(const char* name, hid_t group, const void* bytes, size_t length, hid_t access,
                            hid_t transfer) {
  (void)name, (void)group, (void)bytes, (void)length, (void)access, (void)transfer;
  return H5I_INVALID_HID;
}

/* A link to another file, of a kind that the library no longer lets HDF5 use. */
static void link_to_other_file(const char* other, hid_t file, const char* name) {
  const H5L_class_t kind = {.version = H5L_LINK_CLASS_T_VERS, .id = H5L_TYPE_EXTERNAL, .trav_func = &follow_no_link};
  CHECK_THAT(H5Lregister(&kind) >= 0);
  CHECK_THAT(H5Lcreate_external(other, "/numbers", file, name, H5P_DEFAULT, H5P_DEFAULT) >= 0);
  CHECK_THAT(H5Lunregister(H5L_TYPE_EXTERNAL) >= 0);
}

/* Numbers under the name "numbers", in a new file that stays open. */
static hid_t file_of_numbers(const char* path, hid_t creation) {
  const float numbers[] = {1, 2, 3};
  const hsize_t count = 3;
  const hid_t file = H5Fcreate(path, H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT);
  const hid_t space = H5Screate_simple(1, &count, NULL);
  const hid_t data = H5Dcreate2(file, "numbers", H5T_IEEE_F32LE, space, H5P_DEFAULT, creation, H5P_DEFAULT);
  CHECK_THAT(H5Dwrite(data, H5T_NATIVE_FLOAT, H5S_ALL, H5S_ALL, H5P_DEFAULT, numbers) >= 0);
  CHECK_THAT(H5Dclose(data) >= 0 && H5Sclose(space) >= 0);
  return file;
}

TEST(hdf5_links_are_followed_within_the_file_alone) {
  const char* path = temporary_path("links.h5");
  const char* other = temporary_path("other.h5");
  caffe_net* net = NULL;
  CHECK_THAT(H5Fclose(file_of_numbers(other, H5P_DEFAULT)) >= 0);
  hid_t file = file_of_numbers(path, H5P_DEFAULT);
  CHECK_THAT(H5Lcreate_soft("/soft/numbers", file, "data", H5P_DEFAULT, H5P_DEFAULT) >= 0);
  CHECK_THAT(H5Lcreate_soft("/", file, "soft", H5P_DEFAULT, H5P_DEFAULT) >= 0);
  CHECK_THAT(H5Fclose(file) >= 0);
  CHECK_OK(try_net_of_file(path, &net));
  CHECK_OK(forward_all(net));
  caffe_blob* blob = blob_by_name(net, "data");
  const float* values = NULL;
  int64_t count = 0;
  CHECK_OK(caffe_blob_data(blob, &values, &count));
  CHECK_THAT(count == 1 && values[0] == 1.0f);
  CHECK_OK(caffe_blob_destroy(blob));
  CHECK_OK(caffe_net_destroy(net));

  file = file_of_numbers(path, H5P_DEFAULT);
  CHECK_THAT(H5Lcreate_soft("away", file, "data", H5P_DEFAULT, H5P_DEFAULT) >= 0);
  link_to_other_file(other, file, "away");
  CHECK_THAT(H5Fclose(file) >= 0);
  CHECK_FAILS(CAFFE_ERROR_FORMAT,
              "links.h5' has a dataset 'data' that leads to another file by a link, which is not followed",
              try_net_of_file(path, &net));

  file = file_of_numbers(path, H5P_DEFAULT);
  CHECK_THAT(H5Lcreate_soft("data", file, "data", H5P_DEFAULT, H5P_DEFAULT) >= 0);
  CHECK_THAT(H5Fclose(file) >= 0);
  CHECK_STATUS(CAFFE_ERROR_FORMAT, try_net_of_file(path, &net));
}

TEST(hdf5_link_whose_text_has_no_end_is_refused) {
  const char* path = temporary_path("endless.h5");
  const char target[] = "a-file-of-another-name.h5";
  hid_t file = file_of_numbers(path, H5P_DEFAULT);
  link_to_other_file(target, file, "data");
  CHECK_THAT(H5Fclose(file) >= 0);
  char endless[sizeof(target) + sizeof("/numbers")];
  memset(endless, 'x', sizeof(endless));
  change_file(path, target, sizeof(target), 0, endless, sizeof(endless));
  caffe_net* net = NULL;
  CHECK_FAILS(CAFFE_ERROR_FORMAT, "leads to another file by a link", try_net_of_file(path, &net));
}

TEST(hdf5_values_in_other_files_are_refused) {
  const char* path = temporary_path("external.h5");
  const hid_t creation = H5Pcreate(H5P_DATASET_CREATE);
  CHECK_THAT(H5Pset_external(creation, temporary_path("values"), 0, 12) >= 0);
  const hid_t file = file_of_numbers(path, creation);
  CHECK_THAT(H5Lcreate_hard(file, "numbers", file, "data", H5P_DEFAULT, H5P_DEFAULT) >= 0);
  CHECK_THAT(H5Pclose(creation) >= 0 && H5Fclose(file) >= 0);
  caffe_net* net = NULL;
  CHECK_FAILS(CAFFE_ERROR_FORMAT, "dataset 'data' has its values in other files, which are not read",
              try_net_of_file(path, &net));
}

static caffe_hdf5* open_arrays(const char* path) {
  caffe_hdf5* file = NULL;
  MUST(caffe_hdf5_open(path, &file));
  return file;
}

TEST(hdf5_chunks_that_were_not_written_are_read_as_zeros) {
  const hsize_t count = 1000;
  const hsize_t chunk = 10;
  const float ones[10] = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
  const char* path = temporary_path("partly.h5");
  for (int compressed = 0; compressed < 2; ++compressed) {
    const hid_t file = H5Fcreate(path, H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT);
    const hid_t creation = H5Pcreate(H5P_DATASET_CREATE);
    CHECK_THAT(H5Pset_chunk(creation, 1, &chunk) >= 0);
    if (compressed) CHECK_THAT(H5Pset_deflate(creation, 9) >= 0);
    const hid_t space = H5Screate_simple(1, &count, NULL);
    const hid_t part = H5Screate_simple(1, &chunk, NULL);
    const hid_t data = H5Dcreate2(file, "data", H5T_IEEE_F32LE, space, H5P_DEFAULT, creation, H5P_DEFAULT);
    CHECK_THAT(H5Sselect_hyperslab(space, H5S_SELECT_SET, &chunk, NULL, &chunk, NULL) >= 0);
    CHECK_THAT(H5Dwrite(data, H5T_NATIVE_FLOAT, part, space, H5P_DEFAULT, ones) >= 0);
    CHECK_THAT(H5Dclose(data) >= 0 && H5Sclose(part) >= 0 && H5Sclose(space) >= 0 && H5Pclose(creation) >= 0);
    CHECK_THAT(H5Fclose(file) >= 0);
    float values[1000];
    caffe_hdf5* arrays = open_arrays(path);
    CHECK_OK(caffe_hdf5_read(arrays, 0, values, 1000));
    CHECK_THAT(values[9] == 0.0f && values[10] == 1.0f && values[19] == 1.0f && values[20] == 0.0f);
    CHECK_OK(caffe_hdf5_destroy(arrays));
  }
}

TEST(hdf5_type_that_is_larger_than_the_chunk_says_is_refused) {
  enum { count = 100000 };
  const char* path = file_of_zeros(count, count, false, true);
  /* The type's message: version and class, three bytes of bits, its size. */
  static const unsigned char type[] = {0x11, 0x20, 0x1f, 0x00, 4, 0, 0, 0};
  change_file(path, type, sizeof(type), 4, "\10", 1);
  caffe_net* net = NULL;
  CHECK_FAILS(CAFFE_ERROR_FORMAT, "zeros.h5", try_net_of_file(path, &net));
}

TEST(hdf5_chunks_without_a_size_are_refused) {
  enum { count = 100000 };
  const char* path = file_of_zeros(count, count, false, true);
  size_t length = 0;
  unsigned char* bytes = read_file(path, &length);
  /* The layout's message: version, chunked, how many sizes, an address, the sizes. */
  const unsigned char sizes[] = {count & 255, count >> 8 & 255, count >> 16, 0, 4, 0, 0, 0};
  unsigned char* place = bytes;
  while (memcmp(place, sizes, sizeof(sizes)) != 0) ++place;
  CHECK_THAT(place[-11] == 3 && place[-10] == 2 && place[-9] == 2);
  place[-9] = 0;
  write_file(path, bytes, length);
  free(bytes);
  caffe_net* net = NULL;
  CHECK_FAILS(CAFFE_ERROR_FORMAT, "dataset 'data' is damaged: its chunks have no size", try_net_of_file(path, &net));
}

TEST(hdf5_filter_that_cannot_be_counted_is_refused) {
  const hsize_t chunk = 3;
  const char* path = temporary_path("packed.h5");
  const hid_t creation = H5Pcreate(H5P_DATASET_CREATE);
  CHECK_THAT(H5Pset_chunk(creation, 1, &chunk) >= 0);
  CHECK_THAT(H5Pset_scaleoffset(creation, H5Z_SO_FLOAT_DSCALE, 2) >= 0);
  const hid_t file = file_of_numbers(path, creation);
  CHECK_THAT(H5Lcreate_hard(file, "numbers", file, "data", H5P_DEFAULT, H5P_DEFAULT) >= 0);
  CHECK_THAT(H5Pclose(creation) >= 0 && H5Fclose(file) >= 0);
  caffe_net* net = NULL;
  CHECK_FAILS(CAFFE_ERROR_FORMAT, "dataset 'data' is packed by HDF5's filter 6, which is not read; pack it by deflate",
              try_net_of_file(path, &net));
}

TEST(hdf5_arrays_are_listed_by_name_and_read) {
  const char* path = temporary_path("arrays.h5");
  const hid_t made = file_of_numbers(path, H5P_DEFAULT);
  const hid_t group = H5Gcreate2(made, "conv", H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
  CHECK_THAT(H5Lcreate_hard(made, "numbers", group, "0", H5P_DEFAULT, H5P_DEFAULT) >= 0);
  CHECK_THAT(H5Lcreate_soft("/nowhere", made, "dangling", H5P_DEFAULT, H5P_DEFAULT) >= 0);
  link_to_other_file("away.h5", made, "away");
  CHECK_THAT(H5Gclose(group) >= 0 && H5Fclose(made) >= 0);
  static const char* const names[] = {"away", "conv/0", "numbers"};
  caffe_hdf5* file = open_arrays(path);
  int32_t count = 0;
  CHECK_OK(caffe_hdf5_count(file, &count));
  CHECK_THAT(count == 3);
  for (int32_t i = 0; i < count; ++i) {
    const char* name = NULL;
    CHECK_OK(caffe_hdf5_name(file, i, &name));
    CHECK_SAME_TEXT(name, names[i]);
  }
  int32_t axes = 0;
  int32_t shape[2] = {0, -1};
  float values[3] = {0};
  CHECK_OK(caffe_hdf5_shape(file, 1, shape, 2, &axes));
  CHECK_THAT(axes == 1 && shape[0] == 3 && shape[1] == -1);
  CHECK_OK(caffe_hdf5_shape(file, 1, NULL, 0, &axes));
  CHECK_OK(caffe_hdf5_read(file, 1, values, 3));
  CHECK_THAT(values[0] == 1.0f && values[1] == 2.0f && values[2] == 3.0f);
  CHECK_FAILS(CAFFE_ERROR_FORMAT, "the array 'away' leads to another file", caffe_hdf5_shape(file, 0, shape, 2, &axes));
  CHECK_FAILS(CAFFE_ERROR_FORMAT, "the array 'away' leads to another file", caffe_hdf5_read(file, 0, values, 3));
  CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "count is 2, the array has 3 values", caffe_hdf5_read(file, 1, values, 2));
  CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "array 3 is out of range", caffe_hdf5_shape(file, 3, shape, 2, &axes));
  CHECK_STATUS(CAFFE_ERROR_ARGUMENT, caffe_hdf5_shape(NULL, 0, shape, 2, &axes));
  CHECK_STATUS(CAFFE_ERROR_ARGUMENT, caffe_hdf5_shape(file, 0, NULL, 2, &axes));
  CHECK_STATUS(CAFFE_ERROR_ARGUMENT, caffe_hdf5_shape(file, 0, shape, 2, NULL));
  CHECK_STATUS(CAFFE_ERROR_ARGUMENT, caffe_hdf5_read(NULL, 0, values, 3));
  CHECK_STATUS(CAFFE_ERROR_ARGUMENT, caffe_hdf5_read(file, 1, NULL, 3));
  CHECK_STATUS(CAFFE_ERROR_ARGUMENT, caffe_hdf5_name(file, 0, NULL));
  CHECK_STATUS(CAFFE_ERROR_ARGUMENT, caffe_hdf5_count(NULL, &count));
  CHECK_STATUS(CAFFE_ERROR_ARGUMENT, caffe_hdf5_count(file, NULL));
  CHECK_STATUS(CAFFE_ERROR_ARGUMENT, caffe_hdf5_open(NULL, &file));
  CHECK_STATUS(CAFFE_ERROR_ARGUMENT, caffe_hdf5_open(path, NULL));
  CHECK_OK(caffe_hdf5_destroy(file));
  CHECK_OK(caffe_hdf5_destroy(NULL));
}

/* A chain of groups, each of which holds the next one many times; the last holds the first where it is a ring. */
static const char* file_of_groups(int count, int times, bool ring) {
  const char* path = temporary_path("groups.h5");
  const hid_t file = H5Fcreate(path, H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT);
  char name[32];
  for (int i = 0; i < count; ++i) {
    snprintf(name, sizeof(name), "g%d", i);
    CHECK_THAT(H5Gclose(H5Gcreate2(file, name, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT)) >= 0);
  }
  for (int i = 0; i < (ring ? count : count - 1); ++i) {
    char next[32];
    snprintf(next, sizeof(next), "g%d", (i + 1) % count);
    for (int j = 0; j < times; ++j) {
      snprintf(name, sizeof(name), "g%d/%d", i, j);
      CHECK_THAT(H5Lcreate_hard(file, next, file, name, H5P_DEFAULT, H5P_DEFAULT) >= 0);
    }
  }
  CHECK_THAT(H5Fclose(file) >= 0);
  return path;
}

TEST(hdf5_groups_without_end_are_refused) {
  caffe_hdf5* file = NULL;
  CHECK_FAILS(CAFFE_ERROR_FORMAT, "groups.h5 has groups within groups, more than 32",
              caffe_hdf5_open(file_of_groups(2, 1, true), &file));
  CHECK_FAILS(CAFFE_ERROR_FORMAT, "groups.h5 has more than 100000 arrays and groups",
              caffe_hdf5_open(file_of_groups(30, 2, false), &file));
  CHECK_OK(caffe_hdf5_destroy(open_arrays(file_of_groups(5, 1, false))));
}

TEST(hdf5_group_with_a_link_that_cannot_be_read_is_refused) {
  /* A link to another file makes HDF5 keep the links in the group itself: version, kind, length of the name, name. */
  static const char link[] = "\1\0\7numbers";
  const char* path = temporary_path("unreadable.h5");
  const hid_t made = file_of_numbers(path, H5P_DEFAULT);
  link_to_other_file("away.h5", made, "away");
  CHECK_THAT(H5Fclose(made) >= 0);
  change_file(path, link, sizeof(link) - 1, 0, "\11", 1);
  caffe_hdf5* file = NULL;
  CHECK_FAILS(CAFFE_ERROR_FORMAT,
              "unreadable.h5 is damaged: the group '/' cannot be read (HDF5: bad version number for message)",
              caffe_hdf5_open(path, &file));
}

TEST(hdf5_path_of_no_hdf5_file_is_refused) {
  caffe_hdf5* file = NULL;
  const char* pipe = temporary_path("pipe");
  const char* text = temporary_path("text");
  CHECK_THAT(mkfifo(pipe, 0600) == 0);
  write_file(text, "no HDF5", 7);
  const char* const paths[] = {pipe, text, temporary_path("nothing"), "/"};
  for (size_t i = 0; i < 4; ++i) {
    CHECK_FAILS(CAFFE_ERROR_FORMAT, "is not an HDF5 file, or a damaged one (HDF5: ", caffe_hdf5_open(paths[i], &file));
  }
}

TEST(hdf5_image_is_read_as_it_was_written) {
  caffe_hdf5_image* image = NULL;
  MUST(caffe_hdf5_image_create(&image));
  const float values[] = {1.5f, -2, 3, 4, 5, 6};
  const int32_t matrix[] = {2, 3};
  const int32_t nothing[] = {0, 7};
  CHECK_OK(caffe_hdf5_image_add(image, "net/conv1/0", values, 6, matrix, 2));
  CHECK_OK(caffe_hdf5_image_add(image, "net/conv1/1", values, 1, NULL, 0));
  CHECK_OK(caffe_hdf5_image_add(image, "none", NULL, 0, nothing, 2));
  CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "the array 'none' cannot be added",
              caffe_hdf5_image_add(image, "none", values, 6, matrix, 2));
  CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "the array 'none/inner' cannot be added",
              caffe_hdf5_image_add(image, "none/inner", values, 6, matrix, 2));
  CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "does not match count 5",
              caffe_hdf5_image_add(image, "five", values, 5, matrix, 2));
  CHECK_STATUS(CAFFE_ERROR_ARGUMENT, caffe_hdf5_image_add(image, NULL, values, 6, matrix, 2));
  CHECK_STATUS(CAFFE_ERROR_ARGUMENT, caffe_hdf5_image_create(NULL));
  const void* bytes = NULL;
  int64_t length = 0;
  MUST(caffe_hdf5_image_bytes(image, &bytes, &length));
  const char* path = temporary_path("image.h5");
  write_file(path, bytes, (size_t)length);
  CHECK_OK(caffe_hdf5_image_destroy(image));

  caffe_hdf5* file = NULL;
  MUST(caffe_hdf5_open(path, &file));
  int32_t count = 0;
  CHECK_OK(caffe_hdf5_count(file, &count));
  CHECK_THAT(count == 3);
  const char* name = "";
  CHECK_OK(caffe_hdf5_name(file, 0, &name));
  CHECK_SAME_TEXT(name, "net/conv1/0");
  int32_t shape[CAFFE_MAX_BLOB_AXES];
  int32_t axes = -1;
  CHECK_OK(caffe_hdf5_shape(file, 0, shape, CAFFE_MAX_BLOB_AXES, &axes));
  CHECK_THAT(axes == 2 && shape[0] == 2 && shape[1] == 3);
  float read[6];
  CHECK_OK(caffe_hdf5_read(file, 0, read, 6));
  CHECK_THAT(memcmp(read, values, sizeof(values)) == 0);
  CHECK_OK(caffe_hdf5_shape(file, 1, shape, CAFFE_MAX_BLOB_AXES, &axes));
  CHECK_THAT(axes == 0);
  CHECK_OK(caffe_hdf5_read(file, 1, read, 1));
  CHECK_THAT(read[0] == 1.5f);
  CHECK_OK(caffe_hdf5_shape(file, 2, shape, CAFFE_MAX_BLOB_AXES, &axes));
  CHECK_THAT(axes == 2 && shape[0] == 0 && shape[1] == 7);
  CHECK_OK(caffe_hdf5_destroy(file));
}

static const struct test tests[] = {
    ENTRY(hdf5_image_is_read_as_it_was_written),
    ENTRY(hdf5_file_that_claims_more_than_it_has_takes_no_memory),
    ENTRY(hdf5_chunks_are_read_where_the_file_can_hold_them),
    ENTRY(hdf5_chunk_that_is_shorter_than_its_shape_is_refused),
    ENTRY(hdf5_links_are_followed_within_the_file_alone),
    ENTRY(hdf5_link_whose_text_has_no_end_is_refused),
    ENTRY(hdf5_values_in_other_files_are_refused),
    ENTRY(hdf5_chunks_that_were_not_written_are_read_as_zeros),
    ENTRY(hdf5_type_that_is_larger_than_the_chunk_says_is_refused),
    ENTRY(hdf5_chunks_without_a_size_are_refused),
    ENTRY(hdf5_filter_that_cannot_be_counted_is_refused),
    ENTRY(hdf5_arrays_are_listed_by_name_and_read),
    ENTRY(hdf5_groups_without_end_are_refused),
    ENTRY(hdf5_group_with_a_link_that_cannot_be_read_is_refused),
    ENTRY(hdf5_path_of_no_hdf5_file_is_refused),
};
TEST_MAIN(tests)
