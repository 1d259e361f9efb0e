#include "small_nets.h"

namespace caffesharp::fuzz {

const char* const kSmallNet =
    "layer { name: 'data' type: 'Input' top: 'data' input_param { shape { dim: 1 dim: 2 dim: 5 dim: 5 } } }\n"
    "layer { name: 'conv' type: 'Convolution' bottom: 'data' top: 'conv'\n"
    "        convolution_param { num_output: 2 kernel_size: 3 } }\n"
    "layer { name: 'norm' type: 'BatchNorm' bottom: 'conv' top: 'norm' }\n"
    "layer { name: 'slope' type: 'PReLU' bottom: 'norm' top: 'slope' }\n"
    "layer { name: 'fc' type: 'InnerProduct' bottom: 'slope' top: 'fc' inner_product_param { num_output: 2 } }\n";

const char* const kSmallSolver =
    "type: 'Adam' base_lr: 0.01 lr_policy: 'fixed' momentum: 0.9 momentum2: 0.99 snapshot_prefix: 'small'\n"
    "train_net_param {\n"
    "  layer { name: 'data' type: 'DummyData' top: 'data' top: 'target' dummy_data_param {\n"
    "    shape { dim: 2 dim: 3 } shape { dim: 2 dim: 2 } data_filler { type: 'constant' value: 0.5 } } }\n"
    "  layer { name: 'fc' type: 'InnerProduct' bottom: 'data' top: 'fc' inner_product_param { num_output: 2 } }\n"
    "  layer { name: 'loss' type: 'EuclideanLoss' bottom: 'fc' bottom: 'target' top: 'loss' }\n"
    "}\n";

const char* const kHdf5DataNet =
    "layer { name: 'data' type: 'HDF5Data' top: 'data' top: 'label'\n"
    "        hdf5_data_param { source: 'list.txt' batch_size: 2 } }\n";

}  // namespace caffesharp::fuzz
