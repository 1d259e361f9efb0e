// Nets of older Caffes, brought to today's form by Caffe's own code.
#ifndef CAFFESHARP_SRC_NET_UPGRADE_H_
#define CAFFESHARP_SRC_NET_UPGRADE_H_

#include <caffe/proto/caffe.pb.h>

#include <string>

namespace caffesharp {

// False if something had no counterpart; the log says what. Throws CAFFE_ERROR_FORMAT if Caffe would read shapes
// of inputs that do not exist; display stands for the net in messages, path goes into the error.
bool UpgradeNet(const std::string& display, const std::string& path, caffe::NetParameter* net);

}  // namespace caffesharp

#endif  // CAFFESHARP_SRC_NET_UPGRADE_H_
