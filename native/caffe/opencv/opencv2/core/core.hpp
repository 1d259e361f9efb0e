// What Caffe's source finds when it includes OpenCV's headers: that part of OpenCV's interface which Caffe uses, and no
// more. Decoding, encoding and resizing are those of the codec that caffesharp/image.h takes. A fork of Caffe that uses
// more of OpenCV is built with OpenCV itself (CAFFESHARP_OPENCV).
#ifndef CAFFESHARP_OPENCV2_CORE_CORE_HPP_
#define CAFFESHARP_OPENCV2_CORE_CORE_HPP_

#include <array>
#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "opencv2/core/version.hpp"

using uchar = unsigned char;

// Types of a channel, and what it takes to count channels in a type of pixels.
enum { CV_8U = 0, CV_8S = 1, CV_16U = 2, CV_16S = 3, CV_32S = 4, CV_32F = 5, CV_64F = 6 };
enum { CV_DEPTH_MASK = 7, CV_CN_SHIFT = 3, CV_CN_MAX = 512 };
constexpr int CV_MAKETYPE(int depth, int channels) { return depth + ((channels - 1) << CV_CN_SHIFT); }
enum { CV_8UC1 = CV_MAKETYPE(CV_8U, 1), CV_8UC3 = CV_MAKETYPE(CV_8U, 3), CV_8UC4 = CV_MAKETYPE(CV_8U, 4) };

namespace cv {

using Vec3b = std::array<uchar, 3>;

struct Size {
  Size() = default;
  Size(int width_, int height_) : width(width_), height(height_) {}
  int width = 0;
  int height = 0;
};

struct Rect {
  Rect(int x_, int y_, int width_, int height_) : x(x_), y(y_), width(width_), height(height_) {}
  int x;
  int y;
  int width;
  int height;
};

// An image, or a part of one. Copies share the pixels, which live as long as any of them.
class Mat {
 public:
  Mat() = default;
  // Pixels of zero.
  Mat(int rows_, int cols_, int type);
  // The part of this image inside the rectangle, which must lie within it.
  Mat operator()(const Rect& part) const;

  // Makes pixels of zero, unless there are pixels of this size and type already.
  void create(int rows_, int cols_, int type);

  bool empty() const { return data == nullptr; }
  int type() const { return type_; }
  int depth() const { return type_ & CV_DEPTH_MASK; }
  int channels() const { return (type_ >> CV_CN_SHIFT) + 1; }
  // Bytes of a pixel.
  std::size_t elemSize() const;

  template <typename T>
  T* ptr(int row) {
    return reinterpret_cast<T*>(data + static_cast<std::size_t>(row) * step);
  }
  template <typename T>
  const T* ptr(int row) const {
    return reinterpret_cast<const T*>(data + static_cast<std::size_t>(row) * step);
  }
  template <typename T>
  T& at(int row, int column) {
    return ptr<T>(row)[column];
  }

  int rows = 0;
  int cols = 0;
  uchar* data = nullptr;
  // Bytes from one row to the next.
  std::size_t step = 0;

 private:
  int type_ = CV_8UC1;
  std::shared_ptr<std::vector<uchar>> pixels_;
};

// Mirrors: left and right change places where code is above 0, top and bottom where it is 0, all where it is below.
void flip(const Mat& from, Mat& to, int code);

}  // namespace cv

#endif  // CAFFESHARP_OPENCV2_CORE_CORE_HPP_
