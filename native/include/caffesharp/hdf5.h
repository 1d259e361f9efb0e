#ifndef CAFFESHARP_HDF5_H_
#define CAFFESHARP_HDF5_H_

#include "caffesharp/error.h"
#include "caffesharp/export.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The arrays of an HDF5 file, read by the code of Caffe's HDF5Data layer. The file stays open. */
typedef struct caffe_hdf5 caffe_hdf5;

/* Opens a file and lists its arrays, including those in groups, ordered by name. Broken links are not listed. */
CAFFESHARP_EXPORT caffe_status caffe_hdf5_open(const char* path, caffe_hdf5** file);
/* Closes the file. Null is allowed. */
CAFFESHARP_EXPORT caffe_status caffe_hdf5_destroy(caffe_hdf5* file);
/* Gets the number of arrays. */
CAFFESHARP_EXPORT caffe_status caffe_hdf5_count(caffe_hdf5* file, int32_t* count);
/* Gets the name of an array. "conv1/0" is the array 0 in the group conv1. The text is valid as long as the file is
 * open. */
CAFFESHARP_EXPORT caffe_status caffe_hdf5_name(caffe_hdf5* file, int32_t index, const char** name);
/* Gets the dimensions of an array, at most capacity of them. *axes is the number of all dimensions, 0 for a single
 * number. Returns CAFFE_ERROR_FORMAT if the array is damaged, its values are not numbers or are in another file, or its
 * shape is not a valid shape of a blob. */
CAFFESHARP_EXPORT caffe_status caffe_hdf5_shape(caffe_hdf5* file, int32_t index, int32_t* shape, int32_t capacity,
                                                int32_t* axes);
/* Reads an array of count values (16, 32 or 64-bit floats, or 8 to 64-bit integers) and converts them to float. */
CAFFESHARP_EXPORT caffe_status caffe_hdf5_read(caffe_hdf5* file, int32_t index, float* values, int64_t count);

/* An HDF5 file that is built in memory. The caller writes its bytes to the destination. */
typedef struct caffe_hdf5_image caffe_hdf5_image;

/* Creates an empty file image. */
CAFFESHARP_EXPORT caffe_status caffe_hdf5_image_create(caffe_hdf5_image** image);
/* Destroys a file image. Null is allowed. */
CAFFESHARP_EXPORT caffe_status caffe_hdf5_image_destroy(caffe_hdf5_image* image);
/* Adds an array of 32-bit floats, and the groups that its name contains before the last '/'. With axes 0 it is a single
 * number. count is the number of values. Returns CAFFE_ERROR_ARGUMENT if count does not match the shape, the name
 * already exists, or a group in the name is an array. */
CAFFESHARP_EXPORT caffe_status caffe_hdf5_image_add(caffe_hdf5_image* image, const char* name, const float* values,
                                                    int64_t count, const int32_t* shape, int32_t axes);
/* Gets the bytes of the file. They are valid until the next call of this function or until the image is destroyed. */
CAFFESHARP_EXPORT caffe_status caffe_hdf5_image_bytes(caffe_hdf5_image* image, const void** bytes, int64_t* length);

#ifdef __cplusplus
}
#endif

#endif /* CAFFESHARP_HDF5_H_ */
