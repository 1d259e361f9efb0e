// A net's parameters in HDF5 files of Caffe's layout: /data/<layer>/<parameter>, /diff/<layer>/<parameter>. Only inside
// an Hdf5Session and a NetCall.
#ifndef CAFFESHARP_SRC_NET_WEIGHTS_HDF5_WEIGHTS_H_
#define CAFFESHARP_SRC_NET_WEIGHTS_HDF5_WEIGHTS_H_

#include <string>
#include <vector>

#include "net/net_state.h"

namespace caffesharp {

// Checks every shape, then copies; marks the layers that got parameters. After a failure the net has its old ones.
void CopyHdf5Weights(NetState& state, const std::string& path, std::vector<bool>* copied);

// Throws CAFFE_ERROR_UNSUPPORTED for layer names that cannot be names of groups.
void CheckHdf5Names(const NetState& state, const std::string& path);

// Writes to temporary_path; path is for messages.
void WriteHdf5Weights(const NetState& state, const std::string& path, const std::string& temporary_path,
                      bool write_diff);

}  // namespace caffesharp

#endif  // CAFFESHARP_SRC_NET_WEIGHTS_HDF5_WEIGHTS_H_
