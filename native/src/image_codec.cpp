#include "image_codec.h"

#include "callback_failure.h"
#include "error.h"

namespace caffesharp {
namespace {

ImageCodec& Codec() {
  // Never destroyed: threads of Caffe's own may outlive the statics.
  static ImageCodec* const codec = new ImageCodec;
  return *codec;
}

caffe_image Describe(const cv::Mat& image) {
  return caffe_image{image.data,       static_cast<std::int64_t>(static_cast<std::size_t>(image.step)),
                     image.rows,       image.cols,
                     image.channels(), image.depth()};
}

void RequirePixels(const cv::Mat& image) {
  if (image.empty()) throw Error(CAFFE_ERROR_INTERNAL, "the picture codec gave no pixels");
}

}  // namespace

void ImageCodec::Decode(const char* bytes, std::size_t length, int flags, cv::Mat* image) const {
  caffe_image_result result{image};
  CallbackFailure failure;
  decode(bytes, static_cast<std::int64_t>(length), flags, &result, failure.message(), CallbackFailure::capacity(),
         failure.status());
  failure.ThrowIfFailed();
  RequirePixels(*image);
}

void ImageCodec::Encode(const cv::Mat& image, const std::string& extension, cv::Mat* row) const {
  const caffe_image source = Describe(image);
  caffe_image_result result{row};
  CallbackFailure failure;
  encode(&source, extension.c_str(), &result, failure.message(), CallbackFailure::capacity(), failure.status());
  failure.ThrowIfFailed();
  RequirePixels(*row);
  if (row->rows != 1 || row->type() != CV_8UC1) {
    throw Error(CAFFE_ERROR_INTERNAL, "the picture codec gave a picture where it should have given bytes");
  }
}

void ImageCodec::Resize(const cv::Mat& from, int interpolation, cv::Mat* to) const {
  const caffe_image source = Describe(from);
  const caffe_image target = Describe(*to);
  CallbackFailure failure;
  resize(&source, &target, interpolation, failure.message(), CallbackFailure::capacity(), failure.status());
  failure.ThrowIfFailed();
}

const ImageCodec& RequireImageCodec() {
  if (Codec().decode == nullptr) {
    throw Error(CAFFE_ERROR_UNSUPPORTED,
                "pictures want a codec, and none is set (caffe_image_set_codec; CaffeSharp sets OpenCvSharp's)");
  }
  return Codec();
}

const char* ImageCodecName() { return Codec().name.c_str(); }

}  // namespace caffesharp

using caffesharp::Error;
using caffesharp::Guard;
using caffesharp::RequireNotNull;

caffe_status caffe_image_set_codec(const char* name, caffe_image_decode_callback decode,
                                   caffe_image_encode_callback encode, caffe_image_resize_callback resize) {
  return Guard([&] {
    RequireNotNull(name, "name");
    if (decode == nullptr || encode == nullptr || resize == nullptr) {
      throw Error(CAFFE_ERROR_ARGUMENT, "a callback is null; a codec wants all three");
    }
    caffesharp::ImageCodec& codec = caffesharp::Codec();
    if (codec.decode != nullptr) {
      throw Error(CAFFE_ERROR_ARGUMENT, "the codec '" + codec.name + "' is set already, and layers may be using it");
    }
    codec.name = name;
    codec.decode = decode;
    codec.encode = encode;
    codec.resize = resize;
  });
}

caffe_status caffe_image_allocate(caffe_image_result* result, int32_t height, int32_t width, int32_t channels,
                                  int32_t depth, caffe_image* image) {
  return Guard([&] {
    RequireNotNull(result, "result");
    RequireNotNull(image, "image");
    if (height < 1 || width < 1 || channels < 1 || channels > CV_CN_MAX || depth < CV_8U || depth > CV_64F) {
      throw Error(CAFFE_ERROR_ARGUMENT, "no picture has " + std::to_string(width) + " x " + std::to_string(height) +
                                            " pixels of " + std::to_string(channels) + " channels of type " +
                                            std::to_string(depth));
    }
    result->image->create(height, width, CV_MAKETYPE(depth, channels));
    *image = caffesharp::Describe(*result->image);
  });
}
