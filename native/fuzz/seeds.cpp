// Writes the first inputs of every target: nets of one layer of each type, solvers of each kind, and what the library
// itself saves of them. Usage: fuzz_seeds FOLDER, which gets a folder of each target's name.
#include <array>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "caffesharp/caffesharp.h"
#include "hdf5_seeds.h"
#include "small_nets.h"

namespace {

namespace fs = std::filesystem;
using namespace caffesharp::fuzz;

struct Layer {
  const char* type;
  // Shapes of the inputs, whose names are a, b, c, ...
  std::vector<const char*> inputs;
  // Everything else, tops among it.
  const char* rest;
};

const char* const kMap = "dim: 2 dim: 4 dim: 6 dim: 5";
const char* const kScores = "dim: 3 dim: 5";
const char* const kLabels = "dim: 3";

const std::vector<Layer>& Layers() {
  static const std::vector<Layer> layers = {
      {"AbsVal", {kMap}, "top: 'out'"},
      {"Accuracy", {kScores, kLabels}, "top: 'out' top: 'each' accuracy_param { top_k: 2 axis: 1 ignore_label: 1 }"},
      {"ArgMax", {kScores}, "top: 'out' argmax_param { out_max_val: true top_k: 2 }"},
      {"ArgMax", {kMap}, "top: 'out' argmax_param { axis: 1 top_k: 2 }"},
      {"BNLL", {kMap}, "top: 'out'"},
      {"BatchNorm", {kMap}, "top: 'out' batch_norm_param { use_global_stats: false eps: 0.1 }"},
      {"BatchReindex", {kMap, kLabels}, "top: 'out'"},
      {"Bias", {kMap}, "top: 'out' bias_param { axis: 1 num_axes: 1 filler { type: 'constant' value: 1 } }"},
      {"Bias", {kMap, "dim: 4 dim: 6"}, "top: 'out' bias_param { axis: 1 }"},
      {"Clip", {kMap}, "top: 'out' clip_param { min: -1 max: 1 }"},
      {"Concat", {kMap, kMap}, "top: 'out' concat_param { axis: 1 }"},
      {"Concat", {kMap, kMap}, "top: 'out' concat_param { concat_dim: 2 }"},
      {"ContrastiveLoss",
       {"dim: 3 dim: 4", "dim: 3 dim: 4", kLabels},
       "top: 'out' contrastive_loss_param { margin: 1 legacy_version: true }"},
      {"Convolution",
       {kMap},
       "top: 'out' convolution_param { num_output: 4 kernel_size: 3 stride: 2 pad: 1 dilation: 1 group: 2 "
       "weight_filler { type: 'xavier' variance_norm: AVERAGE } bias_filler { type: 'constant' value: 1 } }"},
      {"Convolution",
       {kMap},
       "top: 'out' convolution_param { num_output: 2 kernel_h: 3 kernel_w: 2 stride_h: 2 stride_w: 1 pad_h: 1 pad_w: 0 "
       "bias_term: false engine: CAFFE weight_filler { type: 'msra' } }"},
      {"Convolution",
       {"dim: 1 dim: 2 dim: 4 dim: 3 dim: 3"},
       "top: 'out' convolution_param { num_output: 2 kernel_size: 2 axis: 1 force_nd_im2col: true }"},
      {"Crop", {kMap, "dim: 2 dim: 4 dim: 3 dim: 2"}, "top: 'out' crop_param { axis: 2 offset: 1 offset: 2 }"},
      {"Deconvolution",
       {kMap},
       "top: 'out' convolution_param { num_output: 2 kernel_size: 3 stride: 2 pad: 1 group: 2 "
       "weight_filler { type: 'bilinear' } }"},
      {"Dropout", {kMap}, "top: 'out' dropout_param { dropout_ratio: 0.3 }"},
      {"DummyData",
       {},
       "top: 'out' top: 'b' dummy_data_param { shape { dim: 2 dim: 3 } shape { dim: 2 } "
       "data_filler { type: 'gaussian' mean: 1 std: 2 sparse: 1 } data_filler { type: 'uniform' min: 0 max: 2 } }"},
      {"DummyData", {}, "top: 'out' dummy_data_param { num: 2 channels: 3 height: 4 width: 5 }"},
      {"ELU", {kMap}, "top: 'out' elu_param { alpha: 1 }"},
      {"Eltwise", {kMap, kMap}, "top: 'out' eltwise_param { operation: SUM coeff: 1 coeff: -2 }"},
      {"Eltwise", {kMap, kMap}, "top: 'out' eltwise_param { operation: PROD stable_prod_grad: false }"},
      {"Eltwise", {kMap, kMap}, "top: 'out' eltwise_param { operation: MAX }"},
      {"Embed", {kLabels}, "top: 'out' embed_param { num_output: 3 input_dim: 6 bias_term: true }"},
      {"EuclideanLoss", {kScores, kScores}, "top: 'out' loss_weight: 2"},
      {"Exp", {kMap}, "top: 'out' exp_param { base: 2 scale: 0.5 shift: 1 }"},
      {"Filter", {kMap, "dim: 2"}, "top: 'out'"},
      {"Flatten", {kMap}, "top: 'out' flatten_param { axis: 1 end_axis: 2 }"},
      {"HDF5Output", {kMap, "dim: 2"}, "hdf5_output_param { file_name: 'out.h5' }"},
      {"HingeLoss", {kScores, kLabels}, "top: 'out' hinge_loss_param { norm: L2 }"},
      {"Im2col", {kMap}, "top: 'out' convolution_param { kernel_size: 2 stride: 2 pad: 1 dilation: 2 }"},
      {"InfogainLoss",
       {kScores, kLabels, "dim: 1 dim: 1 dim: 5 dim: 5"},
       "top: 'out' top: 'prob' infogain_loss_param { axis: 1 } loss_param { normalization: FULL }"},
      {"InnerProduct", {kMap}, "top: 'out' inner_product_param { num_output: 3 axis: 1 transpose: true }"},
      {"LRN", {kMap}, "top: 'out' lrn_param { local_size: 3 alpha: 1 beta: 0.75 k: 2 }"},
      {"LRN", {kMap}, "top: 'out' lrn_param { local_size: 3 norm_region: WITHIN_CHANNEL }"},
      {"LSTM",
       {"dim: 3 dim: 2 dim: 4", "dim: 3 dim: 2"},
       "top: 'out' recurrent_param { num_output: 2 weight_filler { type: 'uniform' } }"},
      {"LSTM",
       {"dim: 2 dim: 2 dim: 4", "dim: 2 dim: 2", "dim: 1 dim: 2 dim: 2", "dim: 1 dim: 2 dim: 2"},
       "top: 'out' top: 'h' top: 'c' recurrent_param { num_output: 2 expose_hidden: true debug_info: true }"},
      {"LSTMUnit", {"dim: 1 dim: 2 dim: 3", "dim: 1 dim: 2 dim: 12", "dim: 1 dim: 2"}, "top: 'out' top: 'h'"},
      {"Log", {kMap}, "top: 'out' log_param { base: 2 scale: 1 shift: 3 }"},
      {"MVN", {kMap}, "top: 'out' mvn_param { normalize_variance: true across_channels: true eps: 0.1 }"},
      {"MemoryData", {}, "top: 'out' top: 'b' memory_data_param { batch_size: 2 channels: 1 height: 2 width: 2 }"},
      {"MultinomialLogisticLoss", {kScores, kLabels}, "top: 'out'"},
      {"PReLU", {kMap}, "top: 'out' prelu_param { channel_shared: false filler { type: 'constant' value: 0.3 } }"},
      {"Parameter", {}, "top: 'out' parameter_param { shape { dim: 2 dim: 3 } }"},
      {"Pooling", {kMap}, "top: 'out' top: 'mask' pooling_param { pool: MAX kernel_size: 2 stride: 2 pad: 1 }"},
      {"Pooling",
       {kMap},
       "top: 'out' pooling_param { pool: AVE kernel_h: 3 kernel_w: 2 stride_h: 2 stride_w: 1 pad_h: 1 pad_w: 0 "
       "round_mode: FLOOR engine: CAFFE }"},
      {"Pooling", {kMap}, "top: 'out' pooling_param { pool: MAX global_pooling: true }"},
      {"Power", {kMap}, "top: 'out' power_param { power: 2 scale: 0.5 shift: 1 }"},
      {"RNN",
       {"dim: 3 dim: 2 dim: 4", "dim: 3 dim: 2", "dim: 2 dim: 3"},
       "top: 'out' recurrent_param { num_output: 2 bias_filler { type: 'constant' } }"},
      {"ReLU", {kMap}, "top: 'out' relu_param { negative_slope: 0.1 engine: CAFFE }"},
      {"Reduction", {kMap}, "top: 'out' reduction_param { operation: MEAN axis: 2 coeff: 0.5 }"},
      {"Reshape", {kMap}, "top: 'out' reshape_param { shape { dim: 0 dim: -1 dim: 5 } axis: 1 num_axes: 3 }"},
      {"Scale", {kMap}, "top: 'out' scale_param { axis: 1 num_axes: 2 bias_term: true filler { type: 'gaussian' } }"},
      {"Scale", {kMap, "dim: 4"}, "top: 'out' scale_param { axis: 1 bias_term: true }"},
      {"Sigmoid", {kMap}, "top: 'out' sigmoid_param { engine: CAFFE }"},
      {"SigmoidCrossEntropyLoss",
       {kScores, kScores},
       "top: 'out' top: 'each' loss_weight: 1 loss_weight: 0 loss_param { ignore_label: 1 normalize: false }"},
      {"Silence", {kMap}, ""},
      {"Slice", {kMap}, "top: 'out' top: 'b' top: 'c' slice_param { axis: 1 slice_point: 1 slice_point: 3 }"},
      {"Slice", {kMap}, "top: 'out' top: 'b' slice_param { slice_dim: 2 }"},
      {"Softmax", {kMap}, "top: 'out' softmax_param { axis: 1 }"},
      {"SoftmaxWithLoss",
       {kScores, kLabels},
       "top: 'out' top: 'prob' softmax_param { axis: 1 } loss_param { ignore_label: 4 normalization: VALID }"},
      {"Split", {kMap}, "top: 'out' top: 'b'"},
      {"SPP", {kMap}, "top: 'out' spp_param { pyramid_height: 2 pool: MAX }"},
      {"Swish", {kMap}, "top: 'out' swish_param { beta: 2 }"},
      {"TanH", {kMap}, "top: 'out'"},
      {"Threshold", {kMap}, "top: 'out' threshold_param { threshold: 0.5 }"},
      {"Tile", {kMap}, "top: 'out' tile_param { axis: 1 tiles: 3 }"},
  };
  return layers;
}

// Nets that are more than one layer: older syntaxes, rules, shared weights, weights in the text.
constexpr std::array<const char*, 6> kNets = {
    "name: 'old' input: 'data' input_dim: 1 input_dim: 2 input_dim: 5 input_dim: 5\n"
    "layers { name: 'conv' type: CONVOLUTION bottom: 'data' top: 'conv' blobs_lr: 1 blobs_lr: 2 weight_decay: 1\n"
    "         convolution_param { num_output: 2 kernel_size: 3 } }\n"
    "layers { name: 'pool' type: POOLING bottom: 'conv' top: 'pool' pooling_param { kernel_size: 2 stride: 2 } }\n",
    "name: 'oldest' input: 'data' input_dim: 1 input_dim: 2 input_dim: 5 input_dim: 5\n"
    "layers { layer { name: 'pad' type: 'padding' pad: 1 } bottom: 'data' top: 'pad' }\n"
    "layers { layer { name: 'conv' type: 'conv' num_output: 2 kernelsize: 3 stride: 1 biasterm: true\n"
    "         weight_filler { type: 'gaussian' std: 0.1 } } bottom: 'pad' top: 'conv' }\n"
    "layers { layer { name: 'fc' type: 'innerproduct' num_output: 2 } bottom: 'conv' top: 'fc' }\n",
    "input: 'data' input_shape { dim: 1 dim: 2 dim: 4 dim: 4 } state { level: 1 stage: 's' } force_backward: true\n"
    "layer { name: 'a' type: 'ReLU' bottom: 'data' top: 'a' include { phase: TEST min_level: 0 stage: 's' } }\n"
    "layer { name: 'b' type: 'TanH' bottom: 'data' top: 'a' exclude { phase: TEST not_stage: 't' } }\n"
    "layer { name: 'c' type: 'Power' bottom: 'a' top: 'c' propagate_down: false }\n",
    "layer { name: 'd' type: 'Input' top: 'd' input_param { shape { dim: 2 dim: 3 } } }\n"
    "layer { name: 'x' type: 'InnerProduct' bottom: 'd' top: 'x' param { name: 'w' lr_mult: 1 decay_mult: 0 }\n"
    "        param { name: 'b' share_mode: PERMISSIVE } inner_product_param { num_output: 3 } }\n"
    "layer { name: 'y' type: 'InnerProduct' bottom: 'x' top: 'y' param { name: 'w' share_mode: STRICT }\n"
    "        param { name: 'b' } inner_product_param { num_output: 3 } }\n",
    "layer { name: 'd' type: 'Input' top: 'd' input_param { shape { dim: 2 dim: 2 } } }\n"
    "layer { name: 'x' type: 'InnerProduct' bottom: 'd' top: 'd2' inner_product_param { num_output: 1 }\n"
    "        blobs { shape { dim: 1 dim: 2 } data: 1 data: 2 diff: 3 diff: 4 } blobs { num: 1 channels: 1 height: 1\n"
    "        width: 1 double_data: 3 } }\n",
    "layer { name: 'd' type: 'Input' top: 'd' input_param { shape { dim: 1 dim: 2 dim: 8 dim: 8 } } }\n"
    "layer { name: 'c' type: 'Convolution' bottom: 'd' top: 'c' convolution_param { num_output: 4 kernel_size: 3 } }\n"
    "layer { name: 'r' type: 'PReLU' bottom: 'c' top: 'c' }\n"
    "layer { name: 'p' type: 'Pooling' bottom: 'c' top: 'p' pooling_param { kernel_size: 3 stride: 2 } }\n"
    "layer { name: 'f' type: 'InnerProduct' bottom: 'p' top: 'f' inner_product_param { num_output: 3 } }\n"
    "layer { name: 'l' type: 'DummyData' top: 'l' dummy_data_param { shape { dim: 1 } } }\n"
    "layer { name: 's' type: 'SoftmaxWithLoss' bottom: 'f' bottom: 'l' top: 's' }\n"};

constexpr std::array<const char*, 9> kSolvers = {
    "type: 'SGD' base_lr: 0.1 lr_policy: 'step' gamma: 0.5 stepsize: 1 momentum: 0.9 weight_decay: 0.01",
    "type: 'Nesterov' base_lr: 0.1 lr_policy: 'multistep' gamma: 0.5 stepvalue: 1 stepvalue: 2 momentum: 0.9",
    "type: 'AdaGrad' base_lr: 0.1 lr_policy: 'exp' gamma: 0.9 delta: 0.1 regularization_type: 'L1' weight_decay: 0.1",
    "type: 'RMSProp' base_lr: 0.1 lr_policy: 'inv' gamma: 0.1 power: 0.5 rms_decay: 0.9 clip_gradients: 1",
    "type: 'AdaDelta' base_lr: 0.1 lr_policy: 'poly' power: 1 max_iter: 10 momentum: 0.9 delta: 0.1",
    "type: 'Adam' base_lr: 0.1 lr_policy: 'sigmoid' gamma: 0.1 stepsize: 5 momentum: 0.9 momentum2: 0.99",
    "solver_type: ADAM base_lr: 0.1 lr_policy: 'fixed' iter_size: 2 average_loss: 3 random_seed: 5 debug_info: true",
    "base_lr: 0.1 lr_policy: 'fixed' test_iter: 1 test_interval: 2 test_state { stage: 's' level: 1 } display: 1",
    "base_lr: 0.1 lr_policy: 'fixed' snapshot: 1 snapshot_prefix: 'x' snapshot_format: HDF5 snapshot_diff: true"};

[[noreturn]] void Fail(const std::string& what) {
  std::fprintf(stderr, "fuzz_seeds: %s\n", what.c_str());
  std::exit(1);
}

void Must(caffe_status status) {
  if (status == CAFFE_OK) return;
  caffe_error error;
  caffe_error_last(&error);
  Fail(error.message);
}

void Write(const fs::path& path, const std::string& bytes) {
  fs::create_directories(path.parent_path());
  std::ofstream file(path, std::ios::binary);
  file << bytes;
  if (!file.flush()) Fail("cannot write " + path.string());
}

std::string NetOf(const Layer& layer) {
  std::string text;
  std::string bottoms;
  for (std::size_t i = 0; i < layer.inputs.size(); ++i) {
    const std::string name(1, static_cast<char>('a' + i));
    text += "layer { name: 'in" + name + "' type: 'Input' top: '" + name + "' input_param { shape { " +
            layer.inputs[i] + " } } }\n";
    bottoms += " bottom: '" + name + "'";
  }
  return text + "layer { name: 'layer' type: '" + layer.type + "'" + bottoms + " " + layer.rest + " }\n";
}

std::string BytesOf(const caffe_message* message) {
  const void* bytes = nullptr;
  std::int64_t length = 0;
  Must(caffe_message_bytes(const_cast<caffe_message*>(message), &bytes, &length));
  return std::string(static_cast<const char*>(bytes), static_cast<std::size_t>(length));
}

std::string Serialized(const char* type, const std::string& text) {
  caffe_message* message = nullptr;
  Must(caffe_message_parse_text(type, text.data(), static_cast<std::int64_t>(text.size()), nullptr, &message));
  std::string bytes = BytesOf(message);
  Must(caffe_message_destroy(message));
  return bytes;
}

caffe_net* MakeNet(const std::string& text) {
  caffe_net* net = nullptr;
  Must(caffe_net_create_from_text(text.data(), static_cast<std::int64_t>(text.size()), nullptr, nullptr, &net));
  return net;
}

void Forward(caffe_net* net) {
  std::int32_t layers = 0;
  Must(caffe_net_layer_count(net, &layers));
  Must(caffe_net_forward(net, 0, layers - 1, nullptr));
}

void WriteNets(const fs::path& folder) {
  std::vector<std::string> texts(kNets.begin(), kNets.end());
  for (const Layer& layer : Layers()) texts.push_back(NetOf(layer));
  for (std::size_t i = 0; i < texts.size(); ++i) {
    // The length's last bits choose the phase and the engine.
    for (int blanks = 0; blanks < 4; ++blanks) {
      const std::string name = std::to_string(i) + "-" + std::to_string(blanks);
      Write(folder / "net_text" / name, texts[i] + std::string(static_cast<std::size_t>(blanks), ' '));
    }
    Write(folder / "net_message" / std::to_string(i), Serialized("NetParameter", texts[i]));
  }
}

void WriteSolvers(const fs::path& folder) {
  for (std::size_t i = 0; i < kSolvers.size(); ++i) {
    Write(folder / "solver_text" / std::to_string(i), std::string(kSolvers[i]) + "\nnet_param {\n" + kNets[5] + "}\n");
  }
  Write(folder / "solver_text" / "small", kSmallSolver);
}

void WriteWeights(const fs::path& folder) {
  fs::create_directories(folder / "caffemodel");
  fs::create_directories(folder / "hdf5");
  caffe_net* net = MakeNet(kSmallNet);
  Must(caffe_net_save(net, (folder / "caffemodel" / "plain").c_str(), 0));
  Must(caffe_net_save(net, (folder / "caffemodel" / "diffs").c_str(), 1));
  Must(caffe_net_save_hdf5(net, (folder / "hdf5" / "weights").c_str(), 0));
  Must(caffe_net_destroy(net));
  Write(folder / "caffemodel" / "old",
        Serialized("NetParameter",
                   "layers { name: 'fc' type: INNER_PRODUCT blobs { num: 1 channels: 1 height: 2 width: 18 } "
                   "blobs { num: 1 channels: 1 height: 1 width: 2 double_data: 1 double_data: 2 } }"));
  Write(folder / "caffemodel" / "shapes",
        Serialized("NetParameter",
                   "layer { name: 'slope' type: 'PReLU' blobs { shape { dim: 2 } data: 1 data: 2 diff: 1 diff: 2 } }"));
}

void WriteStates(const fs::path& folder) {
  for (const char* format : {"BINARYPROTO", "HDF5"}) {
    caffe_message* message = nullptr;
    caffe_solver* solver = nullptr;
    const char* weights = nullptr;
    const char* state = nullptr;
    const std::string text = std::string(kSmallSolver) + "snapshot_format: " + format;
    Must(caffe_message_parse_text("SolverParameter", text.data(), static_cast<std::int64_t>(text.size()), nullptr,
                                  &message));
    Must(caffe_solver_create(message, (folder / "weights" / "solver.prototxt").c_str(), CAFFE_MODE_CPU, 0, &solver));
    fs::create_directories(folder / "weights");
    fs::create_directories(folder / "solverstate");
    Must(caffe_solver_snapshot(solver, &weights, &state));
    fs::rename(state, folder / "solverstate" / format);
    Must(caffe_solver_destroy(solver));
    Must(caffe_message_destroy(message));
  }
}

void WriteRecords(const fs::path& folder) {
  const std::string file = (folder / "hdf5" / "records").string();
  caffe_net* net = MakeNet(
      "layer { name: 'd' type: 'DummyData' top: 'data' top: 'label'\n"
      "        dummy_data_param { shape { dim: 3 dim: 2 } shape { dim: 3 } } }\n"
      "layer { name: 'o' type: 'HDF5Output' bottom: 'data' bottom: 'label' hdf5_output_param { file_name: '" +
      file + "' } }\n");
  Forward(net);
  Must(caffe_net_destroy(net));

  // 8 x 8 pixels of one gray, without a code longer than a bit.
  std::string jpeg("\xff\xd8\xff\xdb\0C\0", 7);
  jpeg += std::string(64, '\1');
  jpeg += std::string("\xff\xc0\0\v\b\0\b\0\b\1\1\x11\0", 13);
  jpeg += std::string("\xff\xc4\0\x14\0\1", 6) + std::string(16, '\0');
  jpeg += std::string("\xff\xc4\0\x14\x10\1", 6) + std::string(16, '\0');
  jpeg += std::string("\xff\xda\0\b\1\1\0\0?\0\0\xff\xd9", 13);
  std::string escaped;
  for (const char byte : jpeg) {
    char code[8];
    std::snprintf(code, sizeof(code), "\\%03o", static_cast<unsigned char>(byte));
    escaped += code;
  }
  const std::array<std::string, 4> records = {
      "channels: 1 height: 3 width: 2 data: 'abcdef' label: 2",
      "channels: 3 height: 2 width: 2 float_data: 1 float_data: 2 float_data: 3 float_data: 4 float_data: 5 "
      "float_data: 6 float_data: 7 float_data: 8 float_data: 9 float_data: 10 float_data: 11 float_data: 12",
      "channels: 3 height: 4 width: 4 label: 1 data: '" + std::string(48, 'x') + "'",
      "encoded: true label: 1 data: '" + escaped + "'"};
  for (std::size_t i = 0; i < records.size(); ++i) {
    for (char transform = 0; transform < 5; ++transform) {
      Write(folder / "datum" / (std::to_string(i) + "-" + std::to_string(transform)),
            std::string(1, transform) + Serialized("Datum", records[i]));
    }
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) Fail("requires one folder");
  const fs::path folder = fs::absolute(argv[1]);
  // First: the library lets HDF5 use no links to other files.
  WriteHdf5Files(folder / "hdf5");
  WriteNets(folder);
  WriteSolvers(folder);
  WriteWeights(folder);
  WriteStates(folder);
  WriteRecords(folder);
  return 0;
}
