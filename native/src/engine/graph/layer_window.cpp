#include "engine/graph/layer_window.h"

namespace caffesharp {
namespace engine {
namespace {

int ConvolutionSize(const google::protobuf::RepeatedField<google::protobuf::uint32>& values, int axis, int otherwise) {
  if (values.size() == 0) return otherwise;
  return static_cast<int>(values.Get(values.size() == 1 ? 0 : axis));
}

}  // namespace

Window ConvolutionWindow(const caffe::ConvolutionParameter& parameter) {
  Window window;
  window.kernel_height = parameter.has_kernel_h() ? static_cast<int>(parameter.kernel_h())
                                                  : ConvolutionSize(parameter.kernel_size(), 0, 1);
  window.kernel_width = parameter.has_kernel_w() ? static_cast<int>(parameter.kernel_w())
                                                 : ConvolutionSize(parameter.kernel_size(), 1, 1);
  window.stride_height =
      parameter.has_stride_h() ? static_cast<int>(parameter.stride_h()) : ConvolutionSize(parameter.stride(), 0, 1);
  window.stride_width =
      parameter.has_stride_w() ? static_cast<int>(parameter.stride_w()) : ConvolutionSize(parameter.stride(), 1, 1);
  window.pad_height =
      parameter.has_pad_h() ? static_cast<int>(parameter.pad_h()) : ConvolutionSize(parameter.pad(), 0, 0);
  window.pad_width =
      parameter.has_pad_w() ? static_cast<int>(parameter.pad_w()) : ConvolutionSize(parameter.pad(), 1, 0);
  window.dilation_height = ConvolutionSize(parameter.dilation(), 0, 1);
  window.dilation_width = ConvolutionSize(parameter.dilation(), 1, 1);
  return window;
}

Window PoolingWindow(const caffe::PoolingParameter& parameter, const caffe::Blob<float>& bottom) {
  Window window;
  if (parameter.global_pooling()) {
    window.kernel_height = bottom.shape(2);
    window.kernel_width = bottom.shape(3);
    return window;
  }
  window.kernel_height = static_cast<int>(parameter.has_kernel_size() ? parameter.kernel_size() : parameter.kernel_h());
  window.kernel_width = static_cast<int>(parameter.has_kernel_size() ? parameter.kernel_size() : parameter.kernel_w());
  window.stride_height = static_cast<int>(parameter.has_stride_h() ? parameter.stride_h() : parameter.stride());
  window.stride_width = static_cast<int>(parameter.has_stride_h() ? parameter.stride_w() : parameter.stride());
  window.pad_height = static_cast<int>(parameter.has_pad_h() ? parameter.pad_h() : parameter.pad());
  window.pad_width = static_cast<int>(parameter.has_pad_h() ? parameter.pad_w() : parameter.pad());
  return window;
}

}  // namespace engine
}  // namespace caffesharp
