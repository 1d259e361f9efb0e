#include "jpeg_codec.h"

#include <setjmp.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/* After stdio.h, which it needs. */
#include <jpeglib.h>

struct failure {
  struct jpeg_error_mgr manager;
  jmp_buf back;
  char text[JMSG_LENGTH_MAX];
};

static void fail(j_common_ptr jpeg) {
  struct failure* failure = (struct failure*)jpeg->err;
  failure->manager.format_message(jpeg, failure->text);
  longjmp(failure->back, 1);
}

static void report(caffe_status why, const char* reason, char* message, int32_t capacity, int32_t* status) {
  snprintf(message, (size_t)capacity, "%s", reason);
  *status = why;
}

static void decode(const char* bytes, int64_t length, int32_t flags, caffe_image_result* result, char* message,
                   int32_t capacity, int32_t* status) {
  struct jpeg_decompress_struct jpeg;
  struct failure failure;
  jpeg.err = jpeg_std_error(&failure.manager);
  failure.manager.error_exit = fail;
  if (setjmp(failure.back) != 0) {
    jpeg_destroy_decompress(&jpeg);
    report(CAFFE_ERROR_FORMAT, failure.text, message, capacity, status);
    return;
  }
  jpeg_create_decompress(&jpeg);
  jpeg_mem_src(&jpeg, (const unsigned char*)bytes, (unsigned long)length);
  jpeg_read_header(&jpeg, TRUE);
  const bool gray = flags == 0 || (flags < 0 && jpeg.num_components == 1);
  jpeg.out_color_space = gray ? JCS_GRAYSCALE : JCS_EXT_BGR;
  jpeg_start_decompress(&jpeg);
  caffe_image image;
  *status =
      caffe_image_allocate(result, (int32_t)jpeg.output_height, (int32_t)jpeg.output_width, gray ? 1 : 3, 0, &image);
  while (*status == CAFFE_OK && jpeg.output_scanline < jpeg.output_height) {
    JSAMPROW row = (JSAMPROW)image.pixels + (int64_t)jpeg.output_scanline * image.step;
    jpeg_read_scanlines(&jpeg, &row, 1);
  }
  jpeg_destroy_decompress(&jpeg);
}

static void encode(const caffe_image* image, const char* extension, caffe_image_result* result, char* message,
                   int32_t capacity, int32_t* status) {
  (void)image;
  (void)extension;
  (void)result;
  report(CAFFE_ERROR_UNSUPPORTED, "this codec only reads", message, capacity, status);
}

static void resize(const caffe_image* from, const caffe_image* to, int32_t interpolation, char* message,
                   int32_t capacity, int32_t* status) {
  (void)interpolation;
  (void)message;
  (void)capacity;
  const size_t pixel = (size_t)from->channels;
  for (int64_t y = 0; y < to->height; ++y) {
    const char* source = (const char*)from->pixels + y * from->height / to->height * from->step;
    char* target = (char*)to->pixels + y * to->step;
    for (int64_t x = 0; x < to->width; ++x) {
      memcpy(target + (size_t)x * pixel, source + (size_t)(x * from->width / to->width) * pixel, pixel);
    }
  }
  *status = CAFFE_OK;
}

caffe_status set_jpeg_codec(void) { return caffe_image_set_codec("libjpeg", decode, encode, resize); }
