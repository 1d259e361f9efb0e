// A vector of lanes: GCC's vector extension, so that one source serves every instruction set. Included by the kernels'
// translation units alone, each compiled for its own set; nothing here may be shared between them, hence the unnamed
// namespace.
#ifndef CAFFESHARP_SRC_ENGINE_KERNELS_SIMD_H_
#define CAFFESHARP_SRC_ENGINE_KERNELS_SIMD_H_

#include <cstddef>
#include <cstring>

namespace caffesharp {
namespace engine {
namespace {

template <int kLanes>
struct Simd {
  typedef float Vector __attribute__((vector_size(kLanes * sizeof(float))));
  typedef int Integers __attribute__((vector_size(kLanes * sizeof(float))));

  // At any address. GCC 10 forgets that a template's vector type may lie unaligned, so it is copied.
  static inline Vector Load(const float* from) {
    Vector value;
    std::memcpy(&value, from, sizeof(value));
    return value;
  }
  static inline void Store(float* to, Vector value) { std::memcpy(to, &value, sizeof(value)); }
  static inline Vector Fill(float value) { return value - Vector{}; }

  static inline Vector Maximum(Vector a, Vector b) { return a > b ? a : b; }

  // Relative error below 2e-7; arguments are brought into the range where the result is a normal number.
  static inline Vector Exponential(Vector x) {
    const Vector low = Fill(-87.0f);
    const Vector high = Fill(88.0f);
    x = x < low ? low : x;
    x = x > high ? high : x;
    // Adding 1.5 * 2^23 rounds to a whole number, which the lowest bits then hold.
    const Vector rounded = x * 1.44269504088896341f + 12582912.0f;
    const Vector whole = rounded - 12582912.0f;
    // ln 2 in two parts, the first exact in few bits.
    const Vector rest = (x - whole * 0.693359375f) + whole * 2.12194440e-4f;
    Vector polynomial = Fill(1.9875691500e-4f);
    polynomial = polynomial * rest + 1.3981999507e-3f;
    polynomial = polynomial * rest + 8.3334519073e-3f;
    polynomial = polynomial * rest + 4.1665795894e-2f;
    polynomial = polynomial * rest + 1.6666665459e-1f;
    polynomial = polynomial * rest + 5.0000001201e-1f;
    polynomial = polynomial * (rest * rest) + rest + 1.0f;
    // Casts between vectors of one size keep the bits.
    const Integers exponent = ((Integers)rounded - 0x4B400000 + 127) << 23;
    return polynomial * (Vector)exponent;
  }
};

// The values of a, then those of b, that stand at these places.
template <int kLanes, int... kPlaces>
inline typename Simd<kLanes>::Vector Shuffle(typename Simd<kLanes>::Vector a, typename Simd<kLanes>::Vector b) {
#if defined(__clang__) || __GNUC__ >= 12
  return __builtin_shufflevector(a, b, kPlaces...);
#else
  return __builtin_shuffle(a, b, typename Simd<kLanes>::Integers{kPlaces...});
#endif
}

// EvenValues: every second value of two vectors that follow each other, from the first on. ZipLow, ZipHigh: their lower
// or upper halves, value by value.
inline Simd<4>::Vector EvenValues(Simd<4>::Vector a, Simd<4>::Vector b) { return Shuffle<4, 0, 2, 4, 6>(a, b); }
inline Simd<4>::Vector ZipLow(Simd<4>::Vector a, Simd<4>::Vector b) { return Shuffle<4, 0, 4, 1, 5>(a, b); }
inline Simd<4>::Vector ZipHigh(Simd<4>::Vector a, Simd<4>::Vector b) { return Shuffle<4, 2, 6, 3, 7>(a, b); }
#ifdef __AVX2__
inline Simd<8>::Vector EvenValues(Simd<8>::Vector a, Simd<8>::Vector b) {
  return Shuffle<8, 0, 2, 4, 6, 8, 10, 12, 14>(a, b);
}
inline Simd<8>::Vector ZipLow(Simd<8>::Vector a, Simd<8>::Vector b) {
  return Shuffle<8, 0, 8, 1, 9, 2, 10, 3, 11>(a, b);
}
inline Simd<8>::Vector ZipHigh(Simd<8>::Vector a, Simd<8>::Vector b) {
  return Shuffle<8, 4, 12, 5, 13, 6, 14, 7, 15>(a, b);
}
#endif
#ifdef __AVX512F__
inline Simd<16>::Vector EvenValues(Simd<16>::Vector a, Simd<16>::Vector b) {
  return Shuffle<16, 0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30>(a, b);
}
inline Simd<16>::Vector ZipLow(Simd<16>::Vector a, Simd<16>::Vector b) {
  return Shuffle<16, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23>(a, b);
}
inline Simd<16>::Vector ZipHigh(Simd<16>::Vector a, Simd<16>::Vector b) {
  return Shuffle<16, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31>(a, b);
}
#endif

// Zipping each vector with the one half the list further on, log2(kLanes) times, transposes the square.
template <int kLanes>
inline void Transpose(typename Simd<kLanes>::Vector (&rows)[kLanes]) {
#pragma GCC unroll 4
  for (int step = 1; step < kLanes; step *= 2) {
    typename Simd<kLanes>::Vector zipped[kLanes];
#pragma GCC unroll 8
    for (int i = 0; i < kLanes / 2; ++i) {
      zipped[2 * i] = ZipLow(rows[i], rows[i + kLanes / 2]);
      zipped[2 * i + 1] = ZipHigh(rows[i], rows[i + kLanes / 2]);
    }
#pragma GCC unroll 16
    for (int i = 0; i < kLanes; ++i) rows[i] = zipped[i];
  }
}

}  // namespace
}  // namespace engine
}  // namespace caffesharp

#endif  // CAFFESHARP_SRC_ENGINE_KERNELS_SIMD_H_
