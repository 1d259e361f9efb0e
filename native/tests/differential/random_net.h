// Definitions of small random nets, of all layers that the accelerated engine knows and of many that Caffe runs.
#ifndef CAFFESHARP_TESTS_RANDOM_NET_H_
#define CAFFESHARP_TESTS_RANDOM_NET_H_

#include <cstdint>
#include <random>
#include <string>

namespace caffesharp::tests {

// The same numbers for the same seed with every compiler.
class Random {
 public:
  explicit Random(std::uint64_t seed) : engine_(seed) {}
  // From first to last.
  int Between(int first, int last) {
    return first + static_cast<int>(engine_() % static_cast<std::uint64_t>(last - first + 1));
  }
  bool OneIn(int count) { return Between(1, count) == 1; }
  // From -1 to 1.
  float Value() { return static_cast<float>(engine_() >> 40) / 8388608.0f - 1.0f; }

 private:
  std::mt19937_64 engine_;
};

struct RandomNet {
  std::string prototxt;
  // Of the blob 'data'.
  int channels = 1;
  int height = 1;
  int width = 1;
  // Whether 'data' is an input, and not of a layer that makes data.
  bool has_input = true;
  // Whether a pass changes what later passes give.
  bool has_state = false;
  // Whether a maximum is taken of values that are equal but for rounding: which one gets the gradient says nothing.
  bool has_rounded_ties = false;
  // Whether a layer has parameters of the size of its input.
  bool has_fixed_size = false;
};

RandomNet MakeRandomNet(Random* random);

}  // namespace caffesharp::tests

#endif  // CAFFESHARP_TESTS_RANDOM_NET_H_
