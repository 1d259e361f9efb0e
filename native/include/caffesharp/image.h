#ifndef CAFFESHARP_IMAGE_H_
#define CAFFESHARP_IMAGE_H_

#include "caffesharp/error.h"
#include "caffesharp/export.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Images for the layers ImageData and WindowData, and for Datums that hold encoded images. Caffe has OpenCV decode
 * and resize them; here the caller brings a codec, such as the OpenCV that it has loaded anyway. */

/* An image in memory, row after row. A pixel's channels lie together, blue first where they are colours. */
typedef struct caffe_image {
  void* pixels;
  /* Bytes from one row to the next. */
  int64_t step;
  int32_t height;
  int32_t width;
  int32_t channels;
  /* The type of a channel, by OpenCV's numbers: 0 is unsigned 8 bit, 2 unsigned 16 bit, 5 float. */
  int32_t depth;
} caffe_image;

/* Where a callback puts an image that it makes; valid until it returns. */
typedef struct caffe_image_result caffe_image_result;

/* The callbacks run on whatever thread reads images, several at once, many of them threads of Caffe's own. They must
 * not throw. Each sets *status to CAFFE_OK or to why it failed, and then writes a reason of at most capacity bytes, its
 * zero among them, to message. They must not call back into this library except by caffe_image_allocate. */

/* Decodes the bytes of an image's file. flags are OpenCV's: 1 colour (three channels), 0 gray (one), -1 as it is. */
typedef void (*caffe_image_decode_callback)(const char* bytes, int64_t length, int32_t flags,
                                            caffe_image_result* result, char* message, int32_t capacity,
                                            int32_t* status);
/* Encodes an image in the format of files whose names end in extension (".png"). The bytes are the result's pixels:
 * one row of one unsigned 8-bit channel. */
typedef void (*caffe_image_encode_callback)(const caffe_image* image, const char* extension, caffe_image_result* result,
                                            char* message, int32_t capacity, int32_t* status);
/* Resizes from to the size of to, whose pixels it fills. interpolation is OpenCV's: 0 nearest, 1 linear. */
typedef void (*caffe_image_resize_callback)(const caffe_image* from, const caffe_image* to, int32_t interpolation,
                                            char* message, int32_t capacity, int32_t* status);

/* Sets the codec, once, before anything else of this library is called. Without one an image is
 * CAFFE_ERROR_UNSUPPORTED. name is copied; caffe_build_info tells it. A library that was built with an OpenCV of its
 * own (CAFFESHARP_OPENCV) goes on using that. */
CAFFESHARP_EXPORT caffe_status caffe_image_set_codec(const char* name, caffe_image_decode_callback decode,
                                                     caffe_image_encode_callback encode,
                                                     caffe_image_resize_callback resize);

/* Makes the result's pixels, of zeros, for the callback to fill. */
CAFFESHARP_EXPORT caffe_status caffe_image_allocate(caffe_image_result* result, int32_t height, int32_t width,
                                                    int32_t channels, int32_t depth, caffe_image* image);

#ifdef __cplusplus
}
#endif

#endif /* CAFFESHARP_IMAGE_H_ */
