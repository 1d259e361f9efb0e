// The nets that weights, states and records are read into, and that the first inputs are written from.
#ifndef CAFFESHARP_FUZZ_SMALL_NETS_H_
#define CAFFESHARP_FUZZ_SMALL_NETS_H_

namespace caffesharp::fuzz {

extern const char* const kSmallNet;
extern const char* const kSmallSolver;
// Reads the files of list.txt.
extern const char* const kHdf5DataNet;

}  // namespace caffesharp::fuzz

#endif  // CAFFESHARP_FUZZ_SMALL_NETS_H_
