// The version whose header names and constants these headers follow. Caffe chooses what to include by it.
#ifndef CAFFESHARP_OPENCV2_CORE_VERSION_HPP_
#define CAFFESHARP_OPENCV2_CORE_VERSION_HPP_

#define CV_MAJOR_VERSION 4

#endif  // CAFFESHARP_OPENCV2_CORE_VERSION_HPP_
