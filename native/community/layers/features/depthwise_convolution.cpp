// Convolutions with one filter per channel: ConvolutionDepthwise (ShuffleNet) implies it; DepthwiseConvolution
// (MobileNet) has group as Caffe's Convolution has. Both are Caffe's Convolution, whose numbers and parameters they
// have.
#include <caffe/layers/conv_layer.hpp>

#include "community/community_layer.h"

namespace caffesharp {
namespace community {
namespace {

class ConvolutionDepthwiseLayer : public caffe::ConvolutionLayer<float> {
 public:
  explicit ConvolutionDepthwiseLayer(const caffe::LayerParameter& parameter)
      : caffe::ConvolutionLayer<float>(parameter) {}
  const char* type() const override { return "ConvolutionDepthwise"; }

  void LayerSetUp(const Blobs& bottom, const Blobs& top) override {
    caffe::ConvolutionParameter* const parameter = layer_param_.mutable_convolution_param();
    const int channels = bottom[0]->shape(bottom[0]->CanonicalAxisIndex(parameter->axis()));
    CHECK_EQ(parameter->num_output() % static_cast<std::uint32_t>(channels), 0)
        << "num_output must be a multiple of the number of channels, " << channels;
    parameter->set_group(static_cast<std::uint32_t>(channels));
    caffe::ConvolutionLayer<float>::LayerSetUp(bottom, top);
  }
};

class DepthwiseConvolutionLayer : public caffe::ConvolutionLayer<float> {
 public:
  explicit DepthwiseConvolutionLayer(const caffe::LayerParameter& parameter)
      : caffe::ConvolutionLayer<float>(parameter) {}
  const char* type() const override { return "DepthwiseConvolution"; }
};

const CommunityLayer registered("ConvolutionDepthwise", &Make<ConvolutionDepthwiseLayer>);
const CommunityLayer registered_with_group("DepthwiseConvolution", &Make<DepthwiseConvolutionLayer>);

}  // namespace
}  // namespace community
}  // namespace caffesharp
