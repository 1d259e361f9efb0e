// A row of outputs at a time: what one place of their windows gives to each, then the next place.
#include <algorithm>
#include <cfloat>
#include <cstddef>
#include <vector>

#include "caffesharp_caffe/pooling_source.h"
#include "caffesharp_caffe/window_rows.h"

namespace {

using caffesharp::FindInside;
using caffesharp::Inside;

// The places of windows along one direction.
struct Axis {
  int size;
  int outputs;
  int kernel;
  int stride;
  int pad;

  int Start(int output) const { return output * stride - pad; }
  // The window's size with what of it lies in the padding, as Caffe's averages have it.
  int Extent(int output) const { return std::min(Start(output) + kernel, size + pad) - Start(output); }
};

// Each place is a vector of outputs wide, so the distance of their inputs is a constant where it is a usual one.
template <int kStride, typename Place>
void TakeMaxima(const float* __restrict from, int stride, int first_place, int count, float* __restrict maxima,
                Place* __restrict places) {
  const int step = kStride > 0 ? kStride : stride;
  for (int i = 0; i < count; ++i) {
    const float value = from[static_cast<std::ptrdiff_t>(i) * step];
    const bool above = value > maxima[i];
    maxima[i] = above ? value : maxima[i];
    places[i] = above ? static_cast<Place>(first_place + i * step) : places[i];
  }
}

template <typename Place>
void MaximumPlane(const float* plane, const Axis& rows, const Axis& columns, const std::vector<Inside>& inside,
                  float* maxima, Place* places) {
  for (int output = 0; output < rows.outputs; ++output, maxima += columns.outputs, places += columns.outputs) {
    std::fill(maxima, maxima + columns.outputs, -FLT_MAX);
    std::fill(places, places + columns.outputs, static_cast<Place>(-1));
    const int start = rows.Start(output);
    const int end = std::min(start + rows.kernel, rows.size);
    for (int row = std::max(start, 0); row < end; ++row) {
      for (int k = 0; k < columns.kernel; ++k) {
        const Inside& of_place = inside[static_cast<std::size_t>(k)];
        const int count = of_place.end - of_place.first;
        if (count <= 0) continue;
        const int place = row * columns.size + columns.Start(of_place.first) + k;
        float* const to = maxima + of_place.first;
        Place* const to_places = places + of_place.first;
        if (columns.stride == 1) {
          TakeMaxima<1>(plane + place, 1, place, count, to, to_places);
        } else if (columns.stride == 2) {
          TakeMaxima<2>(plane + place, 2, place, count, to, to_places);
        } else {
          TakeMaxima<0>(plane + place, columns.stride, place, count, to, to_places);
        }
      }
    }
  }
}

void AveragePlane(const float* plane, const Axis& rows, const Axis& columns, const std::vector<Inside>& inside,
                  float* averages) {
  for (int output = 0; output < rows.outputs; ++output, averages += columns.outputs) {
    std::fill(averages, averages + columns.outputs, 0.0f);
    const int start = rows.Start(output);
    const int end = std::min(start + rows.kernel, rows.size);
    for (int row = std::max(start, 0); row < end; ++row) {
      for (int k = 0; k < columns.kernel; ++k) {
        const Inside& of_place = inside[static_cast<std::size_t>(k)];
        const float* const from = plane + (static_cast<std::ptrdiff_t>(row) * columns.size + k - columns.pad);
        for (int i = of_place.first; i < of_place.end; ++i)
          averages[i] += from[static_cast<std::ptrdiff_t>(i) * columns.stride];
      }
    }
    for (int i = 0; i < columns.outputs; ++i) averages[i] /= rows.Extent(output) * columns.Extent(i);
  }
}

}  // namespace

namespace caffe {

template <>
void PoolingLayer<float>::Forward_cpu(const std::vector<Blob<float>*>& bottom, const std::vector<Blob<float>*>& top) {
  const Axis rows = {height_, pooled_height_, kernel_h_, stride_h_, pad_h_};
  const Axis columns = {width_, pooled_width_, kernel_w_, stride_w_, pad_w_};
  std::vector<Inside> inside;
  for (int k = 0; k < columns.kernel; ++k) {
    inside.push_back(FindInside(columns.size, columns.outputs, columns.stride, k - columns.pad));
  }
  const std::ptrdiff_t size = static_cast<std::ptrdiff_t>(height_) * width_;
  const std::ptrdiff_t pooled_size = static_cast<std::ptrdiff_t>(pooled_height_) * pooled_width_;
  const std::ptrdiff_t planes = static_cast<std::ptrdiff_t>(bottom[0]->num()) * channels_;
  const float* from = bottom[0]->cpu_data();
  float* to = top[0]->mutable_cpu_data();
  switch (this->layer_param_.pooling_param().pool()) {
    case PoolingParameter_PoolMethod_MAX:
      if (top.size() > 1) {
        float* places = top[1]->mutable_cpu_data();
        for (std::ptrdiff_t i = 0; i < planes; ++i) {
          MaximumPlane(from + i * size, rows, columns, inside, to + i * pooled_size, places + i * pooled_size);
        }
      } else {
        int* places = max_idx_.mutable_cpu_data();
        for (std::ptrdiff_t i = 0; i < planes; ++i) {
          MaximumPlane(from + i * size, rows, columns, inside, to + i * pooled_size, places + i * pooled_size);
        }
      }
      break;
    case PoolingParameter_PoolMethod_AVE:
      for (std::ptrdiff_t i = 0; i < planes; ++i) {
        AveragePlane(from + i * size, rows, columns, inside, to + i * pooled_size);
      }
      break;
    case PoolingParameter_PoolMethod_STOCHASTIC:
      NOT_IMPLEMENTED;
      break;
    default:
      LOG(FATAL) << "Unknown pooling method.";
  }
}

}  // namespace caffe
