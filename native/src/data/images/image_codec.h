// The caller's codec for images, called with OpenCV's Mat.
#ifndef CAFFESHARP_SRC_DATA_IMAGES_IMAGE_CODEC_H_
#define CAFFESHARP_SRC_DATA_IMAGES_IMAGE_CODEC_H_

#include <cstddef>
#include <opencv2/core/core.hpp>
#include <string>

#include "caffesharp/image.h"

namespace caffesharp {

class ImageCodec {
 public:
  // Each throws what the callback fails with. *image is what was decoded.
  void Decode(const char* bytes, std::size_t length, int flags, cv::Mat* image) const;
  // *row is the bytes, as one row of pixels.
  void Encode(const cv::Mat& image, const std::string& extension, cv::Mat* row) const;
  // *to has the size that is required.
  void Resize(const cv::Mat& from, int interpolation, cv::Mat* to) const;

  std::string name;
  caffe_image_decode_callback decode = nullptr;
  caffe_image_encode_callback encode = nullptr;
  caffe_image_resize_callback resize = nullptr;
};

// What a callback sees of the image, whose pixels stay where they are.
caffe_image Describe(const cv::Mat& image);

// Throws CAFFE_ERROR_ARGUMENT if one is set already.
void SetImageCodec(ImageCodec codec);

// Throws CAFFE_ERROR_UNSUPPORTED if none is set.
const ImageCodec& RequireImageCodec();

// Empty if none is set.
const char* ImageCodecName();

}  // namespace caffesharp

struct caffe_image_result {
  cv::Mat* image;
};

#endif  // CAFFESHARP_SRC_DATA_IMAGES_IMAGE_CODEC_H_
