#ifndef CAFFESHARP_OPENCV2_IMGPROC_IMGPROC_HPP_
#define CAFFESHARP_OPENCV2_IMGPROC_IMGPROC_HPP_

#include "opencv2/core/core.hpp"

namespace cv {

enum InterpolationFlags { INTER_NEAREST = 0, INTER_LINEAR = 1, INTER_CUBIC = 2, INTER_AREA = 3 };

// The size must be given: Caffe leaves the factors, which could stand for it, at zero.
void resize(const Mat& from, Mat& to, Size size, double factor_x = 0, double factor_y = 0,
            int interpolation = INTER_LINEAR);

}  // namespace cv

#endif  // CAFFESHARP_OPENCV2_IMGPROC_IMGPROC_HPP_
