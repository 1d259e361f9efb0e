// The kernels themselves, for any number of lanes. Included by one translation unit an instruction set.
#ifndef CAFFESHARP_SRC_ENGINE_KERNELS_KERNEL_TEMPLATES_H_
#define CAFFESHARP_SRC_ENGINE_KERNELS_KERNEL_TEMPLATES_H_

#include <cstddef>

#include "engine/kernels/kernels.h"
#include "engine/kernels/simd.h"
#include "engine/kernels/training_kernel_templates.h"

namespace caffesharp {
namespace engine {
namespace {

#ifdef __AVX512VL__
constexpr int kRegisters = 32;
#else
constexpr int kRegisters = 16;
#endif
// What is left for sums, beside inputs and a weight.
constexpr int kSums = kRegisters == 32 ? 24 : 12;
constexpr int kMostVectors = 4;

// Vectors of a row beside each other, so that the sums of all stay in registers.
constexpr int VectorsAtATime(int sums_of_vector) {
  const int most = kSums / sums_of_vector;
  return most < 1 ? 1 : most < kMostVectors ? most : kMostVectors;
}

// kBlock output channels of some output vectors.
template <int kLanes, int kBlock, int kVectors>
using Sums = typename Simd<kLanes>::Vector[kBlock][kVectors];

template <int kLanes, int kBlock, int kVectors>
inline __attribute__((always_inline)) void AddProducts(const float* input, std::ptrdiff_t step, const float* weights,
                                                       Sums<kLanes, kBlock, kVectors>& sums) {
  using S = Simd<kLanes>;
  using Vector = typename S::Vector;
  Vector values[kVectors];
#pragma GCC unroll 4
  for (int v = 0; v < kVectors; ++v) values[v] = S::Load(input + v * step);
#pragma GCC unroll 8
  for (int channel = 0; channel < kBlock; ++channel) {
    const Vector weight = S::Fill(weights[channel]);
#pragma GCC unroll 4
    for (int v = 0; v < kVectors; ++v) sums[channel][v] += weight * values[v];
  }
}

template <int kLanes, int kBlock, int kVectors>
inline __attribute__((always_inline)) void StoreSums(Sums<kLanes, kBlock, kVectors>& sums, const float* slopes,
                                                     float* output, std::ptrdiff_t channel_step) {
  using S = Simd<kLanes>;
  using Vector = typename S::Vector;
  if (slopes != nullptr) {
#pragma GCC unroll 8
    for (int channel = 0; channel < kBlock; ++channel) {
      const Vector slope = S::Fill(slopes[channel]);
#pragma GCC unroll 4
      for (int v = 0; v < kVectors; ++v) {
        const Vector sum = sums[channel][v];
        sums[channel][v] = sum > 0 ? sum : sum * slope;
      }
    }
  }
#pragma GCC unroll 8
  for (int channel = 0; channel < kBlock; ++channel) {
#pragma GCC unroll 4
    for (int v = 0; v < kVectors; ++v) S::Store(output + channel * channel_step + v * kLanes, sums[channel][v]);
  }
}

template <int kLanes, int kBlock>
struct RowTile {
  using Arguments = ConvolutionRow;
  static constexpr int kWeightsOfTap = 1;
  static constexpr int kMost = VectorsAtATime(kBlock);

  template <int kVectors>
  static inline void Compute(const ConvolutionRow& row, const float* input, const float* weights, const float* bias,
                             const float* slopes, float* output) {
    using S = Simd<kLanes>;
    Sums<kLanes, kBlock, kVectors> sums;
#pragma GCC unroll 8
    for (int channel = 0; channel < kBlock; ++channel) {
#pragma GCC unroll 4
      for (int v = 0; v < kVectors; ++v) sums[channel][v] = S::Fill(bias[channel]);
    }
    const std::ptrdiff_t* const end = row.taps + row.tap_count;
    for (const std::ptrdiff_t* tap = row.taps; tap != end; ++tap, weights += kBlock) {
      AddProducts<kLanes, kBlock, kVectors>(input + *tap, row.vector_step, weights, sums);
    }
    StoreSums<kLanes, kBlock, kVectors>(sums, slopes, output, row.output_channel_step);
  }
};

template <int kLanes, int kBlock>
struct PairTile {
  using Arguments = ConvolutionPair;
  static constexpr int kWeightsOfTap = 4;
  static constexpr int kMost = VectorsAtATime(2 * kBlock);

  template <int kVectors>
  static inline void Compute(const ConvolutionPair& pair, const float* input, const float* weights, const float* bias,
                             const float* slopes, float* output) {
    using S = Simd<kLanes>;
    using Vector = typename S::Vector;
    Sums<kLanes, kBlock, kVectors> upper;
    Sums<kLanes, kBlock, kVectors> lower;
#pragma GCC unroll 8
    for (int channel = 0; channel < kBlock; ++channel) {
#pragma GCC unroll 4
      for (int v = 0; v < kVectors; ++v) {
        upper[channel][v] = S::Fill(bias[channel]);
        lower[channel][v] = Vector{};
      }
    }
    const std::ptrdiff_t* const end = pair.taps + pair.tap_count;
    for (const std::ptrdiff_t* tap = pair.taps; tap != end; ++tap, weights += 2 * kBlock) {
      const float* const from = input + *tap;
      AddProducts<kLanes, kBlock, kVectors>(from, pair.vector_step, weights, upper);
      AddProducts<kLanes, kBlock, kVectors>(from + pair.sum_step, pair.vector_step, weights + kBlock, lower);
    }
    // What the two rows have in common is done.
#pragma GCC unroll 8
    for (int channel = 0; channel < kBlock; ++channel) {
#pragma GCC unroll 4
      for (int v = 0; v < kVectors; ++v) {
        const Vector sum = upper[channel][v];
        upper[channel][v] = sum + lower[channel][v];
        lower[channel][v] = sum - lower[channel][v];
      }
    }
    input += 2 * pair.sum_step;
    for (const std::ptrdiff_t* tap = pair.taps; tap != end; ++tap, weights += 2 * kBlock) {
      const float* const from = input + *tap;
      AddProducts<kLanes, kBlock, kVectors>(from, pair.vector_step, weights, upper);
      AddProducts<kLanes, kBlock, kVectors>(from + pair.sum_step, pair.vector_step, weights + kBlock, lower);
    }
    StoreSums<kLanes, kBlock, kVectors>(upper, slopes, output, pair.output_channel_step);
    StoreSums<kLanes, kBlock, kVectors>(lower, slopes, output + pair.output_row_step, pair.output_channel_step);
  }
};

template <int kLanes, typename Tile>
void ConvolveBlock(const typename Tile::Arguments& row, const float* weights, const float* bias, const float* slopes,
                   float* output) {
  // Tiles as alike as can be: a narrow last one would wait for its own sums.
  int tiles = (row.vectors + Tile::kMost - 1) / Tile::kMost;
  int left = row.vectors;
  const float* input = row.input;
  while (left > 0) {
    const int vectors = (left + tiles - 1) / tiles;
    if constexpr (Tile::kMost >= 4) {
      if (vectors == 4) Tile::template Compute<4>(row, input, weights, bias, slopes, output);
    }
    if constexpr (Tile::kMost >= 3) {
      if (vectors == 3) Tile::template Compute<3>(row, input, weights, bias, slopes, output);
    }
    if constexpr (Tile::kMost >= 2) {
      if (vectors == 2) Tile::template Compute<2>(row, input, weights, bias, slopes, output);
    }
    if (vectors == 1) Tile::template Compute<1>(row, input, weights, bias, slopes, output);
    input += vectors * row.vector_step;
    output += vectors * kLanes;
    left -= vectors;
    --tiles;
  }
}

template <int kLanes, template <int, int> class Tile>
void Convolve(const typename Tile<kLanes, 1>::Arguments& row) {
  using Block = void (*)(const typename Tile<kLanes, 1>::Arguments&, const float*, const float*, const float*, float*);
  static constexpr Block kBlocks[kLargestBlock] = {
      ConvolveBlock<kLanes, Tile<kLanes, 1>>, ConvolveBlock<kLanes, Tile<kLanes, 2>>,
      ConvolveBlock<kLanes, Tile<kLanes, 3>>, ConvolveBlock<kLanes, Tile<kLanes, 4>>,
      ConvolveBlock<kLanes, Tile<kLanes, 5>>, ConvolveBlock<kLanes, Tile<kLanes, 6>>,
      ConvolveBlock<kLanes, Tile<kLanes, 7>>, ConvolveBlock<kLanes, Tile<kLanes, 8>>};
  const float* weights = row.weights;
  for (int channel = 0; channel < row.channels; channel += row.block) {
    const int channels = row.channels - channel < row.block ? row.channels - channel : row.block;
    kBlocks[channels - 1](row, weights, row.bias + channel, row.slopes == nullptr ? nullptr : row.slopes + channel,
                          row.output + channel * row.output_channel_step);
    weights += Tile<kLanes, 1>::kWeightsOfTap * row.tap_count * channels;
  }
}

template <int kLanes>
void SumRows(const RowSums& rows) {
  using S = Simd<kLanes>;
  using Vector = typename S::Vector;
  for (int channel = 0; channel < rows.channels; ++channel) {
    const float* const input = rows.input + channel * rows.input_channel_step;
    float* const output = rows.output + channel * rows.output_channel_step;
    for (int x = 0; x < rows.length; x += kLanes) {
      const Vector first = S::Load(input + x);
      const Vector second = S::Load(input + rows.row_step + x);
      const Vector third = S::Load(input + 2 * rows.row_step + x);
      const Vector fourth = S::Load(input + 3 * rows.row_step + x);
      S::Store(output + x, second + third);
      S::Store(output + rows.sum_step + x, third - second);
      S::Store(output + 2 * rows.sum_step + x, first - third);
      S::Store(output + 3 * rows.sum_step + x, fourth - second);
    }
  }
}

// Lanes are outputs here: a single value has none to spare.
template <int kLanes>
void Dense(const DenseRow& row) {
  using S = Simd<kLanes>;
  using Vector = typename S::Vector;
  constexpr int kVectors = 4;
  constexpr int kOutputs = kVectors * kLanes;
  static_assert(kDenseBlock % kOutputs == 0, "a block is computed in whole parts");
  for (int block = 0; block < row.channels; block += kDenseBlock) {
    const float* const block_weights = row.weights + row.tap_count * block;
    for (int part = 0; part < kDenseBlock && block + part < row.channels; part += kOutputs) {
      // From the bias on, as in a convolution: sums are the same to the bit.
      Vector sums[kVectors];
#pragma GCC unroll 4
      for (int v = 0; v < kVectors; ++v) sums[v] = S::Load(row.bias + block + part + v * kLanes);
      const float* weights = block_weights + part;
      for (std::ptrdiff_t tap = 0; tap < row.tap_count; ++tap, weights += kDenseBlock) {
        const Vector value = S::Fill(row.input[row.taps[tap]]);
#pragma GCC unroll 4
        for (int v = 0; v < kVectors; ++v) sums[v] += value * S::Load(weights + v * kLanes);
      }
      float results[kOutputs];
#pragma GCC unroll 4
      for (int v = 0; v < kVectors; ++v) S::Store(results + v * kLanes, sums[v]);
      for (int i = 0; i < kOutputs && block + part + i < row.channels; ++i) {
        const int channel = block + part + i;
        const float sum = results[i];
        row.output[channel * row.output_channel_step] =
            row.slopes == nullptr || sum > 0 ? sum : sum * row.slopes[channel];
      }
    }
  }
}

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
      Vector result = S::Load(input + x);
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
void PoolPictures(const PoolingRow& row) {
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
void PoolPicturesOfEitherKind(const PoolingRow& row) {
  if (row.maximum) {
    PoolPictures<kLanes, true>(row);
  } else {
    PoolPictures<kLanes, false>(row);
  }
}

template <int kLanes, typename Function>
inline void ForEachValue(const ElementwiseRow& row, Function&& function) {
  using S = Simd<kLanes>;
  for (int channel = 0; channel < row.channels; ++channel) {
    const float* const input = row.input + channel * row.input_channel_step;
    float* const output = row.output + channel * row.output_channel_step;
    for (int x = 0; x < row.vectors; ++x) {
      S::Store(output + x * kLanes, function(channel, S::Load(input + x * kLanes)));
    }
  }
}

template <int kLanes>
void Affine(const ElementwiseRow& row) {
  using Vector = typename Simd<kLanes>::Vector;
  ForEachValue<kLanes>(
      row, [&row](int channel, Vector value) -> Vector { return value * row.scale[channel] + row.shift[channel]; });
}

template <int kLanes>
void Rectify(const ElementwiseRow& row) {
  using Vector = typename Simd<kLanes>::Vector;
  ForEachValue<kLanes>(
      row, [&row](int channel, Vector value) -> Vector { return value > 0 ? value : value * row.scale[channel]; });
}

template <int kLanes>
void Combine(const CombinationRow& row) {
  using S = Simd<kLanes>;
  using Vector = typename S::Vector;
  for (int channel = 0; channel < row.channels; ++channel) {
    const float* const input = row.input + channel * row.input_channel_step;
    float* const output = row.output + channel * row.output_channel_step;
    for (int x = 0; x < row.vectors; ++x) {
      Vector value = S::Load(input + x * kLanes) * row.coefficient;
      if (row.accumulate) {
        const Vector before = S::Load(output + x * kLanes);
        switch (row.combination) {
          case Combination::kSum:
            value = before + value;
            break;
          case Combination::kProduct:
            value = before * value;
            break;
          case Combination::kMaximum:
            value = S::Maximum(before, value);
            break;
        }
      }
      S::Store(output + x * kLanes, value);
    }
  }
}

template <int kLanes>
void Softmax(const ElementwiseRow& row) {
  using S = Simd<kLanes>;
  using Vector = typename S::Vector;
  for (int x = 0; x < row.vectors; ++x) {
    const float* const input = row.input + x * kLanes;
    float* const output = row.output + x * kLanes;
    Vector largest = S::Load(input);
    for (int channel = 1; channel < row.channels; ++channel) {
      largest = S::Maximum(S::Load(input + channel * row.input_channel_step), largest);
    }
    Vector sum = {};
    for (int channel = 0; channel < row.channels; ++channel) {
      const Vector value = S::Exponential(S::Load(input + channel * row.input_channel_step) - largest);
      sum += value;
      S::Store(output + channel * row.output_channel_step, value);
    }
    for (int channel = 0; channel < row.channels; ++channel) {
      float* const at = output + channel * row.output_channel_step;
      S::Store(at, S::Load(at) / sum);
    }
  }
}

template <int kLanes>
void Interleave(const float* pictures, std::ptrdiff_t picture_step, int count, int length, float* values) {
  using S = Simd<kLanes>;
  using Vector = typename S::Vector;
  int i = 0;
  if (count == kLanes) {
    for (; i + kLanes <= length; i += kLanes) {
      Vector square[kLanes];
#pragma GCC unroll 16
      for (int picture = 0; picture < kLanes; ++picture)
        square[picture] = S::Load(pictures + picture * picture_step + i);
      Transpose<kLanes>(square);
#pragma GCC unroll 16
      for (int value = 0; value < kLanes; ++value) S::Store(values + (i + value) * kLanes, square[value]);
    }
  }
  for (; i < length; ++i) {
    for (int picture = 0; picture < kLanes; ++picture) {
      values[i * kLanes + picture] = picture < count ? pictures[picture * picture_step + i] : 0.0f;
    }
  }
}

template <int kLanes>
constexpr KernelTable MakeTable() {
  return {kLanes,
          {kLargestBlock, kRegisters == 32 ? kLargestBlock : kSums / 2, kRegisters == 32 ? kLargestBlock : kSums / 3},
          {kRegisters == 32 ? kLargestBlock : kSums / 2, kSums / 4, kRegisters == 32 ? kSums / 6 : kSums / 4},
          Convolve<kLanes, RowTile>,
          SumRows<kLanes>,
          Convolve<kLanes, PairTile>,
          Dense<kLanes>,
          PoolPixelsOfEitherKind<kLanes>,
          PoolPicturesOfEitherKind<kLanes>,
          Affine<kLanes>,
          Rectify<kLanes>,
          Combine<kLanes>,
          Softmax<kLanes>,
          Interleave<kLanes>,
          MakeTrainingKernels<kLanes>()};
}

}  // namespace
}  // namespace engine
}  // namespace caffesharp

#endif  // CAFFESHARP_SRC_ENGINE_KERNELS_KERNEL_TEMPLATES_H_
