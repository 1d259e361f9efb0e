#include "data/images/image_codec.h"

#include <utility>

#include "core/callback_failure.h"
#include "core/error.h"

namespace caffesharp {
namespace {

ImageCodec& MutableCodec() {
  // Never destroyed: threads of Caffe's own may outlive the statics.
  static ImageCodec* const codec = new ImageCodec;
  return *codec;
}

void RequirePixels(const cv::Mat& image) {
  if (image.empty()) throw Error(CAFFE_ERROR_INTERNAL, "the image codec gave no pixels");
}

}  // namespace

caffe_image Describe(const cv::Mat& image) {
  return caffe_image{image.data,       static_cast<std::int64_t>(static_cast<std::size_t>(image.step)),
                     image.rows,       image.cols,
                     image.channels(), image.depth()};
}

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
    throw Error(CAFFE_ERROR_INTERNAL, "the image codec gave an image where it should have given bytes");
  }
}

void ImageCodec::Resize(const cv::Mat& from, int interpolation, cv::Mat* to) const {
  const caffe_image source = Describe(from);
  const caffe_image target = Describe(*to);
  CallbackFailure failure;
  resize(&source, &target, interpolation, failure.message(), CallbackFailure::capacity(), failure.status());
  failure.ThrowIfFailed();
}

void SetImageCodec(ImageCodec codec) {
  ImageCodec& current = MutableCodec();
  if (current.decode != nullptr) {
    throw Error(CAFFE_ERROR_ARGUMENT, "the codec '" + current.name + "' is set already, and layers may be using it");
  }
  current = std::move(codec);
}

const ImageCodec& RequireImageCodec() {
  if (MutableCodec().decode == nullptr) {
    throw Error(CAFFE_ERROR_UNSUPPORTED,
                "images want a codec, and none is set (caffe_image_set_codec; CaffeSharp sets OpenCvSharp's)");
  }
  return MutableCodec();
}

const char* ImageCodecName() { return MutableCodec().name.c_str(); }

}  // namespace caffesharp
