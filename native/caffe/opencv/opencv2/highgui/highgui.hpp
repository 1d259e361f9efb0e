#ifndef CAFFESHARP_OPENCV2_HIGHGUI_HIGHGUI_HPP_
#define CAFFESHARP_OPENCV2_HIGHGUI_HIGHGUI_HPP_

#include "opencv2/core/core.hpp"

namespace cv {

// Where OpenCV gives an empty image these throw caffesharp::Error, which names the file and the reason. flags are
// CV_LOAD_IMAGE_...
Mat imread(const std::string& path, int flags);
Mat imdecode(const std::vector<char>& bytes, int flags);
// The format is that of a file whose name ends in extension (".png"). Throws where OpenCV gives false.
bool imencode(const std::string& extension, const Mat& image, std::vector<uchar>& bytes);

}  // namespace cv

#endif  // CAFFESHARP_OPENCV2_HIGHGUI_HIGHGUI_HPP_
