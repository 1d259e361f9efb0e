#ifndef CAFFESHARP_HDF5_H_
#define CAFFESHARP_HDF5_H_

#include "caffesharp/error.h"
#include "caffesharp/export.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The arrays of an HDF5 file, read as Caffe's HDF5Data layer reads them, by the same code. The file stays open. */
typedef struct caffe_hdf5 caffe_hdf5;

/* Lists the arrays, those in groups too, in the order of their names. A link to a place that is not there is no array.
 */
CAFFESHARP_EXPORT caffe_status caffe_hdf5_open(const char* path, caffe_hdf5** file);
/* Null is allowed. */
CAFFESHARP_EXPORT caffe_status caffe_hdf5_destroy(caffe_hdf5* file);
CAFFESHARP_EXPORT caffe_status caffe_hdf5_count(caffe_hdf5* file, int32_t* count);
/* "conv1/0" is the array 0 in the group conv1. The text lives as long as the file. */
CAFFESHARP_EXPORT caffe_status caffe_hdf5_name(caffe_hdf5* file, int32_t index, const char** name);
/* The dimensions of an array, as many of them as capacity has room for; *axes is the number of all, 0 for a single
 * number. CAFFE_ERROR_FORMAT where it is damaged, its values are no numbers or in another file, or no blob has such a
 * shape. */
CAFFESHARP_EXPORT caffe_status caffe_hdf5_shape(caffe_hdf5* file, int32_t index, int32_t* shape, int32_t capacity,
                                                int32_t* axes);
/* Reads an array of that many values: floats of 16, 32 or 64 bits or integers of 8 to 64, as floats. */
CAFFESHARP_EXPORT caffe_status caffe_hdf5_read(caffe_hdf5* file, int32_t index, float* values, int64_t count);

/* A file that is written in memory, for the caller to put where it belongs. */
typedef struct caffe_hdf5_image caffe_hdf5_image;

CAFFESHARP_EXPORT caffe_status caffe_hdf5_image_create(caffe_hdf5_image** image);
/* Null is allowed. */
CAFFESHARP_EXPORT caffe_status caffe_hdf5_image_destroy(caffe_hdf5_image* image);
/* Adds an array of 32-bit floats, and the groups that its name has before the last '/'; without an axis it is a single
 * number. count is that of values, and what the shape says. CAFFE_ERROR_ARGUMENT where it is not, or where the name is
 * taken or in a group that is an array. */
CAFFESHARP_EXPORT caffe_status caffe_hdf5_image_add(caffe_hdf5_image* image, const char* name, const float* values,
                                                    int64_t count, const int32_t* shape, int32_t axes);
/* The bytes of the file, which live until the next call for them or the image's end. */
CAFFESHARP_EXPORT caffe_status caffe_hdf5_image_bytes(caffe_hdf5_image* image, const void** bytes, int64_t* length);

#ifdef __cplusplus
}
#endif

#endif /* CAFFESHARP_HDF5_H_ */
