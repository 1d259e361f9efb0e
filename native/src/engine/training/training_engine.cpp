#include "engine/training/training_engine.h"

#include "core/error.h"
#include "core/threads/blas.h"
#include "engine/kernel_set.h"
#include "engine/schedule/worker_pool.h"
#include "engine/training/convolution_training.h"
#include "engine/training/inner_product_training.h"
#include "engine/training/maximum_pooling_training.h"
#include "engine/training/rectifier_training.h"

namespace caffesharp {
namespace engine {
namespace {

std::unique_ptr<TrainingLayer> MakeTrainingLayer(const caffe::Net<float>& net, std::size_t index) {
  const auto& bottoms = net.bottom_vecs()[index];
  const auto& tops = net.top_vecs()[index];
  caffe::Layer<float>* const layer = net.layers()[index].get();
  if (bottoms.size() != 1 || tops.size() != 1 || layer->loss(0) != 0) return nullptr;
  const caffe::LayerParameter& parameter = layer->layer_param();
  const LayerInNet place = {layer, bottoms[0], tops[0], net.bottom_need_backward()[index][0]};
  const std::string& type = parameter.type();
  if (type == "Convolution" && parameter.convolution_param().axis() == 1) {
    return std::make_unique<ConvolutionTraining>(place);
  }
  if (type == "InnerProduct" && !parameter.inner_product_param().transpose()) {
    return std::make_unique<InnerProductTraining>(place);
  }
  if (type == "Pooling" && parameter.pooling_param().pool() == caffe::PoolingParameter_PoolMethod_MAX) {
    return std::make_unique<MaximumPoolingTraining>(place);
  }
  if (type == "ReLU" || type == "PReLU") return std::make_unique<RectifierTraining>(place);
  return nullptr;
}

std::array<std::vector<int>, 2> ShapesNow(const caffe::Net<float>& net, std::size_t index) {
  return {net.bottom_vecs()[index][0]->shape(), net.top_vecs()[index][0]->shape()};
}

const TrainingKernels& TrainingKernelsOf(caffe_instruction_set set) {
  const KernelSet kernels(set);
  return kernels.Of<TrainingFamily>(kernels.most_lanes());
}

int Threads(const caffe_engine_options& options) {
  return options.threads > 0 ? options.threads : WorkerPool::Shared().processors();
}

}  // namespace

TrainingEngine::TrainingEngine(const caffe::Net<float>& net, const caffe_engine_options& options)
    : net_(net),
      runner_(TrainingKernelsOf(static_cast<caffe_instruction_set>(options.instruction_set)), Threads(options)),
      runs_(net.layers().size(), false),
      shapes_(net.layers().size()) {
  for (std::size_t i = 0; i < net.layers().size(); ++i) layers_.push_back(MakeTrainingLayer(net, i));
}

bool TrainingEngine::Forward(int layer) {
  const auto index = static_cast<std::size_t>(layer);
  runs_[index] = false;
  if (layers_[index] == nullptr) return false;
  net_.layers()[index]->Reshape(net_.bottom_vecs()[index], net_.top_vecs()[index]);
  if (!layers_[index]->Supports()) return false;
  const SingleBlasThread single;
  layers_[index]->Forward(&runner_);
  shapes_[index] = ShapesNow(net_, index);
  runs_[index] = true;
  return true;
}

bool TrainingEngine::Backward(int layer) {
  const auto index = static_cast<std::size_t>(layer);
  if (!runs_[index]) return false;
  if (!net_.layer_need_backward()[index]) return true;
  if (shapes_[index] != ShapesNow(net_, index)) {
    throw Error(
        CAFFE_ERROR_ARGUMENT,
        "its blobs have another shape than in the last forward pass: run the net forward before it is run backward");
  }
  const SingleBlasThread single;
  layers_[index]->Backward(&runner_);
  return true;
}

}  // namespace engine
}  // namespace caffesharp
