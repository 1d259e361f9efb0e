#include "caffesharp/image.h"

#include <string>

#include "core/error.h"
#include "data/images/image_codec.h"

using caffesharp::Error;
using caffesharp::Guard;
using caffesharp::RequireNotNull;

caffe_status caffe_image_set_codec(const char* name, caffe_image_decode_callback decode,
                                   caffe_image_encode_callback encode, caffe_image_resize_callback resize) {
  return Guard([&] {
    RequireNotNull(name, "name");
    if (decode == nullptr || encode == nullptr || resize == nullptr) {
      throw Error(CAFFE_ERROR_ARGUMENT, "a callback is null; a codec requires all three");
    }
    caffesharp::SetImageCodec(caffesharp::ImageCodec{name, decode, encode, resize});
  });
}

caffe_status caffe_image_allocate(caffe_image_result* result, int32_t height, int32_t width, int32_t channels,
                                  int32_t depth, caffe_image* image) {
  return Guard([&] {
    RequireNotNull(result, "result");
    RequireNotNull(image, "image");
    if (height < 1 || width < 1 || channels < 1 || channels > CV_CN_MAX || depth < CV_8U || depth > CV_64F) {
      throw Error(CAFFE_ERROR_ARGUMENT, "no image has " + std::to_string(width) + " x " + std::to_string(height) +
                                            " pixels of " + std::to_string(channels) + " channels of type " +
                                            std::to_string(depth));
    }
    result->image->create(height, width, CV_MAKETYPE(depth, channels));
    *image = caffesharp::Describe(*result->image);
  });
}
