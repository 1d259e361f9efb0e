// What Caffe's own unit tests use of OpenCV and Caffe does not. Included before the first line of each.
#ifndef CAFFESHARP_CAFFE_UNIT_TESTS_RANDOM_PIXELS_H_
#define CAFFESHARP_CAFFE_UNIT_TESTS_RANDOM_PIXELS_H_

#include <opencv2/core/core.hpp>
#include <random>

namespace cv {

struct Scalar {
  static Scalar all(double value) { return Scalar{value}; }
  double value;
};

// Fills an image of 8-bit channels with values from low to below high.
inline void randu(Mat& image, const Scalar& low, const Scalar& high) {
  static std::minstd_rand generator(1701);
  std::uniform_int_distribution<int> value(static_cast<int>(low.value), static_cast<int>(high.value) - 1);
  for (int row = 0; row < image.rows; ++row) {
    uchar* const pixels = image.ptr<uchar>(row);
    for (int i = 0; i < image.cols * image.channels(); ++i) pixels[i] = static_cast<uchar>(value(generator));
  }
}

}  // namespace cv

#endif  // CAFFESHARP_CAFFE_UNIT_TESTS_RANDOM_PIXELS_H_
