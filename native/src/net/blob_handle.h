// What a caffe_blob points at.
#ifndef CAFFESHARP_SRC_NET_BLOB_HANDLE_H_
#define CAFFESHARP_SRC_NET_BLOB_HANDLE_H_

#include <boost/shared_ptr.hpp>
#include <caffe/blob.hpp>
#include <memory>

#include "caffesharp/blob.h"
#include "net/net_state.h"

struct caffe_blob {
  boost::shared_ptr<caffe::Blob<float>> blob;
  // Null if the blob belongs to no net.
  std::shared_ptr<caffesharp::NetState> owner;
};

#endif  // CAFFESHARP_SRC_NET_BLOB_HANDLE_H_
