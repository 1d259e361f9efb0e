// A net's parameters: copied from files and memory, shared between nets, saved.
#ifndef CAFFESHARP_SRC_NET_WEIGHTS_WEIGHTS_H_
#define CAFFESHARP_SRC_NET_WEIGHTS_WEIGHTS_H_

#include <string>

#include "net/net_state.h"

namespace caffesharp {

// Copies from a caffemodel of any age or an HDF5 file. Gives the number of layers that were given parameters. After a
// failure the net has its old ones.
int CopyWeightsFromFile(NetState& state, const std::string& path);
// As above, from a caffemodel in memory; name stands for the path in messages, empty for none.
int CopyWeightsFromBytes(NetState& state, const void* bytes, std::int64_t length, const std::string& name);
// As above, from layers in today's syntax, each with its parameters.
int CopyWeightsFromParameter(NetState& state, const caffe::NetParameter& weights, const std::string& name);

// target uses the parameters of source from now on.
void ShareWeights(NetState& target, NetState& source);

// The net and its parameters, with their diffs where write_diff is true. Throws CAFFE_ERROR_UNSUPPORTED if protobuf
// could not write it; path stands for it in the message.
caffe::NetParameter DescribeNet(NetState& state, bool write_diff, const std::string& path);
void SaveCaffemodel(NetState& state, const std::string& path, bool write_diff);
void SaveHdf5(NetState& state, const std::string& path, bool write_diff);

// What is wrong with the number of values, or of gradients, that a file holds for a blob of the same shape: Caffe finds
// out in the middle of the copy. Empty if nothing is.
std::string FaultOfValues(const caffe::BlobProto& blob, const caffe::Blob<float>& target);

}  // namespace caffesharp

#endif  // CAFFESHARP_SRC_NET_WEIGHTS_WEIGHTS_H_
