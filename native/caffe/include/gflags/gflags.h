// What Caffe's source finds when it includes <gflags/gflags.h>: a library has no command line, so there is nothing to
// parse. Caffe tells by the name of this include guard which namespace to use.
#ifndef GFLAGS_GFLAGS_H_
#define GFLAGS_GFLAGS_H_

namespace gflags {
inline unsigned int ParseCommandLineFlags(int*, char***, bool) { return 1; }
}  // namespace gflags

#endif  // GFLAGS_GFLAGS_H_
