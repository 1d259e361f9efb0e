#ifndef CAFFESHARP_IMAGE_H_
#define CAFFESHARP_IMAGE_H_

#include "caffesharp/error.h"
#include "caffesharp/export.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Images for the ImageData and WindowData layers, and for Datums that contain encoded images. Caffe uses OpenCV to
 * decode and resize them. This library uses a codec that the caller sets, for example one that calls the OpenCV that
 * the caller has already loaded. */

/* An image in memory, row by row. The channels of a pixel are interleaved; colours are in BGR order. */
typedef struct caffe_image {
  void* pixels;
  /* Bytes from one row to the next. */
  int64_t step;
  int32_t height;
  int32_t width;
  int32_t channels;
  /* The type of a channel, as OpenCV's depth number: 0 is unsigned 8-bit, 2 unsigned 16-bit, 5 float. */
  int32_t depth;
} caffe_image;

/* Receives the image that a callback creates. It is valid until the callback returns. */
typedef struct caffe_image_result caffe_image_result;

/* The callbacks run on any thread that reads images, including Caffe's threads, and on several threads at once. They
 * must not throw. Each callback sets *status to CAFFE_OK or to an error. With an error it also writes a reason of at
 * most capacity bytes, including the terminating zero, to message. The only function of this library that a callback
 * may call is caffe_image_allocate. */

/* Decodes the bytes of an image file. flags are OpenCV's: 1 colour (three channels), 0 gray (one), -1 unchanged. */
typedef void (*caffe_image_decode_callback)(const char* bytes, int64_t length, int32_t flags,
                                            caffe_image_result* result, char* message, int32_t capacity,
                                            int32_t* status);
/* Encodes an image in the format of a file extension (".png"). The encoded bytes are the result's pixels: one row of
 * one unsigned 8-bit channel. */
typedef void (*caffe_image_encode_callback)(const caffe_image* image, const char* extension, caffe_image_result* result,
                                            char* message, int32_t capacity, int32_t* status);
/* Resizes the image "from" to the size of the image "to" and writes the pixels of "to". interpolation is OpenCV's: 0
 * nearest, 1 linear. */
typedef void (*caffe_image_resize_callback)(const caffe_image* from, const caffe_image* to, int32_t interpolation,
                                            char* message, int32_t capacity, int32_t* status);

/* Sets the codec. Call it once, before any other function of this library. Without a codec, reading an image returns
 * CAFFE_ERROR_UNSUPPORTED. name is copied; caffe_build_info reports it. A library that was built with OpenCV
 * (CAFFESHARP_OPENCV) ignores the codec and uses OpenCV. */
CAFFESHARP_EXPORT caffe_status caffe_image_set_codec(const char* name, caffe_image_decode_callback decode,
                                                     caffe_image_encode_callback encode,
                                                     caffe_image_resize_callback resize);

/* Allocates the result's pixels, filled with zeros, for the callback to write. */
CAFFESHARP_EXPORT caffe_status caffe_image_allocate(caffe_image_result* result, int32_t height, int32_t width,
                                                    int32_t channels, int32_t depth, caffe_image* image);

#ifdef __cplusplus
}
#endif

#endif /* CAFFESHARP_IMAGE_H_ */
