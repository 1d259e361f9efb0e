#include <algorithm>
#include <opencv2/core/core.hpp>

#include "core/error.h"

namespace cv {
namespace {

std::string Describe(const Mat& image) { return std::to_string(image.cols) + " x " + std::to_string(image.rows); }

}  // namespace

Mat::Mat(int rows_, int cols_, int type) { create(rows_, cols_, type); }

Mat Mat::operator()(const Rect& part) const {
  const bool inside = part.x >= 0 && part.y >= 0 && part.width > 0 && part.height > 0 && part.x <= cols - part.width &&
                      part.y <= rows - part.height;
  if (!inside) {
    throw caffesharp::Error(CAFFE_ERROR_FORMAT, "the part of " + std::to_string(part.width) + " x " +
                                                    std::to_string(part.height) + " pixels at x " +
                                                    std::to_string(part.x) + ", y " + std::to_string(part.y) +
                                                    " does not lie in the image of " + Describe(*this));
  }
  Mat result(*this);
  result.rows = part.height;
  result.cols = part.width;
  result.data = data + static_cast<std::size_t>(part.y) * step + static_cast<std::size_t>(part.x) * elemSize();
  return result;
}

void Mat::create(int rows_, int cols_, int type) {
  if (data != nullptr && rows == rows_ && cols == cols_ && type_ == type) return;
  if (rows_ < 1 || cols_ < 1) {
    throw caffesharp::Error(CAFFE_ERROR_FORMAT,
                            "an image of " + std::to_string(cols_) + " x " + std::to_string(rows_) + " pixels is none");
  }
  Mat made;
  made.type_ = type;
  made.rows = rows_;
  made.cols = cols_;
  made.step = static_cast<std::size_t>(cols_) * made.elemSize();
  made.pixels_ = std::make_shared<std::vector<uchar>>(static_cast<std::size_t>(rows_) * made.step);
  made.data = made.pixels_->data();
  *this = std::move(made);
}

std::size_t Mat::elemSize() const {
  static const std::size_t kBytesOfDepth[] = {1, 1, 2, 2, 4, 4, 8, 2};
  return kBytesOfDepth[depth()] * static_cast<std::size_t>(channels());
}

void flip(const Mat& from, Mat& to, int code) {
  if (from.empty()) throw caffesharp::Error(CAFFE_ERROR_FORMAT, "an empty image cannot be mirrored");
  Mat mirrored(from.rows, from.cols, from.type());
  const std::size_t pixel = from.elemSize();
  for (int row = 0; row < from.rows; ++row) {
    const uchar* source = from.ptr<uchar>(row);
    uchar* const target = mirrored.ptr<uchar>(code > 0 ? row : from.rows - 1 - row);
    for (int column = 0; column < from.cols; ++column, source += pixel) {
      const int mirrored_column = code == 0 ? column : from.cols - 1 - column;
      std::copy_n(source, pixel, target + static_cast<std::size_t>(mirrored_column) * pixel);
    }
  }
  to = std::move(mirrored);
}

}  // namespace cv
