/* A codec for images that the tests of this library and Caffe's own share: JPEG files by libjpeg, resized to the
 * nearest pixel. CaffeSharp brings OpenCV's. */
#ifndef CAFFESHARP_TESTS_JPEG_CODEC_H_
#define CAFFESHARP_TESTS_JPEG_CODEC_H_

#include "caffesharp/image.h"

#ifdef __cplusplus
extern "C" {
#endif

/* caffe_image_set_codec. */
caffe_status set_jpeg_codec(void);

#ifdef __cplusplus
}
#endif

#endif /* CAFFESHARP_TESTS_JPEG_CODEC_H_ */
