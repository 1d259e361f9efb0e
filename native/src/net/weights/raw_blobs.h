// Values of caffemodels that NVCaffe has stored as bytes.
#ifndef CAFFESHARP_SRC_NET_WEIGHTS_RAW_BLOBS_H_
#define CAFFESHARP_SRC_NET_WEIGHTS_RAW_BLOBS_H_

#include <caffe/proto/caffe.pb.h>

#include <string>

namespace caffesharp {

// Turns raw values, double, float or half precision, into the values that Caffe reads. display names the file in
// errors. Throws CAFFE_ERROR_FORMAT if bytes have another type, or are not a whole number of values.
void ReadRawBlobs(const std::string& display, const std::string& path, caffe::NetParameter* weights);

}  // namespace caffesharp

#endif  // CAFFESHARP_SRC_NET_WEIGHTS_RAW_BLOBS_H_
