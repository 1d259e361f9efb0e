#ifndef CAFFESHARP_EXPORT_H_
#define CAFFESHARP_EXPORT_H_

#include <stddef.h>
#include <stdint.h>

/* Exports a function. All other symbols of the library (Caffe, protobuf, boost) are hidden. */
#define CAFFESHARP_EXPORT __attribute__((visibility("default")))

#endif /* CAFFESHARP_EXPORT_H_ */
