#include "check.h"
#include "support.h"

static caffe_blob* new_blob(const int32_t* shape, int32_t axes) {
  caffe_blob* blob = NULL;
  MUST(caffe_blob_create(shape, axes, &blob));
  return blob;
}

TEST(create_gives_the_shape_asked_for) {
  const int32_t shape[] = {2, 3, 4, 5, 6};
  caffe_blob* blob = new_blob(shape, 5);
  int32_t read[CAFFE_MAX_BLOB_AXES];
  int32_t axes = 0;
  int64_t count = 0;
  CHECK_OK(caffe_blob_shape(blob, read, CAFFE_MAX_BLOB_AXES, &axes));
  CHECK_THAT(axes == 5);
  CHECK_THAT(memcmp(read, shape, sizeof(shape)) == 0);
  CHECK_OK(caffe_blob_count(blob, &count));
  CHECK_THAT(count == 720);
  CHECK_OK(caffe_blob_destroy(blob));
}

TEST(create_without_axes_gives_a_scalar) {
  caffe_blob* blob = new_blob(NULL, 0);
  float* data = NULL;
  int32_t axes = -1;
  int64_t count = 0;
  CHECK_OK(caffe_blob_shape(blob, NULL, 0, &axes));
  CHECK_THAT(axes == 0);
  CHECK_OK(caffe_blob_mutable_data(blob, &data, &count));
  CHECK_THAT(count == 1 && data[0] == 0.0f);
  CHECK_OK(caffe_blob_destroy(blob));
}

TEST(create_with_a_dimension_of_zero_has_no_memory) {
  const int32_t shape[] = {2147483647, 0, 2147483647};
  caffe_blob* blob = new_blob(shape, 3);
  const float* data = (const float*)shape;
  int64_t count = -1;
  CHECK_OK(caffe_blob_data(blob, &data, &count));
  CHECK_THAT(data == NULL && count == 0);
  CHECK_OK(caffe_blob_destroy(blob));
}

TEST(create_with_a_bad_shape_says_which) {
  const int32_t negative[] = {1, -3};
  const int32_t huge[] = {65536, 65536};
  int32_t ones[CAFFE_MAX_BLOB_AXES + 1];
  for (int i = 0; i <= CAFFE_MAX_BLOB_AXES; ++i) ones[i] = 1;
  caffe_blob* blob = NULL;
  CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "1 x -3 has a negative dimension", caffe_blob_create(negative, 2, &blob));
  CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "65536 x 65536 has more elements", caffe_blob_create(huge, 2, &blob));
  CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "from 0 to 32 axes, not 33",
              caffe_blob_create(ones, CAFFE_MAX_BLOB_AXES + 1, &blob));
  CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "not -1", caffe_blob_create(ones, -1, &blob));
  CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "'shape' is null", caffe_blob_create(NULL, 2, &blob));
  CHECK_THAT(blob == NULL);
  CHECK_OK(caffe_blob_create(ones, CAFFE_MAX_BLOB_AXES, &blob));
  CHECK_OK(caffe_blob_destroy(blob));
}

TEST(data_and_diff_keep_what_is_written) {
  const int32_t shape[] = {3, 7};
  caffe_blob* blob = new_blob(shape, 2);
  float* written = NULL;
  const float* read = NULL;
  int64_t count = 0;
  MUST(caffe_blob_mutable_data(blob, &written, &count));
  for (int64_t i = 0; i < count; ++i) written[i] = (float)i;
  MUST(caffe_blob_mutable_diff(blob, &written, &count));
  for (int64_t i = 0; i < count; ++i) written[i] = -(float)i;
  MUST(caffe_blob_data(blob, &read, &count));
  CHECK_THAT(count == 21 && read[20] == 20.0f);
  MUST(caffe_blob_diff(blob, &read, &count));
  CHECK_THAT(count == 21 && read[20] == -20.0f);
  CHECK_OK(caffe_blob_destroy(blob));
}

TEST(reshape_keeps_memory_that_fits) {
  const int32_t large[] = {4, 4};
  const int32_t small[] = {2, 3};
  const int32_t larger[] = {5, 5};
  caffe_blob* blob = new_blob(large, 2);
  float* data = NULL;
  float* again = NULL;
  int64_t count = 0;
  MUST(caffe_blob_mutable_data(blob, &data, &count));
  data[5] = 5.0f;
  CHECK_OK(caffe_blob_reshape(blob, small, 2));
  MUST(caffe_blob_mutable_data(blob, &again, &count));
  CHECK_THAT(again == data && count == 6 && again[5] == 5.0f);
  CHECK_OK(caffe_blob_reshape(blob, larger, 2));
  MUST(caffe_blob_mutable_data(blob, &again, &count));
  CHECK_THAT(count == 25 && again[24] == 0.0f);
  const int32_t negative[] = {-1};
  CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "negative dimension", caffe_blob_reshape(blob, negative, 1));
  CHECK_OK(caffe_blob_count(blob, &count));
  CHECK_THAT(count == 25);
  CHECK_OK(caffe_blob_destroy(blob));
}

TEST(memory_gives_shape_and_pointer_in_one_call) {
  const int32_t shape[] = {2, 3};
  caffe_blob* blob = new_blob(shape, 2);
  int32_t read[CAFFE_MAX_BLOB_AXES];
  int32_t axes = 0;
  int64_t count = 0;
  int64_t version = -1;
  float* data = NULL;
  float* diff = NULL;
  float* again = NULL;
  const float* pointer = NULL;
  CHECK_OK(caffe_blob_memory(blob, CAFFE_BLOB_PART_DATA, 1, read, CAFFE_MAX_BLOB_AXES, &axes, &data, &version));
  CHECK_THAT(axes == 2 && read[0] == 2 && read[1] == 3 && version >= 0);
  MUST(caffe_blob_data(blob, &pointer, &count));
  CHECK_THAT(pointer == data && count == 6);
  CHECK_OK(caffe_blob_memory(blob, CAFFE_BLOB_PART_DATA, 0, read, CAFFE_MAX_BLOB_AXES, &axes, &again, &version));
  CHECK_THAT(again == data);
  CHECK_OK(caffe_blob_memory(blob, CAFFE_BLOB_PART_DIFF, 0, read, CAFFE_MAX_BLOB_AXES, &axes, &diff, &version));
  MUST(caffe_blob_diff(blob, &pointer, &count));
  CHECK_THAT(diff == pointer && diff != data);
  CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "part 2 is neither",
              caffe_blob_memory(blob, 2, 0, read, CAFFE_MAX_BLOB_AXES, &axes, &data, &version));
  CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "room for 1 dimensions, the blob has 2",
              caffe_blob_memory(blob, CAFFE_BLOB_PART_DATA, 0, read, 1, &axes, &data, &version));
  CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "'blob' is null",
              caffe_blob_memory(NULL, CAFFE_BLOB_PART_DATA, 0, read, 2, &axes, &data, &version));
  CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "'memory' is null",
              caffe_blob_memory(blob, CAFFE_BLOB_PART_DATA, 0, read, 2, &axes, NULL, &version));
  CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "'version' is null",
              caffe_blob_memory(blob, CAFFE_BLOB_PART_DATA, 0, read, 2, &axes, &data, NULL));
  CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "'version' is null", caffe_blob_version(NULL));
  CHECK_OK(caffe_blob_destroy(blob));
}

TEST(version_rises_with_what_may_move_a_blob_and_stays_with_what_reads) {
  const int64_t* version = NULL;
  const int64_t* again = NULL;
  MUST(caffe_blob_version(&version));
  CHECK_OK(caffe_blob_version(&again));
  CHECK_THAT(again == version);
  caffe_net* net = net_from_text(SMALL_NET);
  caffe_blob* data = blob_by_name(net, "data");
  fill_blob(data, 3);
  int64_t before = *version;
  int32_t read[CAFFE_MAX_BLOB_AXES];
  int32_t axes = 0;
  int64_t count = 0;
  int64_t seen = -1;
  float* memory = NULL;
  CHECK_OK(caffe_blob_memory(data, CAFFE_BLOB_PART_DATA, 1, read, CAFFE_MAX_BLOB_AXES, &axes, &memory, &seen));
  CHECK_OK(caffe_blob_shape(data, read, CAFFE_MAX_BLOB_AXES, &axes));
  CHECK_OK(caffe_blob_count(data, &count));
  CHECK_THAT(*version == before && seen == before);
  CHECK_OK(forward_all(net));
  CHECK_THAT(*version > before);
  before = *version;
  CHECK_OK(caffe_net_reshape(net));
  CHECK_THAT(*version > before);
  before = *version;
  reshape_input(net, "data", 1, 1, 5, 4);
  CHECK_THAT(*version > before);
  CHECK_OK(caffe_blob_destroy(data));
  CHECK_OK(caffe_net_destroy(net));
  const int32_t shape[] = {3};
  caffe_blob* alone = new_blob(shape, 1);
  before = *version;
  CHECK_OK(caffe_blob_reshape(alone, shape, 1));
  CHECK_THAT(*version > before);
  CHECK_OK(caffe_blob_destroy(alone));
}

TEST(shape_without_room_says_how_much_is_required) {
  const int32_t shape[] = {1, 2, 3};
  int32_t read[2];
  int32_t axes = 0;
  caffe_blob* blob = new_blob(shape, 3);
  CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "room for 2 dimensions, the blob has 3", caffe_blob_shape(blob, read, 2, &axes));
  CHECK_OK(caffe_blob_destroy(blob));
}

TEST(device_memory_of_a_cpu_build_is_unsupported) {
  caffe_build_info info;
  MUST(caffe_runtime_build_info(&info));
  if (info.with_cuda == 1) return;
  const int32_t shape[] = {1};
  caffe_blob* blob = new_blob(shape, 1);
  const float* data = NULL;
  float* mutable_data = NULL;
  CHECK_FAILS(CAFFE_ERROR_UNSUPPORTED, "CAFFESHARP_CUDA=ON", caffe_blob_gpu_data(blob, &data));
  CHECK_FAILS(CAFFE_ERROR_UNSUPPORTED, "CAFFESHARP_CUDA=ON", caffe_blob_gpu_diff(blob, &data));
  CHECK_FAILS(CAFFE_ERROR_UNSUPPORTED, "CAFFESHARP_CUDA=ON", caffe_blob_mutable_gpu_data(blob, &mutable_data));
  CHECK_FAILS(CAFFE_ERROR_UNSUPPORTED, "CAFFESHARP_CUDA=ON", caffe_blob_mutable_gpu_diff(blob, &mutable_data));
  CHECK_OK(caffe_blob_destroy(blob));
}

TEST(null_arguments_are_named) {
  const int32_t shape[] = {1};
  caffe_blob* blob = new_blob(shape, 1);
  int32_t axes = 0;
  int32_t dimension = 0;
  int64_t count = 0;
  const float* data = NULL;
  float* mutable_data = NULL;
  CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "'blob' is null", caffe_blob_create(shape, 1, NULL));
  CHECK_OK(caffe_blob_destroy(NULL));
  CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "'blob' is null", caffe_blob_shape(NULL, &dimension, 1, &axes));
  CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "'shape' is null", caffe_blob_shape(blob, NULL, 1, &axes));
  CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "'axes' is null", caffe_blob_shape(blob, &dimension, 1, NULL));
  CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "'blob' is null", caffe_blob_count(NULL, &count));
  CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "'count' is null", caffe_blob_count(blob, NULL));
  CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "'blob' is null", caffe_blob_reshape(NULL, shape, 1));
  CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "'blob' is null", caffe_blob_data(NULL, &data, &count));
  CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "'data' is null", caffe_blob_data(blob, NULL, &count));
  CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "'count' is null", caffe_blob_data(blob, &data, NULL));
  CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "'blob' is null", caffe_blob_mutable_data(NULL, &mutable_data, &count));
  CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "'blob' is null", caffe_blob_diff(NULL, &data, &count));
  CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "'blob' is null", caffe_blob_mutable_diff(NULL, &mutable_data, &count));
  CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "'blob' is null", caffe_blob_gpu_data(NULL, &data));
  CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "'data' is null", caffe_blob_mutable_gpu_data(blob, NULL));
  CHECK_OK(caffe_blob_destroy(blob));
}

TEST(blob_of_a_net_outlives_the_net) {
  caffe_net* net = net_from_text(SMALL_NET);
  caffe_blob* data = blob_by_name(net, "data");
  caffe_blob* conv = blob_by_name(net, "conv");
  caffe_blob* weights = NULL;
  MUST(caffe_net_layer_param(net, layer_by_name(net, "conv"), 0, &weights));
  fill_blob(data, 3);
  CHECK_OK(forward_all(net));
  CHECK_OK(caffe_net_destroy(net));
  const float* values = NULL;
  int64_t count = 0;
  CHECK_OK(caffe_blob_data(conv, &values, &count));
  CHECK_THAT(count == 8 && values[0] != 0.0f);
  CHECK_OK(caffe_blob_data(weights, &values, &count));
  CHECK_THAT(count == 18 && values[0] != 0.0f);
  CHECK_OK(caffe_blob_destroy(weights));
  CHECK_OK(caffe_blob_destroy(data));
  CHECK_OK(caffe_blob_destroy(conv));
}

static const struct test tests[] = {
    ENTRY(create_gives_the_shape_asked_for),
    ENTRY(create_without_axes_gives_a_scalar),
    ENTRY(create_with_a_dimension_of_zero_has_no_memory),
    ENTRY(create_with_a_bad_shape_says_which),
    ENTRY(data_and_diff_keep_what_is_written),
    ENTRY(reshape_keeps_memory_that_fits),
    ENTRY(memory_gives_shape_and_pointer_in_one_call),
    ENTRY(version_rises_with_what_may_move_a_blob_and_stays_with_what_reads),
    ENTRY(shape_without_room_says_how_much_is_required),
    ENTRY(device_memory_of_a_cpu_build_is_unsupported),
    ENTRY(null_arguments_are_named),
    ENTRY(blob_of_a_net_outlives_the_net),
};
TEST_MAIN(tests)
