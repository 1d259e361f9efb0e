#include "check.h"
#include "jpeg_codec.h"
#include "support.h"

/* For the tests that read images: one program may run several of them. */
static void use_codec(void) {
  caffe_build_info info;
  MUST(caffe_runtime_build_info(&info));
  if (strlen(info.opencv_version) == 0) MUST(set_jpeg_codec());
}

static const char* write_text(const char* name, const char* text) {
  const char* path = temporary_path(name);
  write_file(path, text, strlen(text));
  return path;
}

#define IMAGE_DATA                                                                              \
  "layer { name: 'photos' type: 'ImageData' top: 'photo' top: 'label' transform_param { %s }\n" \
  "  image_data_param { source: '%s' batch_size: 1 %s } }"

/* A net that reads the list. The text lives until the next call. */
static const char* image_data(const char* list, const char* parameters, const char* transform) {
  static char text[4096];
  snprintf(text, sizeof(text), IMAGE_DATA, transform, list, parameters);
  return text;
}

static const char* window_data(const char* list, const char* parameters, const char* transform) {
  static char text[4096];
  snprintf(text, sizeof(text),
           "layer { name: 'windows' type: 'WindowData' top: 'window' top: 'label' transform_param { %s }\n"
           "  window_data_param { source: '%s' %s } }",
           transform, list, parameters);
  return text;
}

static void check_shape(caffe_net* net, const char* name, int32_t n, int32_t c, int32_t h, int32_t w) {
  const int32_t expected[] = {n, c, h, w};
  int32_t shape[CAFFE_MAX_BLOB_AXES];
  int32_t axes = 0;
  caffe_blob* blob = blob_by_name(net, name);
  CHECK_OK(caffe_blob_shape(blob, shape, CAFFE_MAX_BLOB_AXES, &axes));
  CHECK_THAT(axes == 4 && memcmp(shape, expected, sizeof(expected)) == 0);
  CHECK_OK(caffe_blob_destroy(blob));
}

static float first_value(caffe_net* net, const char* name) {
  int64_t count = 0;
  float* data = copy_data(net, name, &count);
  const float value = data[0];
  free(data);
  return value;
}

TEST(image_without_a_codec_is_unsupported) {
  char list[4096];
  snprintf(list, sizeof(list), "%s 1\n", photo_path("rocket.jpg"));
  CHECK_FAILS(CAFFE_ERROR_UNSUPPORTED, "images want a codec, and none is set",
              try_net_from_text(image_data(write_text("one.txt", list), "", "")));
}

TEST(codec_is_set_once_and_named) {
  use_codec();
  caffe_build_info info;
  MUST(caffe_runtime_build_info(&info));
  CHECK_SAME_TEXT(info.opencv_version, "libjpeg");
  CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "the codec 'libjpeg' is set already", set_jpeg_codec());
  CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "a callback is null", caffe_image_set_codec("none", NULL, NULL, NULL));
  CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "'name' is null", caffe_image_set_codec(NULL, NULL, NULL, NULL));
  caffe_image image;
  CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "'result' is null", caffe_image_allocate(NULL, 1, 1, 1, 0, &image));
}

TEST(image_data_reads_photos_of_any_size) {
  use_codec();
  char text[4096];
  snprintf(text, sizeof(text), "%s 3\n%s 4\n", photo_path("rocket.jpg"), photo_path("dlib-faces/2007_007763.jpg"));
  const char* list = write_text("two.txt", text);
  caffe_net* net = net_from_text(image_data(list, "", ""));
  CHECK_OK(forward_all(net));
  check_shape(net, "photo", 1, 3, 427, 640);
  CHECK_THAT(first_value(net, "label") == 3);
  CHECK_THAT(first_value(net, "photo") >= 0 && first_value(net, "photo") <= 255);
  CHECK_OK(forward_all(net));
  CHECK_THAT(first_value(net, "label") == 4);
  CHECK_OK(forward_all(net));
  CHECK_THAT(first_value(net, "label") == 3);
  CHECK_OK(caffe_net_destroy(net));

  net = net_from_text(image_data(list, "is_color: false new_height: 20 new_width: 30", ""));
  CHECK_OK(forward_all(net));
  check_shape(net, "photo", 1, 1, 20, 30);
  CHECK_OK(caffe_net_destroy(net));
}

TEST(photo_that_fails_on_the_reading_thread_is_named_with_its_line) {
  use_codec();
  size_t length = 0;
  unsigned char* photo = read_file(photo_path("rocket.jpg"), &length);
  const char* broken = temporary_path("broken.jpg");
  write_file(broken, photo, 100);
  const char* small = temporary_path("none.jpg");
  free(photo);
  const struct {
    const char* photo;
    caffe_status status;
    const char* words;
  } cases[] = {
      {broken, CAFFE_ERROR_FORMAT, "broken.jpg: "},
      {small, CAFFE_ERROR_NOT_FOUND, "none.jpg: the image file does not exist (line 2 of '"},
      {temporary_path("."), CAFFE_ERROR_IO, "is a folder, not a file (line 2 of '"},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); ++i) {
    char text[8192];
    snprintf(text, sizeof(text), "%s 3\n%s 4\n", photo_path("rocket.jpg"), cases[i].photo);
    caffe_net* net = net_from_text(image_data(write_text("list.txt", text), "", ""));
    CHECK_OK(forward_all(net));
    for (int again = 0; again < 2; ++again) {
      CHECK_FAILS(cases[i].status, cases[i].words, forward_all(net));
      CHECK_CONTAINS(last_message(), "layer 'photos' (ImageData): ");
      caffe_error error;
      CHECK_OK(caffe_error_last(&error));
      CHECK_SAME_TEXT(error.path, cases[i].photo);
      CHECK_SAME_TEXT(error.layer, "photos");
    }
    CHECK_OK(caffe_net_destroy(net));
  }
}

TEST(failure_of_a_reading_thread_names_its_own_layer_whichever_waits) {
  use_codec();
  char text[8192];
  snprintf(text, sizeof(text), "%s 1\n", photo_path("rocket.jpg"));
  const char* good = write_text("good.txt", text);
  snprintf(text, sizeof(text), "%s 1\n/nowhere.jpg 2\n", photo_path("rocket.jpg"));
  const char* bad = write_text("bad.txt", text);
  snprintf(text, sizeof(text),
           "layer { name: 'good' type: 'ImageData' top: 'a' top: 'b' image_data_param { source: '%s' } }\n"
           "layer { name: 'bad' type: 'ImageData' top: 'c' top: 'd' image_data_param { source: '%s' } }\n",
           good, bad);
  caffe_net* net = net_from_text(text);
  caffe_status status = CAFFE_OK;
  for (int i = 0; i < 10 && status == CAFFE_OK; ++i) status = forward_all(net);
  CHECK_STATUS(CAFFE_ERROR_NOT_FOUND, status);
  CHECK_CONTAINS(last_message(), "<text>:2: layer 'bad' (ImageData): /nowhere.jpg: ");
  CHECK_FAILS(CAFFE_ERROR_NOT_FOUND, "layer 'bad' (ImageData): /nowhere.jpg: ", forward_all(net));
  CHECK_OK(caffe_net_destroy(net));
}

TEST(photo_that_is_smaller_than_the_crop_is_named) {
  use_codec();
  char text[4096];
  snprintf(text, sizeof(text), "%s 3\n", photo_path("rocket.jpg"));
  CHECK_FAILS(CAFFE_ERROR_CHECK, "rocket.jpg: Check failed: img_height >= crop_size (427 vs. 500)",
              try_net_from_text(image_data(write_text("list.txt", text), "", "crop_size: 500")));
  CHECK_CONTAINS(last_message(), "(line 1 of '");
}

TEST(lists_of_photos_are_checked_line_by_line) {
  const struct {
    const char* list;
    const char* words;
  } cases[] = {
      {"", "the image list file is empty"},
      {"a.jpg 1\n\nb.jpg 2\n", "list.txt:2: the line is empty"},
      {"a.jpg 1\nb.jpg cat\n", "list.txt:2: after the last space stands 'cat', which is not a whole number"},
      {"a.jpg 1.5\n", "list.txt:1: after the last space stands '1.5'"},
      {"a.jpg 99999999999\n", "list.txt:1: after the last space stands '99999999999'"},
      {"a.jpg\t1\n", "list.txt:1: a tab stands where a space"},
      {"a.jpg 1 \n", "list.txt:1: after the last space stands ''"},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); ++i) {
    CHECK_FAILS(CAFFE_ERROR_FORMAT, cases[i].words,
                try_net_from_text(image_data(write_text("list.txt", cases[i].list), "", "")));
    CHECK_CONTAINS(last_message(), "<text>:1: layer 'photos' (ImageData): ");
  }
  CHECK_FAILS(CAFFE_ERROR_NOT_FOUND, "its source '/nowhere.txt' does not exist",
              try_net_from_text(image_data("/nowhere.txt", "", "")));
  CHECK_FAILS(CAFFE_ERROR_IO, "is a folder, not a file", try_net_from_text(image_data(temporary_path("."), "", "")));
  CHECK_FAILS(CAFFE_ERROR_FORMAT, "image_data_param.source is not set", try_net_from_text(image_data("", "", "")));
  CHECK_FAILS(CAFFE_ERROR_CHECK, "requires new_height and new_width to be set at the same time",
              try_net_from_text(image_data(write_text("list.txt", "a.jpg 1\n"), "new_height: 5", "")));
  /* Lines of another system, and a path alone, are well. */
  CHECK_FAILS(CAFFE_ERROR_NOT_FOUND, "a b.jpg: the image file does not exist (line 1 of ",
              try_net_from_text(image_data(write_text("list.txt", "a b.jpg 1\r\n"), "", "")));
  CHECK_FAILS(CAFFE_ERROR_NOT_FOUND, "b.jpg: the image file does not exist (line 1 of ",
              try_net_from_text(image_data(write_text("list.txt", "b.jpg\n"), "", "")));
}

#define PHOTO_LINES "# 0\n%s\n3 427 640\n"
#define GOOD_WINDOWS "2\n1 0.9 0 0 99 49\n0 0.1 10 20 300 400\n"

TEST(window_data_cuts_windows) {
  use_codec();
  char text[4096];
  snprintf(text, sizeof(text), PHOTO_LINES GOOD_WINDOWS, photo_path("rocket.jpg"));
  caffe_net* net = net_from_text(
      window_data(write_text("windows.txt", text), "batch_size: 4 context_pad: 2", "crop_size: 16 mirror: true"));
  for (int i = 0; i < 3; ++i) CHECK_OK(forward_all(net));
  check_shape(net, "window", 4, 3, 16, 16);
  int64_t count = 0;
  float* labels = copy_data(net, "label", &count);
  CHECK_THAT(count == 4 && labels[0] == 0 && labels[2] == 0 && labels[3] == 1);
  free(labels);
  CHECK_OK(caffe_net_destroy(net));
}

TEST(lists_of_windows_are_checked_word_by_word) {
  const char* photo = photo_path("rocket.jpg");
  const struct {
    const char* list;
    const char* words;
  } cases[] = {
      {"\n \n", ": there is no image in the list"},
      {"0\nphoto.jpg\n", ":1: '0' stands where '#' should"},
      {"# x\n", ":1: 'x' stands where an image's index should"},
      {"# 1\n", ":1: the image has the index 1 where 0 is next"},
      {"# 0\n", "the list ends where an image's path should stand"},
      {"# 0\nmy photo.jpg\n3 4 5\n0\n", ":2: 'photo.jpg' stands where an image's number of channels should"},
      {"# 0\na.jpg\n1 427 640\n0\n", ":3: the image has 1 channels; this layer reads in colour"},
      {"# 0\na.jpg\n3 427 640\n-1\n", ":4: an image has -1 windows"},
      {"# 0\na.jpg\n3 427 640\n1\n1 0.9 0 0 99\n", "the list ends where a window's y2 should stand"},
      {"# 0\na.jpg\n3 427 640\n1\n1 high 0 0 99 99\n", ":5: 'high' stands where a window's overlap should"},
      {"# 0\na.jpg\n3 427 640\n1\n1 nan 0 0 99 99\n", ":5: 'nan' stands where a window's overlap should"},
      {"# 0\na.jpg\n3 427 640\n1\n1 0.9 0.5 0 99 99\n", ":5: '0.5' stands where a window's x1 should"},
      {"# 0\na.jpg\n3 427 640\n1\n1 0.9 9 0 8 99\n",
       ":5: the window's second corner (8, 99) lies before its first (9, 0)"},
      {"# 0\na.jpg\n3 427 640\n1\n1 0.9 0 0 99999999 9\n", ":5: the coordinate 99999999 is too far away"},
      {"# 0\na.jpg\n3 427 640\n1\n0 0.9 0 0 9 9\n", ":5: a foreground window has the label 0"},
      {"# 0\na.jpg\n3 427 640\n1\n1 0.9 0 0 9 9\n", "1 foreground windows"},
      {"# 0\na.jpg\n3 427 640\n2\n1 0.9 0 0 9 9\n0 0 0 0 9 9\n# 0\n", ":7: the image has the index 0 where 1 is next"},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); ++i) {
    CHECK_FAILS(CAFFE_ERROR_FORMAT, cases[i].words,
                try_net_from_text(window_data(write_text("list.txt", cases[i].list), "batch_size: 1", "crop_size: 8")));
    CHECK_CONTAINS(last_message(), "<text>:1: layer 'windows' (WindowData): ");
  }
  char text[4096];
  snprintf(text, sizeof(text), PHOTO_LINES GOOD_WINDOWS, photo);
  const char* list = write_text("windows.txt", text);
  const struct {
    const char* parameters;
    const char* transform;
    const char* words;
  } parameters[] = {
      {"batch_size: 1", "", "transform_param.crop_size is not set"},
      {"", "crop_size: 8", "window_data_param.batch_size is not set"},
      {"batch_size: 1 context_pad: 4", "crop_size: 8",
       "context_pad 4 on both sides leaves nothing of a crop size of 8"},
      {"batch_size: 1 fg_fraction: 2", "crop_size: 8", "fg_fraction 2.000000 is not from 0 to 1"},
      {"batch_size: 1 fg_fraction: nan", "crop_size: 8", "fg_fraction nan is not from 0 to 1"},
      {"batch_size: 1 crop_mode: 'sqare'", "crop_size: 8", "crop_mode 'sqare' is neither 'warp' nor 'square'"},
  };
  for (size_t i = 0; i < sizeof(parameters) / sizeof(parameters[0]); ++i) {
    CHECK_FAILS(CAFFE_ERROR_FORMAT, parameters[i].words,
                try_net_from_text(window_data(list, parameters[i].parameters, parameters[i].transform)));
  }
  CHECK_FAILS(CAFFE_ERROR_CHECK, "File not found: /nowhere.binaryproto",
              try_net_from_text(window_data(list, "batch_size: 1", "crop_size: 8 mean_file: '/nowhere.binaryproto'")));
  CHECK_FAILS(
      CAFFE_ERROR_NOT_FOUND, "nowhere/",
      try_net_from_text(window_data(list, "batch_size: 1 cache_images: true root_folder: '/nowhere'", "crop_size: 8")));
}

TEST(window_outside_of_its_photo_is_refused) {
  use_codec();
  char text[4096];
  snprintf(text, sizeof(text), PHOTO_LINES "2\n1 0.9 600 0 700 49\n0 0.1 600 0 700 49\n", photo_path("rocket.jpg"));
  const char* list = write_text("windows.txt", text);
  caffe_net* net = net_from_text(window_data(list, "batch_size: 1", "crop_size: 16"));
  CHECK_FAILS(CAFFE_ERROR_FORMAT, "the part of 101 x 50 pixels at x 600, y 0 does not lie in the image of 640 x 427",
              forward_all(net));
  CHECK_CONTAINS(last_message(), "layer 'windows' (WindowData): ");
  CHECK_CONTAINS(last_message(), "rocket.jpg: ");
  CHECK_CONTAINS(last_message(), "(line 2 of '");
  CHECK_OK(caffe_net_destroy(net));
  /* With context Caffe clips it. */
  net = net_from_text(window_data(list, "batch_size: 1 context_pad: 1", "crop_size: 16"));
  CHECK_OK(forward_all(net));
  CHECK_OK(caffe_net_destroy(net));
}

static const struct test tests[] = {
    ENTRY(image_without_a_codec_is_unsupported),
    ENTRY(codec_is_set_once_and_named),
    ENTRY(image_data_reads_photos_of_any_size),
    ENTRY(photo_that_fails_on_the_reading_thread_is_named_with_its_line),
    ENTRY(failure_of_a_reading_thread_names_its_own_layer_whichever_waits),
    ENTRY(photo_that_is_smaller_than_the_crop_is_named),
    ENTRY(lists_of_photos_are_checked_line_by_line),
    ENTRY(window_data_cuts_windows),
    ENTRY(lists_of_windows_are_checked_word_by_word),
    ENTRY(window_outside_of_its_photo_is_refused),
};
TEST_MAIN(tests)
