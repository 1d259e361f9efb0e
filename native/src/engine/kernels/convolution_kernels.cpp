#include "engine/kernels/convolution_kernels.h"

#include "engine/kernels/kernel_source.h"

namespace caffesharp {
namespace engine {
namespace {

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
        // The added zero makes 0 of -0, see rectify_kernel.cpp.
        sums[channel][v] = sum > 0 ? sum : sum * slope + Vector{};
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

struct ConvolutionMaker {
  template <int kLanes>
  static constexpr ConvolutionKernels Make() {
    return {{kLargestBlock, kRegisters == 32 ? kLargestBlock : kSums / 2, kRegisters == 32 ? kLargestBlock : kSums / 3},
            {kRegisters == 32 ? kLargestBlock : kSums / 2, kSums / 4, kRegisters == 32 ? kSums / 6 : kSums / 4},
            Convolve<kLanes, RowTile>,
            SumRows<kLanes>,
            Convolve<kLanes, PairTile>};
  }
};

}  // namespace

template <int kSet>
const ConvolutionKernels* ConvolutionFamily<kSet>::ByLanes() {
  return kByLanes<ConvolutionMaker>;
}
template struct ConvolutionFamily<kInstructionSet>;

}  // namespace engine
}  // namespace caffesharp
