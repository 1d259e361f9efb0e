// Gives Caffe's own unit tests a codec for images before the first of them runs.
#include "jpeg_codec.h"

namespace {
[[maybe_unused]] const caffe_status kCodecIsSet = set_jpeg_codec();
}  // namespace
