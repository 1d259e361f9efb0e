#define _GNU_SOURCE
#include <sys/stat.h>
#include <unistd.h>

#include "check.h"
#include "support.h"

#define ORIGINAL "reference/12net/12net.caffemodel"

static caffe_net* net_without_weights(void) { return net_from_file(model_path("reference/12net/12net.prototxt")); }

/* The output for one and the same input. */
static void run_once(caffe_net* net) { forward_filled(net, "data", 21); }

static void check_same_output(caffe_net* a, caffe_net* b) {
  run_once(a);
  run_once(b);
  CHECK_THAT(same_data(a, b, "prob1"));
  CHECK_THAT(same_data(a, b, "conv4-2"));
}

TEST(copy_from_file_counts_and_marks_layers) {
  caffe_net* net = net_without_weights();
  int32_t copied = -1;
  const int32_t conv = layer_by_name(net, "conv1");
  CHECK_OK(caffe_net_layer_was_copied(net, conv, &copied));
  CHECK_THAT(copied == 0);
  CHECK_OK(caffe_net_copy_from_file(net, model_path(ORIGINAL), &copied));
  CHECK_THAT(copied == 8);
  CHECK_OK(caffe_net_layer_was_copied(net, conv, &copied));
  CHECK_THAT(copied == 1);
  CHECK_OK(caffe_net_layer_was_copied(net, layer_by_name(net, "prob1"), &copied));
  CHECK_THAT(copied == 0);
  CHECK_OK(caffe_net_copy_from_file(net, model_path(ORIGINAL), NULL));
  CHECK_OK(caffe_net_destroy(net));
}

TEST(copy_from_bytes_equals_copy_from_file) {
  caffe_net* from_file = original_net("12net");
  caffe_net* from_bytes = net_without_weights();
  size_t length = 0;
  unsigned char* bytes = read_file(model_path(ORIGINAL), &length);
  int32_t copied = 0;
  CHECK_OK(caffe_net_copy_from_bytes(from_bytes, bytes, (int64_t)length, NULL, &copied));
  CHECK_THAT(copied == 8);
  check_same_output(from_file, from_bytes);
  free(bytes);
  CHECK_OK(caffe_net_destroy(from_file));
  CHECK_OK(caffe_net_destroy(from_bytes));
}

TEST(copy_of_several_files_adds_up) {
  caffe_net* net = original_net("12net");
  CHECK_OK(caffe_net_copy_from_file(net, model_path("reference/12net/12net-cls-only.caffemodel"), NULL));
  CHECK_OK(caffe_net_copy_from_file(net, model_path(ORIGINAL), NULL));
  caffe_net* fresh = original_net("12net");
  check_same_output(net, fresh);
  CHECK_OK(caffe_net_destroy(fresh));
  CHECK_OK(caffe_net_destroy(net));
}

TEST(weights_that_are_wrong_say_why_and_change_nothing) {
  caffe_net* net = original_net("12net");
  caffe_net* fresh = original_net("12net");
  size_t length = 0;
  unsigned char* bytes = read_file(model_path(ORIGINAL), &length);
  const char* truncated = temporary_path("truncated.caffemodel");
  const char* empty = temporary_path("empty.caffemodel");
  const char* noise = temporary_path("noise.caffemodel");
  write_file(truncated, bytes, length - 50);
  write_file(empty, "", 0);
  unsigned char garbage[1000];
  for (size_t i = 0; i < sizeof(garbage); ++i) garbage[i] = (unsigned char)(i * 37 + i / 7);
  write_file(noise, garbage, sizeof(garbage));

  CHECK_FAILS(CAFFE_ERROR_NOT_FOUND, "/nowhere.caffemodel: the weights file does not exist",
              caffe_net_copy_from_file(net, "/nowhere.caffemodel", NULL));
  CHECK_FAILS(CAFFE_ERROR_IO, "is a folder, not a file", caffe_net_copy_from_file(net, "/", NULL));
  CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "is empty", caffe_net_copy_from_file(net, "", NULL));
  CHECK_FAILS(CAFFE_ERROR_FORMAT, "the weights file is empty", caffe_net_copy_from_file(net, empty, NULL));
  CHECK_FAILS(CAFFE_ERROR_FORMAT, "truncated or damaged", caffe_net_copy_from_file(net, truncated, NULL));
  CHECK_FAILS(CAFFE_ERROR_FORMAT, "truncated or damaged", caffe_net_copy_from_file(net, noise, NULL));
  CHECK_FAILS(CAFFE_ERROR_FORMAT, "this is a text file, perhaps a prototxt",
              caffe_net_copy_from_file(net, model_path("reference/12net/12net.prototxt"), NULL));
  CHECK_FAILS(
      CAFFE_ERROR_FORMAT,
      "layer 'conv1': parameter 0 has the shape 28 x 3 x 3 x 3 in the file, but the net requires 10 x 3 x 3 x 3",
      caffe_net_copy_from_file(net, model_path("reference/24net/24net.caffemodel"), NULL));
  caffe_error error;
  CHECK_OK(caffe_error_last(&error));
  CHECK_SAME_TEXT(error.layer, "conv1");
  CHECK_CONTAINS(error.path, "24net.caffemodel");

  CHECK_FAILS(CAFFE_ERROR_FORMAT, "<bytes>: the weights are empty",
              caffe_net_copy_from_bytes(net, bytes, 0, NULL, NULL));
  CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "length -5", caffe_net_copy_from_bytes(net, bytes, -5, NULL, NULL));
  CHECK_FAILS(CAFFE_ERROR_FORMAT, "mine: the caffemodel is truncated or damaged",
              caffe_net_copy_from_bytes(net, bytes, (int64_t)length / 2, "mine", NULL));
  CHECK_FAILS(CAFFE_ERROR_FORMAT, "this is an HDF5 file",
              caffe_net_copy_from_bytes(net, "\x89HDF\r\n\x1a\n", 8, NULL, NULL));
  check_same_output(net, fresh);
  free(bytes);
  CHECK_OK(caffe_net_destroy(fresh));
  CHECK_OK(caffe_net_destroy(net));
}

/* Caffe finds out when it has copied the values, and the layers before. */
TEST(weights_with_too_few_gradients_change_nothing) {
  static const char kWeights[] =
      "layer { name: 'conv' type: 'Convolution' blobs { shape { dim: 2 dim: 1 dim: 1 dim: 1 } data: 8 data: 9 diff: 1 "
      "}\n"
      "        blobs { shape { dim: 2 } data: 5 data: 6 } }";
  caffe_net* net = net_from_text(SMALL_INPUT
                                 "layer { name: 'conv' type: 'Convolution' bottom: 'data' top: 'conv'\n"
                                 "        convolution_param { num_output: 2 kernel_size: 1 } }\n");
  caffe_message* weights = NULL;
  caffe_blob* blob = NULL;
  const void* bytes = NULL;
  const float* data = NULL;
  int64_t length = 0;
  MUST(caffe_message_parse_text("NetParameter", kWeights, (int64_t)strlen(kWeights), NULL, &weights));
  MUST(caffe_message_bytes(weights, &bytes, &length));
  CHECK_FAILS(CAFFE_ERROR_FORMAT,
              "<bytes>: layer 'conv': parameter 0 holds 1 gradients, its shape 2 x 1 x 1 x 1 requires 2",
              caffe_net_copy_from_bytes(net, bytes, length, NULL, NULL));
  MUST(caffe_net_layer_param(net, layer_by_name(net, "conv"), 0, &blob));
  MUST(caffe_blob_data(blob, &data, &length));
  CHECK_THAT(length == 2 && data[0] == 0.0f && data[1] == 0.0f);
  CHECK_OK(caffe_blob_destroy(blob));
  CHECK_OK(caffe_message_destroy(weights));
  CHECK_OK(caffe_net_destroy(net));
}

TEST(weights_cut_anywhere_never_crash) {
  caffe_net* net = net_without_weights();
  size_t length = 0;
  unsigned char* bytes = read_file(model_path(ORIGINAL), &length);
  for (size_t cut = 1; cut < length; cut += cut < 300 ? 1 : 97) {
    const caffe_status status = caffe_net_copy_from_bytes(net, bytes, (int64_t)cut, NULL, NULL);
    CHECK_THAT(status == CAFFE_OK || status == CAFFE_ERROR_FORMAT);
  }
  for (size_t i = 0; i < 300; ++i) {
    const unsigned char old = bytes[i];
    bytes[i] = (unsigned char)(old ^ 0x5a);
    const caffe_status status = caffe_net_copy_from_bytes(net, bytes, (int64_t)length, NULL, NULL);
    CHECK_THAT(status == CAFFE_OK || status == CAFFE_ERROR_FORMAT);
    bytes[i] = old;
  }
  free(bytes);
  CHECK_OK(caffe_net_destroy(net));
}

typedef caffe_status (*save_function)(caffe_net* net, const char* path, int32_t write_diff);

static void check_saved_loads_again(save_function save, const char* path) {
  caffe_net* net = original_net("12net");
  caffe_net* again = net_without_weights();
  CHECK_OK(save(net, path, 0));
  /* Over the file that is there. */
  CHECK_OK(save(net, path, 1));
  int32_t copied = 0;
  CHECK_OK(caffe_net_copy_from_file(again, path, &copied));
  CHECK_THAT(copied == 8);
  check_same_output(net, again);
  CHECK_OK(caffe_net_destroy(again));
  CHECK_OK(caffe_net_destroy(net));
}

TEST(caffemodel_that_was_saved_loads_again) {
  check_saved_loads_again(caffe_net_save, temporary_path("saved.caffemodel"));
}

TEST(hdf5_that_was_saved_loads_again) { check_saved_loads_again(caffe_net_save_hdf5, temporary_path("saved.h5")); }

TEST(hdf5_that_is_wrong_says_why_and_changes_nothing) {
  caffe_net* net = original_net("12net");
  caffe_net* fresh = original_net("12net");
  caffe_net* other = original_net("24net");
  const char* wrong_net = temporary_path("wrong.h5");
  const char* truncated = temporary_path("truncated.h5");
  CHECK_OK(caffe_net_save_hdf5(other, wrong_net, 0));
  CHECK_FAILS(CAFFE_ERROR_FORMAT, "layer 'conv1': parameter 0 has the shape 28 x 3 x 3 x 3 in the file",
              caffe_net_copy_from_file(net, wrong_net, NULL));
  size_t length = 0;
  unsigned char* bytes = read_file(wrong_net, &length);
  for (int i = 0; i < 50; ++i) {
    write_file(truncated, bytes, length / 2);
    CHECK_FAILS(CAFFE_ERROR_FORMAT, "truncated", caffe_net_copy_from_file(net, truncated, NULL));
  }
  check_same_output(net, fresh);
  free(bytes);
  CHECK_OK(caffe_net_destroy(other));
  CHECK_OK(caffe_net_destroy(fresh));
  CHECK_OK(caffe_net_destroy(net));
}

TEST(hdf5_with_a_slash_in_a_layer_name_is_refused) {
  static const char text[] = SMALL_INPUT
      "layer { name: 'block/conv' type: 'Convolution' bottom: 'data' top: 'conv'\n"
      "        convolution_param { num_output: 1 kernel_size: 1 } }\n";
  caffe_net* net = net_from_text(text);
  const char* path = temporary_path("slash.h5");
  CHECK_FAILS(CAFFE_ERROR_UNSUPPORTED, "layer 'block/conv' cannot be saved as HDF5", caffe_net_save_hdf5(net, path, 0));
  CHECK_THAT(access(path, F_OK) != 0);
  CHECK_OK(caffe_net_save(net, temporary_path("slash.caffemodel"), 0));
  CHECK_OK(caffe_net_destroy(net));
}

TEST(save_where_nothing_can_be_written_leaves_nothing) {
  caffe_net* net = original_net("12net");
  CHECK_FAILS(CAFFE_ERROR_IO, "cannot be written: No such file or directory",
              caffe_net_save(net, "/nowhere/x.caffemodel", 0));
  CHECK_FAILS(CAFFE_ERROR_IO, "cannot be written: No such file or directory",
              caffe_net_save_hdf5(net, "/nowhere/x.h5", 0));
  CHECK_FAILS(CAFFE_ERROR_IO, "is a folder", caffe_net_save(net, "/tmp", 0));
  CHECK_FAILS(CAFFE_ERROR_IO, "not a regular file", caffe_net_save(net, "/dev/full", 0));
  CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "is empty", caffe_net_save(net, "", 0));
  CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "is empty", caffe_net_save_hdf5(net, "", 0));
  CHECK_OK(caffe_net_destroy(net));
}

TEST(save_over_a_link_writes_what_it_points_at) {
  caffe_net* net = net_from_text(SMALL_NET);
  const char* target = temporary_path("target.caffemodel");
  const char* link = temporary_path("link.caffemodel");
  write_file(target, "old", 3);
  CHECK_THAT(symlink(target, link) == 0);
  CHECK_OK(caffe_net_save(net, link, 0));
  struct stat status;
  CHECK_THAT(lstat(link, &status) == 0 && S_ISLNK(status.st_mode));
  CHECK_THAT(stat(target, &status) == 0 && status.st_size > 50);
  CHECK_OK(caffe_net_destroy(net));
}

TEST(share_with_makes_one_memory_of_two) {
  caffe_net* owner = original_net("12net");
  caffe_net* borrower = net_without_weights();
  CHECK_OK(caffe_net_share_with(borrower, owner));
  CHECK_OK(caffe_net_share_with(owner, owner));
  check_same_output(owner, borrower);
  caffe_blob* weights = NULL;
  MUST(caffe_net_layer_param(owner, layer_by_name(owner, "conv1"), 0, &weights));
  fill_blob(weights, 77);
  CHECK_OK(caffe_blob_destroy(weights));
  check_same_output(owner, borrower);
  int64_t count = 0;
  float* before = copy_data(borrower, "prob1", &count);
  CHECK_OK(caffe_net_destroy(owner));
  run_once(borrower);
  float* after = copy_data(borrower, "prob1", &count);
  CHECK_THAT(memcmp(before, after, (size_t)count * sizeof(float)) == 0);
  free(before);
  free(after);
  CHECK_OK(caffe_net_destroy(borrower));
}

TEST(share_with_another_net_says_what_differs) {
  caffe_net* net = original_net("12net");
  caffe_net* fresh = original_net("12net");
  caffe_net* other = original_net("24net");
  CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "layer 'conv1' (Convolution): its parameter 0 has the shape 10 x 3 x 3 x 3",
              caffe_net_share_with(net, other));
  check_same_output(net, fresh);
  CHECK_OK(caffe_net_destroy(other));
  CHECK_OK(caffe_net_destroy(fresh));
  CHECK_OK(caffe_net_destroy(net));
}

static const struct test tests[] = {
    ENTRY(copy_from_file_counts_and_marks_layers),
    ENTRY(copy_from_bytes_equals_copy_from_file),
    ENTRY(copy_of_several_files_adds_up),
    ENTRY(weights_that_are_wrong_say_why_and_change_nothing),
    ENTRY(weights_with_too_few_gradients_change_nothing),
    ENTRY(weights_cut_anywhere_never_crash),
    ENTRY(caffemodel_that_was_saved_loads_again),
    ENTRY(hdf5_that_was_saved_loads_again),
    ENTRY(hdf5_that_is_wrong_says_why_and_changes_nothing),
    ENTRY(hdf5_with_a_slash_in_a_layer_name_is_refused),
    ENTRY(save_where_nothing_can_be_written_leaves_nothing),
    ENTRY(save_over_a_link_writes_what_it_points_at),
    ENTRY(share_with_makes_one_memory_of_two),
    ENTRY(share_with_another_net_says_what_differs),
};
TEST_MAIN(tests)
