#include "engine/kernels/pooling_kernels.h"

#include "engine/kernels/kernel_source.h"

namespace caffesharp {
namespace engine {
namespace {

constexpr float kLowest = -3.402823466e+38f;

template <int kLanes, bool kMaximum>
inline typename Simd<kLanes>::Vector Pooled(typename Simd<kLanes>::Vector a, typename Simd<kLanes>::Vector b) {
  if constexpr (kMaximum) return Simd<kLanes>::Maximum(b, a);
  return a + b;
}

// First down the columns, then along the row that this gives.
template <int kLanes, bool kMaximum>
void PoolPixels(const PoolingRow& row) {
  using S = Simd<kLanes>;
  using Vector = typename S::Vector;
  const float nothing = kMaximum ? kLowest : 0.0f;
  float* const line = row.scratch + row.pad;
  for (int i = 0; i < row.pad; ++i) row.scratch[i] = nothing;
  const int overhang = (row.output_width - 1) * row.stride + row.kernel - row.pad;
  for (int channel = 0; channel < row.channels; ++channel) {
    const float* const input = row.input + channel * row.input_channel_step;
    for (int x = 0; x < row.width; x += kLanes) {
      // Maxima ignore NaN, as Caffe's do: none may be the first value.
      Vector result = kMaximum ? S::Maximum(S::Load(input + x), S::Fill(nothing)) : S::Load(input + x);
      for (int y = 1; y < row.row_count; ++y) {
        result = Pooled<kLanes, kMaximum>(result, S::Load(input + y * row.row_step + x));
      }
      S::Store(line + x, result);
    }
    for (int x = row.width; x < overhang; ++x) line[x] = nothing;
    float* const output = row.output + channel * row.output_channel_step;
    if (row.stride <= 2) {
      for (int x = 0; x < row.output_width; x += kLanes) {
        const float* const from = row.scratch + x * row.stride;
        Vector result = S::Fill(nothing);
        for (int k = 0; k < row.kernel; ++k) {
          const Vector values =
              row.stride == 1 ? S::Load(from + k) : EvenValues(S::Load(from + k), S::Load(from + k + kLanes));
          result = Pooled<kLanes, kMaximum>(result, values);
        }
        if constexpr (!kMaximum) result = result * S::Load(row.column_factors + x) * row.row_factor;
        S::Store(output + x, result);
      }
    } else {
      for (int x = 0; x < row.output_width; ++x) {
        const float* const from = row.scratch + x * row.stride;
        float result = nothing;
        for (int k = 0; k < row.kernel; ++k) {
          if constexpr (kMaximum) {
            result = from[k] > result ? from[k] : result;
          } else {
            result += from[k];
          }
        }
        output[x] = kMaximum ? result : result * row.column_factors[x] * row.row_factor;
      }
    }
  }
}

template <int kLanes, bool kMaximum>
void PoolImages(const PoolingRow& row) {
  using S = Simd<kLanes>;
  using Vector = typename S::Vector;
  for (int channel = 0; channel < row.channels; ++channel) {
    const float* const input = row.input + channel * row.input_channel_step;
    float* const output = row.output + channel * row.output_channel_step;
    for (int x = 0; x < row.output_width; ++x) {
      const int start = x * row.stride - row.pad;
      const int first = start > 0 ? start : 0;
      const int end = start + row.kernel < row.width ? start + row.kernel : row.width;
      Vector result = S::Fill(kMaximum ? kLowest : 0.0f);
      for (int y = 0; y < row.row_count; ++y) {
        const float* const from = input + y * row.row_step;
        for (int column = first; column < end; ++column) {
          result = Pooled<kLanes, kMaximum>(result, S::Load(from + column * kLanes));
        }
      }
      if constexpr (!kMaximum) result = result * (row.column_factors[x] * row.row_factor);
      S::Store(output + x * kLanes, result);
    }
  }
}

template <int kLanes>
void PoolPixelsOfEitherKind(const PoolingRow& row) {
  if (row.maximum) {
    PoolPixels<kLanes, true>(row);
  } else {
    PoolPixels<kLanes, false>(row);
  }
}

template <int kLanes>
void PoolImagesOfEitherKind(const PoolingRow& row) {
  if (row.maximum) {
    PoolImages<kLanes, true>(row);
  } else {
    PoolImages<kLanes, false>(row);
  }
}

struct PoolingMaker {
  template <int kLanes>
  static constexpr PoolingKernels Make() {
    return {PoolPixelsOfEitherKind<kLanes>, PoolImagesOfEitherKind<kLanes>};
  }
};

}  // namespace

template <int kSet>
const PoolingKernels* PoolingFamily<kSet>::ByLanes() {
  return kByLanes<PoolingMaker>;
}
template struct PoolingFamily<kInstructionSet>;

}  // namespace engine
}  // namespace caffesharp
