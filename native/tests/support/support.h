/* What the tests share: the original models, nets of a few lines, files that go away. */
#ifndef CAFFESHARP_TESTS_SUPPORT_H_
#define CAFFESHARP_TESTS_SUPPORT_H_

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "caffesharp/caffesharp.h"

/* A net of one input, 1 x 1 x 4 x 4, and a convolution to 2 x 2 x 2. */
#define SMALL_INPUT                                   \
  "layer { name: 'input' type: 'Input' top: 'data'\n" \
  "        input_param { shape { dim: 1 dim: 1 dim: 4 dim: 4 } } }\n"
#define SMALL_CONVOLUTION                                                 \
  "layer { name: 'conv' type: 'Convolution' bottom: 'data' top: 'conv'\n" \
  "        convolution_param { num_output: 2 kernel_size: 3 weight_filler { type: 'gaussian' std: 1 } } }\n"
#define SMALL_NET "name: 'small'\n" SMALL_INPUT SMALL_CONVOLUTION

/* The path of one of the original models under models/, "reference/12net/12net.prototxt". Ends the program, saying how
 * to fix it, where they are not to be found. The text lives for ever. */
const char* model_path(const char* name);
/* The same of one of the photos under images/, "rocket.jpg". */
const char* photo_path(const char* name);

caffe_net* net_from_text(const char* prototxt);
caffe_net* net_from_file(const char* prototxt_path);
/* The status and, through caffe_error_last, the message of a net that cannot be made. */
caffe_status try_net_from_text(const char* prototxt);
/* One of the original nets with its original weights. */
caffe_net* original_net(const char* name);

caffe_blob* blob_by_name(caffe_net* net, const char* name);
int32_t layer_by_name(caffe_net* net, const char* name);
/* Reshapes the net's input of that name. */
void reshape_input(caffe_net* net, const char* name, int32_t n, int32_t c, int32_t h, int32_t w);
/* Fills the blob with numbers from -1 to 1 that look random and are the same for the same seed. */
void fill_blob(caffe_blob* blob, uint32_t seed);
caffe_status forward_all(caffe_net* net);
/* Fills the input of that name and runs the net. */
void forward_filled(caffe_net* net, const char* input, uint32_t seed);
/* A copy of the blob's data, to be freed. */
float* copy_data(caffe_net* net, const char* blob, int64_t* count);
/* True if both nets hold the same bits in the blob. */
bool same_data(caffe_net* a, caffe_net* b, const char* blob);

/* A folder that is removed with everything in it when the program ends, and a path in it. The text lives for ever. */
const char* temporary_path(const char* name);
void write_file(const char* path, const void* bytes, size_t length);
/* A copy of the first length bytes of a file; all of it where length is 0. *length becomes their number. To be freed.
 */
unsigned char* read_file(const char* path, size_t* length);

/* Resident memory of the process in kB. */
long resident_kilobytes(void);

#endif /* CAFFESHARP_TESTS_SUPPORT_H_ */
