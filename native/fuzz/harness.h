// What every fuzz target shares. A target gives TryInput; the harness calls it with each input of libFuzzer's, and
// looks at what must hold after every one: an error has a message, no blob's memory stays behind. Every 1000 inputs and
// at the end a net of the project's detector must give the numbers that it gave before the first.
#ifndef CAFFESHARP_FUZZ_HARNESS_H_
#define CAFFESHARP_FUZZ_HARNESS_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "caffesharp/caffesharp.h"

namespace caffesharp::fuzz {

// One input of the target's format; everything that it makes is destroyed again. It may fail, by a status.
void TryInput(const std::uint8_t* bytes, std::size_t length);

// True if the call succeeded. Ends the process where it failed without saying why.
bool Succeeded(caffe_status status);

// Where a call of the target's own, which does not depend on the input, must succeed.
void Must(caffe_status status);

// Writes a file in the target's own folder, which is the current one.
void WriteFile(const char* name, const std::uint8_t* bytes, std::size_t length);

// Fills the net's inputs, runs it forward, and backward where backward is true. Destroys it.
void RunAndDestroy(caffe_net* net, bool backward);

// A text that names no file outside of the target's own folder.
std::string WithoutPaths(const std::uint8_t* bytes, std::size_t length);

}  // namespace caffesharp::fuzz

#endif  // CAFFESHARP_FUZZ_HARNESS_H_
