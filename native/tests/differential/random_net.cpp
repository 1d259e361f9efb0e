#include "random_net.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

namespace caffesharp::tests {
namespace {

constexpr int kMostValues = 4000;

enum class Ties {
  kNone,
  // Zeros of rectified values.
  kZeros,
  // Values of overlapping windows.
  kNeighbours,
  // Values that were computed from equal ones: rounding may tell them apart.
  kRounded,
  // Those, and values that are 0 in one engine and of the smallest numbers in the other.
  kVanishing
};

struct Shape {
  int channels;
  int height;
  int width;
  // Of two axes alone.
  bool is_flat;
  // Whether another input size changes the channels: Caffe does not check whether parameters by channel still fit.
  bool has_free_channels = false;
  // The values that may be equal.
  Ties ties = Ties::kNone;

  int image() const { return channels * height * width; }
  bool operator==(const Shape& other) const {
    return channels == other.channels && height == other.height && width == other.width && is_flat == other.is_flat;
  }
};

struct Blob {
  std::string name;
  Shape shape;
  bool is_read = false;
};

std::string Number(int value) { return std::to_string(value); }

std::string Number(float value) {
  char text[32];
  std::snprintf(text, sizeof(text), "%.3f", static_cast<double>(value));
  return text;
}

class Builder {
 public:
  explicit Builder(Random* random) : random_(*random) {}

  RandomNet Build() {
    AddInput();
    const int layers = random_.Between(1, 14);
    for (int i = 0; i < layers; ++i) AddLayer();
    return net_;
  }

 private:
  int Any(std::initializer_list<int> values) {
    return *(values.begin() + random_.Between(0, static_cast<int>(values.size()) - 1));
  }

  void AddInput() {
    net_.channels = random_.Between(1, 6);
    net_.height = random_.Between(1, 14);
    net_.width = random_.OneIn(3) ? random_.Between(1, 40) : random_.Between(1, 14);
    const std::string shape = "shape { dim: " + Number(random_.Between(1, 3)) + " dim: " + Number(net_.channels) +
                              " dim: " + Number(net_.height) + " dim: " + Number(net_.width) + " }";
    net_.has_input = !random_.OneIn(8);
    net_.has_state = !net_.has_input;
    net_.prototxt = "force_backward: true\n";
    net_.prototxt += net_.has_input ? "layer { name: 'in' type: 'Input' top: 'data' input_param { " + shape + " } }\n"
                                    : "layer { name: 'in' type: 'DummyData' top: 'data' dummy_data_param { " + shape +
                                          " data_filler { type: 'gaussian' std: 1 } } }\n";
    blobs_.push_back({"data", {net_.channels, net_.height, net_.width, false}, true});
  }

  // Usually one of the last.
  Blob& Pick() {
    const int last = static_cast<int>(blobs_.size()) - 1;
    return blobs_[static_cast<std::size_t>(random_.OneIn(3) ? random_.Between(0, last)
                                                            : std::max(0, last - random_.Between(0, 1)))];
  }

  std::string Filler(int inputs) {
    return "weight_filler { type: 'gaussian' std: " +
           Number(0.9f / std::sqrt(static_cast<float>(std::max(inputs, 1)))) + " } ";
  }

  std::string Biases() {
    return random_.OneIn(3) ? "bias_term: false " : "bias_filler { type: 'uniform' min: -1 max: 1 } ";
  }

  // A layer of one bottom and one top; in place where it may be, now and then.
  void Add(const std::string& type, Blob& bottom, const Shape& shape, const std::string& parameters,
           bool may_be_in_place = false) {
    const std::string name = "b" + Number(count_++);
    const bool in_place = may_be_in_place && !bottom.is_read && bottom.shape == shape && random_.OneIn(2);
    const std::string top = in_place ? bottom.name : name;
    net_.prototxt += "layer { name: '" + name + "' type: '" + type + "' bottom: '" + bottom.name + "' top: '" + top +
                     "' " + parameters + " }\n";
    const Ties ties = TiesAfter(type, parameters, bottom.shape.ties);
    if (in_place) {
      bottom.shape.ties = ties;
      return;
    }
    bottom.is_read = true;
    blobs_.push_back({name, shape, false});
    blobs_.back().shape.ties = ties;
  }

  Ties TiesAfter(const std::string& type, const std::string& parameters, Ties before) {
    static const char* const copies[] = {"Dropout", "Flatten", "Reshape", "Permute", "Reverse", "ShuffleChannel"};
    for (const char* const copy : copies) {
      if (type == copy) return before;
    }
    // Their gradient jumps at 0.
    static const char* const bent[] = {"ReLU", "ReLU6", "PReLU", "ELU", "AbsVal"};
    for (const char* const one : bent) {
      if (type == one && before == Ties::kVanishing) NoteMaximum(before);
    }
    if (type == "Softmax") return Ties::kVanishing;
    if (type == "ReLU" || type == "ReLU6") return std::max(before, Ties::kZeros);
    if (type == "Pooling" && parameters.find("MAX") != std::string::npos) {
      NoteMaximum(before);
      return std::max(before, Ties::kNeighbours);
    }
    const bool sums = type == "Convolution" || type == "InnerProduct" || type == "Deconvolution";
    if (type == "Interp") return Ties::kRounded;
    if (before == Ties::kNone || (sums && before == Ties::kZeros)) return Ties::kNone;
    return sums ? Ties::kRounded : std::max(before, Ties::kRounded);
  }

  void NoteMaximum(Ties ties) { net_.has_rounded_ties = net_.has_rounded_ties || ties >= Ties::kRounded; }

  void AddLayer() {
    Blob& bottom = Pick();
    const Shape shape = bottom.shape;
    switch (random_.Between(0, shape.is_flat ? 13 : 37)) {
      case 0:
        return Add("ReLU", bottom, shape, random_.OneIn(2) ? "" : "relu_param { negative_slope: 0.2 }", true);
      case 1:
        KeepChannels(shape);
        return Add("PReLU", bottom, shape,
                   std::string("prelu_param { filler { type: 'uniform' min: 0 max: 1 } ") +
                       (random_.OneIn(3) ? "channel_shared: true }" : "}"),
                   true);
      case 2:
        return Add("ELU", bottom, shape, "elu_param { alpha: 0.7 }", true);
      case 3:
        return Add("Softmax", bottom, shape, "", true);
      case 4:
        return AddScale(bottom);
      case 5:
        return Add("Dropout", bottom, shape, "", true);
      case 6:
      case 7:
        return AddCombination(bottom);
      case 8:
        return AddConcat(bottom);
      case 9:
        return AddSlice(bottom);
      case 10:
      case 11:
        return AddInnerProduct(bottom);
      case 12:
        return AddCaffes(bottom);
      case 13:
        return AddNorm(bottom);
      case 14:
      case 15:
        return AddPooling(bottom);
      case 16:
        return Add("Flatten", bottom, {shape.image(), 1, 1, true, true}, "");
      case 17:
      case 18:
      case 19:
        return AddSpatialOfCaffe(bottom);
      case 20:
      case 21:
        return AddPooling(bottom);
      case 22:
      case 23:
        return AddCommunity(bottom);
      default:
        return AddConvolution(bottom);
    }
  }

  void KeepChannels(const Shape& shape) { net_.has_fixed_size = net_.has_fixed_size || shape.has_free_channels; }

  void AddScale(Blob& bottom) {
    KeepChannels(bottom.shape);
    Add("Scale", bottom, bottom.shape,
        std::string("scale_param { filler { type: 'uniform' min: -1.5 max: 1.5 } ") +
            (random_.OneIn(2) ? "bias_term: true bias_filler { type: 'uniform' min: -1 max: 1 } }" : "}"),
        true);
  }

  void AddNorm(Blob& bottom) {
    KeepChannels(bottom.shape);
    const bool moves = random_.OneIn(3) && bottom.shape.height * bottom.shape.width > 4;
    if (moves) net_.has_state = true;
    Add("BatchNorm", bottom, bottom.shape,
        moves ? "batch_norm_param { use_global_stats: false eps: 0.1 }" : "batch_norm_param { eps: 0.1 }", true);
  }

  void AddCombination(Blob& bottom) {
    std::vector<std::size_t> same;
    for (std::size_t i = 0; i < blobs_.size(); ++i) {
      if (blobs_[i].shape == bottom.shape) same.push_back(i);
    }
    const std::string name = "b" + Number(count_++);
    const Shape shape = bottom.shape;
    const int kind = random_.Between(0, 2);
    const int inputs = random_.Between(2, 3);
    std::string bottoms;
    std::string coefficients;
    Ties ties = Ties::kNone;
    for (int i = 0; i < inputs; ++i) {
      Blob& other = i == 0
                        ? bottom
                        : blobs_[same[static_cast<std::size_t>(random_.Between(0, static_cast<int>(same.size()) - 1))]];
      bottoms += "bottom: '" + other.name + "' ";
      other.is_read = true;
      ties = std::max(ties, other.shape.ties);
      if (kind == 0) coefficients += "coeff: " + Number(random_.Value()) + " ";
    }
    static const char* const kinds[] = {"SUM", "PROD", "MAX"};
    net_.prototxt += "layer { name: '" + name + "' type: 'Eltwise' " + bottoms + "top: '" + name +
                     "' eltwise_param { operation: " + kinds[kind] + " " +
                     (random_.OneIn(2) ? coefficients : std::string()) + "} }\n";
    blobs_.push_back({name, shape, false});
    // One may be the positive values of another, of which either engine computed one.
    if (kind == 2) NoteMaximum(Ties::kRounded);
    blobs_.back().shape.ties = kind == 2             ? std::max(ties, Ties::kNeighbours)
                               : ties == Ties::kNone ? ties
                                                     : Ties::kRounded;
  }

  void AddConcat(Blob& bottom) {
    const std::string name = "b" + Number(count_++);
    Shape shape = bottom.shape;
    std::string bottoms = "bottom: '" + bottom.name + "' ";
    bottom.is_read = true;
    for (Blob& other : blobs_) {
      Shape alike = other.shape;
      alike.channels = bottom.shape.channels;
      if (!(alike == bottom.shape) || random_.OneIn(2) || shape.image() + other.shape.image() > kMostValues) continue;
      bottoms += "bottom: '" + other.name + "' ";
      shape.channels += other.shape.channels;
      shape.ties = std::max(shape.ties, other.shape.ties);
      shape.has_free_channels = shape.has_free_channels || other.shape.has_free_channels;
      other.is_read = true;
    }
    net_.prototxt += "layer { name: '" + name + "' type: 'Concat' " + bottoms + "top: '" + name + "' }\n";
    blobs_.push_back({name, shape, false});
  }

  void AddSlice(Blob& bottom) {
    if (bottom.shape.channels < 2) return;
    const std::string name = "b" + Number(count_++);
    const int point = random_.Between(1, bottom.shape.channels - 1);
    Shape first = bottom.shape;
    Shape second = bottom.shape;
    first.channels = point;
    second.channels -= point;
    net_.prototxt += "layer { name: '" + name + "' type: 'Slice' bottom: '" + bottom.name + "' top: '" + name +
                     "' top: '" + name + "s' slice_param { slice_point: " + Number(point) + " } }\n";
    bottom.is_read = true;
    blobs_.push_back({name, first, false});
    blobs_.push_back({name + "s", second, false});
  }

  void AddInnerProduct(Blob& bottom) {
    if (bottom.shape.image() > 2000) return;
    net_.has_fixed_size = true;
    const int outputs = random_.OneIn(4) ? random_.Between(20, 70) : random_.Between(1, 12);
    Add("InnerProduct", bottom, {outputs, 1, 1, true},
        "inner_product_param { num_output: " + Number(outputs) + " " + Filler(bottom.shape.image()) + Biases() + "}");
  }

  // Of any shape, and run by Caffe.
  void AddCaffes(Blob& bottom) {
    switch (random_.Between(0, 6)) {
      case 0:
        return Add("Sigmoid", bottom, bottom.shape, "", true);
      case 1:
        return Add("TanH", bottom, bottom.shape, "", true);
      case 2:
        return Add("AbsVal", bottom, bottom.shape, "", true);
      case 3:
        return Add("Power", bottom, bottom.shape, "power_param { scale: 1.5 shift: -0.25 }", true);
      case 4:
        return Add("BNLL", bottom, bottom.shape, "", true);
      case 5:
        return Add("ReLU6", bottom, bottom.shape, "", true);
      default:
        KeepChannels(bottom.shape);
        return Add("Bias", bottom, bottom.shape, "bias_param { filler { type: 'uniform' min: -1 max: 1 } }", true);
    }
  }

  void AddSpatialOfCaffe(Blob& bottom) {
    const Shape shape = bottom.shape;
    switch (random_.Between(0, 3)) {
      case 0:
        return Add("LRN", bottom, shape, "lrn_param { local_size: 3 }");
      case 1:
        return Add("Reshape", bottom, {shape.image(), 1, 1, true, true}, "reshape_param { shape { dim: 0 dim: -1 } }");
      case 2: {
        const int kernel = random_.Between(1, 3);
        const int stride = random_.Between(1, 2);
        const int outputs = random_.Between(1, 6);
        const Shape top = {outputs, stride * (shape.height - 1) + kernel, stride * (shape.width - 1) + kernel, false};
        if (top.image() > kMostValues) return;
        return Add("Deconvolution", bottom, top,
                   "convolution_param { num_output: " + Number(outputs) + " kernel_size: " + Number(kernel) +
                       " stride: " + Number(stride) + " " + Filler(shape.channels * kernel) + Biases() + "}");
      }
      default:
        return AddCaffes(bottom);
    }
  }

  void AddCommunity(Blob& bottom) {
    const Shape shape = bottom.shape;
    switch (random_.Between(0, 5)) {
      case 0:
        KeepChannels(shape);
        return Add("Normalize", bottom, shape,
                   "norm_param { across_spatial: false eps: 0.1 scale_filler { type: 'constant' value: 2 } "
                   "channel_shared: false }");
      case 1: {
        if (shape.image() > kMostValues / 4) return;
        return Add("Interp", bottom, {shape.channels, 2 * shape.height - 1, 2 * shape.width - 1, false},
                   "interp_param { zoom_factor: 2 }");
      }
      case 2:
        return Add("Permute", bottom, {shape.height, shape.width, shape.channels, false, true},
                   "permute_param { order: 0 order: 2 order: 3 order: 1 }");
      case 3:
        return Add("Reverse", bottom, shape, "reverse_param { axis: 1 }");
      case 4:
        if (shape.channels % 2 != 0) return;
        return Add("ShuffleChannel", bottom, shape, "shuffle_channel_param { group: 2 }");
      default:
        KeepChannels(shape);
        return Add("DepthwiseConvolution", bottom, shape,
                   "convolution_param { num_output: " + Number(shape.channels) + " group: " + Number(shape.channels) +
                       " kernel_size: 3 pad: 1 " + Filler(9) + Biases() + "}");
    }
  }

  struct Axis {
    int kernel;
    int stride;
    int pad;
    int dilation;
    int output;
  };

  // Caffe rounds towards zero: a window may be larger than the padded input.
  std::optional<Axis> RandomAxis(int length, bool with_dilation) {
    Axis axis = {};
    axis.kernel = random_.OneIn(4) ? random_.Between(4, 6) : random_.Between(1, 3);
    axis.stride = random_.OneIn(3) ? random_.Between(2, 4) : 1;
    axis.pad = random_.OneIn(2) ? random_.Between(0, axis.kernel - 1) : 0;
    axis.dilation = with_dilation && random_.OneIn(6) ? random_.Between(2, 3) : 1;
    const int room = length + 2 * axis.pad - (axis.dilation * (axis.kernel - 1) + 1);
    if (room <= -axis.stride) return std::nullopt;
    axis.output = room / axis.stride + 1;
    return axis;
  }

  void AddConvolution(Blob& bottom) {
    const Shape shape = bottom.shape;
    const std::optional<Axis> y = RandomAxis(shape.height, true);
    std::optional<Axis> x = random_.OneIn(3) ? RandomAxis(shape.width, true) : y;
    if (!y.has_value() || !x.has_value()) return;
    const int room = shape.width + 2 * x->pad - (x->dilation * (x->kernel - 1) + 1);
    if (room <= -x->stride) return;
    x->output = room / x->stride + 1;
    const int groups = shape.channels % 2 == 0 && random_.OneIn(4) ? 2 : 1;
    const int outputs = groups * (random_.OneIn(5) ? random_.Between(8, 20) : random_.Between(1, 9));
    const Shape top = {outputs, y->output, x->output, false};
    if (top.image() > kMostValues) return;
    Add("Convolution", bottom, top,
        "convolution_param { num_output: " + Number(outputs) + " group: " + Number(groups) +
            " kernel_h: " + Number(y->kernel) + " kernel_w: " + Number(x->kernel) + " stride_h: " + Number(y->stride) +
            " stride_w: " + Number(x->stride) + " pad_h: " + Number(y->pad) + " pad_w: " + Number(x->pad) +
            " dilation: " + Number(y->dilation) + " dilation: " + Number(x->dilation) + " " +
            Filler(shape.channels / groups * y->kernel * x->kernel) + Biases() + "}");
  }

  void AddPooling(Blob& bottom) {
    const Shape shape = bottom.shape;
    const std::string kind = random_.OneIn(2) ? "pool: MAX " : "pool: AVE ";
    if (random_.OneIn(6)) {
      return Add("Pooling", bottom, {shape.channels, 1, 1, false},
                 "pooling_param { " + kind + "global_pooling: true }");
    }
    const bool rounds_up = !random_.OneIn(5);
    const std::optional<Axis> y = RandomAxis(shape.height, false);
    const std::optional<Axis> x = RandomAxis(shape.width, false);
    if (!y.has_value() || !x.has_value()) return;
    const auto output = [rounds_up](const Axis& axis, int length) {
      const int room = length + 2 * axis.pad - axis.kernel;
      if (room < 0) return 0;
      int count = (rounds_up ? (room + axis.stride - 1) / axis.stride : room / axis.stride) + 1;
      if (axis.pad > 0 && (count - 1) * axis.stride >= length + axis.pad) --count;
      return count;
    };
    const Shape top = {shape.channels, output(*y, shape.height), output(*x, shape.width), false};
    if (top.image() == 0) return;
    Add("Pooling", bottom, top,
        "pooling_param { " + kind + "kernel_h: " + Number(y->kernel) + " kernel_w: " + Number(x->kernel) +
            " stride_h: " + Number(y->stride) + " stride_w: " + Number(x->stride) + " pad_h: " + Number(y->pad) +
            " pad_w: " + Number(x->pad) + (rounds_up ? " }" : " ceil_mode: false }"));
  }

  Random& random_;
  RandomNet net_;
  std::vector<Blob> blobs_;
  int count_ = 0;
};

}  // namespace

RandomNet MakeRandomNet(Random* random) { return Builder(random).Build(); }

}  // namespace caffesharp::tests
