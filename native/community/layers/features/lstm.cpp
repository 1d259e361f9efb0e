// Lstm of caffe-lstm and CTPN: a long short-term memory with the four gates in one product per step.
//
// Bottoms: sequences (steps x n x input), and if given, indicators (steps x n, 0 at the first step of a sequence).
// Top: steps x n x num_output. Parameters: weights of the input (4 num_output x input), of the last output
// (4 num_output x num_output), biases (4 num_output), each in the order input gate, forget gate, output gate,
// candidate. With indicators, the state continues from the last pass.
#include <algorithm>
#include <caffe/filler.hpp>
#include <caffe/util/math_functions.hpp>
#include <cmath>

#include "community/community_layer.h"

namespace caffesharp {
namespace community {
namespace {

float Sigmoid(float x) { return static_cast<float>(1. / (1. + std::exp(-x))); }

class LstmLayer : public caffe::Layer<float> {
 public:
  explicit LstmLayer(const caffe::LayerParameter& parameter) : caffe::Layer<float>(parameter) {}
  const char* type() const override { return "Lstm"; }
  int MinBottomBlobs() const override { return 1; }
  int MaxBottomBlobs() const override { return 2; }
  int ExactNumTopBlobs() const override { return 1; }
  bool AllowForceBackward(int bottom) const override { return bottom == 0; }

  void LayerSetUp(const Blobs& bottom, const Blobs&) override {
    const caffe::LSTMParameter& parameter = layer_param_.lstm_param();
    CHECK(parameter.num_output() > 0 && parameter.num_output() < kMostOutputs)
        << "lstm_param must have num_output, from 1 to " << kMostOutputs - 1;
    CHECK_GE(bottom[0]->num_axes(), 3) << "the sequences must have the axes step, example, value";
    outputs_ = static_cast<int>(parameter.num_output());
    inputs_ = bottom[0]->count(2);
    if (blobs_.empty()) {
      for (const std::vector<int>& shape : {std::vector<int>{4 * outputs_, inputs_},
                                            std::vector<int>{4 * outputs_, outputs_}, std::vector<int>{4 * outputs_}}) {
        blobs_.push_back(boost::make_shared<Blob>(shape));
        boost::shared_ptr<caffe::Filler<float>> filler(
            caffe::GetFiller<float>(shape.size() == 1 ? parameter.bias_filler() : parameter.weight_filler()));
        filler->Fill(blobs_.back().get());
      }
    }
    param_propagate_down_.resize(blobs_.size(), true);
  }

  void Reshape(const Blobs& bottom, const Blobs& top) override {
    CHECK_GE(bottom[0]->num_axes(), 3) << "the sequences must have the axes step, example, value";
    CHECK_EQ(bottom[0]->count(2), inputs_) << "the weights are for " << inputs_ << " inputs per step";
    steps_ = bottom[0]->shape(0);
    examples_ = bottom[0]->shape(1);
    if (bottom.size() > 1) {
      CHECK_EQ(bottom[1]->count(), steps_ * examples_) << "there must be an indicator for each step of each sequence";
    }
    top[0]->Reshape({steps_, examples_, outputs_});
    const std::vector<int> state{examples_, outputs_};
    if (last_cell_.shape() != state) {
      last_cell_.Reshape(state);
      last_output_.Reshape(state);
      Clear(&last_cell_);
      Clear(&last_output_);
    }
    first_cell_.Reshape(state);
    first_output_.Reshape(state);
    from_output_.Reshape({examples_, 4 * outputs_});
    to_output_.Reshape(state);
    gates_.Reshape({steps_, examples_, 4, outputs_});
    cells_.Reshape({steps_, examples_, outputs_});
    ones_.Reshape({steps_ * examples_});
    caffe::caffe_set(ones_.count(), 1.0f, ones_.mutable_cpu_data());
  }

 protected:
  void Forward_cpu(const Blobs& bottom, const Blobs& top) override {
    const int state = examples_ * outputs_, rows = steps_ * examples_;
    if (bottom.size() > 1) {
      caffe::caffe_copy(state, last_cell_.cpu_data(), first_cell_.mutable_cpu_data());
      caffe::caffe_copy(state, last_output_.cpu_data(), first_output_.mutable_cpu_data());
    } else {
      Clear(&first_cell_);
      Clear(&first_output_);
    }
    float* const gates = gates_.mutable_cpu_data();
    float* const cells = cells_.mutable_cpu_data();
    float* const out = top[0]->mutable_cpu_data();
    float* const from_output = from_output_.mutable_cpu_data();
    caffe::caffe_cpu_gemm(CblasNoTrans, CblasTrans, rows, 4 * outputs_, inputs_, 1.0f, bottom[0]->cpu_data(),
                          blobs_[0]->cpu_data(), 0.0f, gates);
    caffe::caffe_cpu_gemm(CblasNoTrans, CblasNoTrans, rows, 4 * outputs_, 1, 1.0f, ones_.cpu_data(),
                          blobs_[2]->cpu_data(), 1.0f, gates);
    for (int step = 0; step < steps_; ++step) {
      const float* const output = step == 0 ? first_output_.cpu_data() : out + (step - 1) * state;
      const float* const cell = step == 0 ? first_cell_.cpu_data() : cells + (step - 1) * state;
      caffe::caffe_cpu_gemm(CblasNoTrans, CblasTrans, examples_, 4 * outputs_, outputs_, 1.0f, output,
                            blobs_[1]->cpu_data(), 0.0f, from_output);
      for (int example = 0; example < examples_; ++example) {
        const bool continues = Continues(bottom, step, example);
        float* const gate = gates + (step * examples_ + example) * 4 * outputs_;
        if (continues) caffe::caffe_add(4 * outputs_, gate, from_output + example * 4 * outputs_, gate);
        const int begin = example * outputs_;
        for (int i = 0; i < outputs_; ++i) {
          float &input = gate[i], &forget = gate[outputs_ + i], &exit = gate[2 * outputs_ + i],
                &candidate = gate[3 * outputs_ + i];
          input = Sigmoid(input);
          forget = continues ? Sigmoid(forget) : 0;
          exit = Sigmoid(exit);
          candidate = std::tanh(candidate);
          const float value = forget * cell[begin + i] + input * candidate;
          cells[step * state + begin + i] = value;
          out[step * state + begin + i] = exit * std::tanh(value);
        }
      }
    }
    caffe::caffe_copy(state, cells + (steps_ - 1) * state, last_cell_.mutable_cpu_data());
    caffe::caffe_copy(state, out + (steps_ - 1) * state, last_output_.mutable_cpu_data());
  }

  void Backward_cpu(const Blobs& top, const std::vector<bool>& propagate_down, const Blobs& bottom) override {
    CHECK(propagate_down.size() < 2 || !propagate_down[1]) << type() << " has no gradient for its indicators";
    const int state = examples_ * outputs_, rows = steps_ * examples_;
    const float* const gates = gates_.cpu_data();
    const float* const cells = cells_.cpu_data();
    float* const out_diff = top[0]->mutable_cpu_diff();
    float* const gate_diff = gates_.mutable_cpu_diff();
    float* const cell_diff = cells_.mutable_cpu_diff();
    float* const to_output = to_output_.mutable_cpu_data();
    std::fill_n(cell_diff + (steps_ - 1) * state, state, 0.0f);
    for (int step = steps_ - 1; step >= 0; --step) {
      const float* const earlier = step == 0 ? first_cell_.cpu_data() : cells + (step - 1) * state;
      for (int example = 0; example < examples_; ++example) {
        StepBack({gates, cells, earlier, out_diff, gate_diff, cell_diff}, step, example,
                 Continues(bottom, step, example));
      }
      if (step == 0) break;
      caffe::caffe_cpu_gemm(CblasNoTrans, CblasNoTrans, examples_, outputs_, 4 * outputs_, 1.0f,
                            gate_diff + step * 4 * state, blobs_[1]->cpu_data(), 0.0f, to_output);
      for (int example = 0; example < examples_; ++example) {
        if (!Continues(bottom, step, example)) continue;
        float* const diff = out_diff + (step - 1) * state + example * outputs_;
        caffe::caffe_add(outputs_, diff, to_output + example * outputs_, diff);
      }
    }
    if (param_propagate_down_[0]) {
      caffe::caffe_cpu_gemm(CblasTrans, CblasNoTrans, 4 * outputs_, inputs_, rows, 1.0f, gate_diff,
                            bottom[0]->cpu_data(), 1.0f, blobs_[0]->mutable_cpu_diff());
    }
    if (param_propagate_down_[1]) {
      float* const diff = blobs_[1]->mutable_cpu_diff();
      caffe::caffe_cpu_gemm(CblasTrans, CblasNoTrans, 4 * outputs_, outputs_, rows - examples_, 1.0f,
                            gate_diff + 4 * state, top[0]->cpu_data(), 1.0f, diff);
      caffe::caffe_cpu_gemm(CblasTrans, CblasNoTrans, 4 * outputs_, outputs_, examples_, 1.0f, gate_diff,
                            first_output_.cpu_data(), 1.0f, diff);
    }
    if (param_propagate_down_[2]) {
      caffe::caffe_cpu_gemv(CblasTrans, rows, 4 * outputs_, 1.0f, gate_diff, ones_.cpu_data(), 1.0f,
                            blobs_[2]->mutable_cpu_diff());
    }
    if (propagate_down[0]) {
      caffe::caffe_cpu_gemm(CblasNoTrans, CblasNoTrans, rows, inputs_, 4 * outputs_, 1.0f, gate_diff,
                            blobs_[0]->cpu_data(), 0.0f, bottom[0]->mutable_cpu_diff());
    }
  }

 private:
  static constexpr std::uint32_t kMostOutputs = 1 << 20;

  // What one step back reads and writes.
  struct Pass {
    const float* gates;
    const float* cells;
    const float* earlier;
    const float* out_diff;
    float* gate_diff;
    float* cell_diff;
  };

  static void Clear(Blob* blob) { caffe::caffe_set(blob->count(), 0.0f, blob->mutable_cpu_data()); }

  bool Continues(const Blobs& bottom, int step, int example) const {
    return bottom.size() > 1 ? bottom[1]->cpu_data()[step * examples_ + example] != 0 : step > 0;
  }

  void StepBack(const Pass& pass, int step, int example, bool continues) const {
    const int begin = example * outputs_, row = (step * examples_ + example) * outputs_;
    const float* const gate = pass.gates + 4 * row;
    float* const diff = pass.gate_diff + 4 * row;
    for (int i = 0; i < outputs_; ++i) {
      const float input = gate[i], forget = gate[outputs_ + i], exit = gate[2 * outputs_ + i],
                  candidate = gate[3 * outputs_ + i];
      const float squashed = std::tanh(pass.cells[row + i]);
      const float out = pass.out_diff[row + i];
      float& cell = pass.cell_diff[row + i];
      cell += out * exit * (1 - squashed * squashed);
      if (step > 0) pass.cell_diff[row - examples_ * outputs_ + i] = continues ? cell * forget : 0;
      diff[i] = cell * candidate * input * (1 - input);
      diff[outputs_ + i] = continues ? cell * pass.earlier[begin + i] * forget * (1 - forget) : 0;
      diff[2 * outputs_ + i] = out * squashed * exit * (1 - exit);
      diff[3 * outputs_ + i] = cell * input * (1 - candidate * candidate);
    }
    const float limit = layer_param_.lstm_param().clipping_threshold();
    if (limit <= 0) return;
    for (int i = 0; i < 4 * outputs_; ++i) diff[i] = std::min(std::max(diff[i], -limit), limit);
  }

  int outputs_ = 0;
  int inputs_ = 0;
  int steps_ = 0;
  int examples_ = 0;
  // The gates after their nonlinearities; their gradients before them.
  Blob gates_;
  Blob cells_;
  Blob first_cell_;
  Blob first_output_;
  Blob last_cell_;
  Blob last_output_;
  Blob from_output_;
  Blob to_output_;
  Blob ones_;
};

const CommunityLayer registered("Lstm", &Make<LstmLayer>);

}  // namespace
}  // namespace community
}  // namespace caffesharp
