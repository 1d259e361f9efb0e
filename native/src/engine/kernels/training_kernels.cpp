#include "engine/kernels/training_kernels.h"

#include "engine/kernels/kernel_source.h"

namespace caffesharp {
namespace engine {
namespace {

// Sums of the lanes of some vectors, in an order that is always the same.
template <int kLanes, int kCount>
inline void SumLanes(const typename Simd<kLanes>::Vector (&vectors)[kCount], float* sums) {
  using S = Simd<kLanes>;
#pragma GCC unroll 8
  for (int first = 0; first < kCount; first += kLanes) {
    typename S::Vector square[kLanes];
#pragma GCC unroll 16
    for (int i = 0; i < kLanes; ++i) {
      square[i] = first + i < kCount ? vectors[first + i < kCount ? first + i : 0] : S::Fill(0.0f);
    }
    Transpose<kLanes>(square);
#pragma GCC unroll 4
    for (int half = kLanes / 2; half > 0; half /= 2) {
#pragma GCC unroll 8
      for (int i = 0; i < half; ++i) square[i] += square[i + half];
    }
    S::Store(sums + first, square[0]);
  }
}

template <int kLanes>
void RectifyForTraining(const float* input, float slope, std::ptrdiff_t count, float* copy, float* output) {
  using S = Simd<kLanes>;
  std::ptrdiff_t i = 0;
  for (; i + kLanes <= count; i += kLanes) {
    const typename S::Vector value = S::Load(input + i);
    if (copy != nullptr) S::Store(copy + i, value);
    S::Store(output + i, value > 0 ? value : value * slope);
  }
  for (; i < count; ++i) {
    const float value = input[i];
    if (copy != nullptr) copy[i] = value;
    output[i] = value > 0 ? value : value * slope;
  }
}

// A value that is not a number passes no gradient on, and spoils the slope's, as in Caffe.
template <int kLanes>
float RectifyGradients(const float* input, const float* gradients, float slope, std::ptrdiff_t count, float* result) {
  using S = Simd<kLanes>;
  using Vector = typename S::Vector;
  const Vector zero = S::Fill(0.0f);
  const Vector one = S::Fill(1.0f);
  const Vector slopes = S::Fill(slope);
  Vector sums[1] = {};
  std::ptrdiff_t i = 0;
  for (; i + kLanes <= count; i += kLanes) {
    const Vector value = S::Load(input + i);
    const Vector gradient = S::Load(gradients + i);
    sums[0] += gradient * value * (value <= 0 ? one : zero);
    if (result != nullptr) S::Store(result + i, gradient * (value > 0 ? one : value <= 0 ? slopes : zero));
  }
  float totals[kLanes];
  SumLanes<kLanes>(sums, totals);
  float sum = totals[0];
  for (; i < count; ++i) {
    const float value = input[i];
    const float gradient = gradients[i];
    sum += gradient * value * (value <= 0 ? 1.0f : 0.0f);
    if (result != nullptr) result[i] = gradient * (value > 0 ? 1.0f : value <= 0 ? slope : 0.0f);
  }
  return sum;
}

constexpr float kLowestNumber = -3.402823466e+38f;

inline void MaximumOfWindow(const MaximumPlane& plane, int first_row, int end_row, int pooled_row, int pooled_column) {
  const int start = pooled_column * plane.stride_width - plane.pad_width;
  const int end = start + plane.kernel_width < plane.width ? start + plane.kernel_width : plane.width;
  float maximum = kLowestNumber;
  int place = -1;
  for (int row = first_row; row < end_row; ++row) {
    for (int column = start > 0 ? start : 0; column < end; ++column) {
      const int index = row * plane.width + column;
      if (plane.input[index] > maximum) {
        maximum = plane.input[index];
        place = index;
      }
    }
  }
  plane.output[pooled_row * plane.pooled_width + pooled_column] = maximum;
  plane.places[pooled_row * plane.pooled_width + pooled_column] = place;
}

// The windows of some neighbouring outputs, all of which lie inside their rows; writes the first count of them.
template <int kLanes, int kStride>
inline void MaximumOfWindows(const MaximumPlane& plane, int first_row, int end_row, int pooled_row, int pooled_column,
                             int count) {
  using S = Simd<kLanes>;
  const int start = pooled_column * kStride - plane.pad_width;
  typename S::Vector maximum = S::Fill(kLowestNumber);
  typename S::Integers place = typename S::Integers{} - 1;
  typename S::Integers lanes;
#pragma GCC unroll 16
  for (int lane = 0; lane < kLanes; ++lane) lanes[lane] = lane * kStride;
  for (int row = first_row; row < end_row; ++row) {
    const float* const from = plane.input + row * plane.width + start;
    for (int k = 0; k < plane.kernel_width; ++k) {
      typename S::Vector values = S::Load(from + k);
      if constexpr (kStride == 2) values = EvenValues(values, S::Load(from + k + kLanes));
      const typename S::Integers above = values > maximum;
      maximum = above ? values : maximum;
      place = above ? lanes + (row * plane.width + start + k) : place;
    }
  }
  const int at = pooled_row * plane.pooled_width + pooled_column;
  for (int lane = 0; lane < count; ++lane) {
    plane.output[at + lane] = maximum[lane];
    plane.places[at + lane] = place[lane];
  }
}

template <int kLanes>
void MaximumPooling(const MaximumPlane& plane) {
  const int stride = plane.stride_width;
  const bool in_lanes = stride <= 2;
  // Columns whose windows lie inside.
  const int first_inner = (plane.pad_width + stride - 1) / stride;
  const int room = plane.width - plane.kernel_width + plane.pad_width;
  const int inner_end = room < 0 ? 0 : room / stride + 1 < plane.pooled_width ? room / stride + 1 : plane.pooled_width;
  for (int pooled_row = 0; pooled_row < plane.pooled_height; ++pooled_row) {
    const int start = pooled_row * plane.stride_height - plane.pad_height;
    const int first_row = start > 0 ? start : 0;
    const int end_row = start + plane.kernel_height < plane.height ? start + plane.kernel_height : plane.height;
    const float* const last_row = plane.input + (end_row - 1) * plane.width;
    int column = 0;
    while (column < plane.pooled_width) {
      const int left = column * stride - plane.pad_width;
      if (in_lanes && column >= first_inner && column < inner_end &&
          plane.readable_end - (last_row + left) >= plane.kernel_width - 1 + stride * kLanes) {
        const int count = inner_end - column < kLanes ? inner_end - column : kLanes;
        if (stride == 1) {
          MaximumOfWindows<kLanes, 1>(plane, first_row, end_row, pooled_row, column, count);
        } else {
          MaximumOfWindows<kLanes, 2>(plane, first_row, end_row, pooled_row, column, count);
        }
        column += count;
      } else {
        MaximumOfWindow(plane, first_row, end_row, pooled_row, column);
        ++column;
      }
    }
  }
}

struct TrainingMaker {
  template <int kLanes>
  static constexpr TrainingKernels Make() {
    return {RectifyForTraining<kLanes>, RectifyGradients<kLanes>, MaximumPooling<kLanes>};
  }
};

}  // namespace

template <int kSet>
const TrainingKernels* TrainingFamily<kSet>::ByLanes() {
  return kByLanes<TrainingMaker>;
}
template struct TrainingFamily<kInstructionSet>;

}  // namespace engine
}  // namespace caffesharp
