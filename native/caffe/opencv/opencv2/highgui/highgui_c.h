// Where Caffe as BVLC left it, before OpenCV 4, finds the constants.
#ifndef CAFFESHARP_OPENCV2_HIGHGUI_HIGHGUI_C_H_
#define CAFFESHARP_OPENCV2_HIGHGUI_HIGHGUI_C_H_

#include "opencv2/imgcodecs/legacy/constants_c.h"

#endif  // CAFFESHARP_OPENCV2_HIGHGUI_HIGHGUI_C_H_
