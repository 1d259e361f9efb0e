#ifndef CAFFESHARP_EXPORT_H_
#define CAFFESHARP_EXPORT_H_

#include <stddef.h>
#include <stdint.h>

/* Everything else in the library is hidden: Caffe, protobuf, boost. */
#define CAFFESHARP_EXPORT __attribute__((visibility("default")))

#endif /* CAFFESHARP_EXPORT_H_ */
