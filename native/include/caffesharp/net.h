#ifndef CAFFESHARP_NET_H_
#define CAFFESHARP_NET_H_

#include "caffesharp/blob.h"
#include "caffesharp/error.h"
#include "caffesharp/export.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A caffe::Net<float>, with the mode, device and random stream it runs with, whatever thread calls. */
typedef struct caffe_net caffe_net;

typedef enum caffe_phase { CAFFE_PHASE_TRAIN = 0, CAFFE_PHASE_TEST = 1 } caffe_phase;

typedef struct caffe_net_options {
  /* A caffe_phase. */
  int32_t phase;
  int32_t level;
  /* stage_count strings; may be null where that is 0. */
  const char* const* stages;
  int32_t stage_count;
  /* A caffe_mode, and the device where it is CAFFE_MODE_GPU. */
  int32_t mode;
  int32_t device;
  /* With has_seed 1, fillers and dropout draw from a stream of the net's own, the same on any thread. */
  int32_t has_seed;
  uint32_t seed;
} caffe_net_options;

/* Null options: test phase, level 0, no stages, CPU, no seed. */
CAFFESHARP_EXPORT caffe_status caffe_net_create_from_file(const char* prototxt_path, const caffe_net_options* options,
                                                          caffe_net** net);
/* text of length bytes, which need not end with a zero; name stands for the path in messages ("<text>" where null). */
CAFFESHARP_EXPORT caffe_status caffe_net_create_from_text(const char* text, int64_t length, const char* name,
                                                          const caffe_net_options* options, caffe_net** net);
/* A net of the same definition, phase, rules and device, with blobs and diffs of its own, which shares the memory of
 * the parameters. The two may be destroyed in any order and run at the same time. Parameters are allocated for the
 * moment of making alone. Layers of the caller's are made anew; data layers read from their start, on their own; a net
 * that writes a file (HDF5Output) is CAFFE_ERROR_UNSUPPORTED. has_seed and seed are as in caffe_net_options. */
CAFFESHARP_EXPORT caffe_status caffe_net_clone(caffe_net* net, int32_t has_seed, uint32_t seed, caffe_net** clone);
/* Null is allowed. */
CAFFESHARP_EXPORT caffe_status caffe_net_destroy(caffe_net* net);

CAFFESHARP_EXPORT caffe_status caffe_net_name(const caffe_net* net, const char** name);
CAFFESHARP_EXPORT caffe_status caffe_net_phase(const caffe_net* net, int32_t* phase);

/* Layers, in the order they run; splits that Caffe inserted are among them. */
CAFFESHARP_EXPORT caffe_status caffe_net_layer_count(const caffe_net* net, int32_t* count);
CAFFESHARP_EXPORT caffe_status caffe_net_layer_name(const caffe_net* net, int32_t layer, const char** name);
CAFFESHARP_EXPORT caffe_status caffe_net_layer_type(const caffe_net* net, int32_t layer, const char** type);
/* The layer's definition (LayerParameter, without weights) in prototxt syntax. */
CAFFESHARP_EXPORT caffe_status caffe_net_layer_definition(const caffe_net* net, int32_t layer, const char** prototxt);
/* CAFFE_ERROR_NOT_FOUND names the nearest existing name. */
CAFFESHARP_EXPORT caffe_status caffe_net_layer_index(const caffe_net* net, const char* name, int32_t* layer);
CAFFESHARP_EXPORT caffe_status caffe_net_bottom_count(const caffe_net* net, int32_t layer, int32_t* count);
/* Index of the blob (see caffe_net_blob). */
CAFFESHARP_EXPORT caffe_status caffe_net_bottom(const caffe_net* net, int32_t layer, int32_t bottom, int32_t* blob);
CAFFESHARP_EXPORT caffe_status caffe_net_top_count(const caffe_net* net, int32_t layer, int32_t* count);
CAFFESHARP_EXPORT caffe_status caffe_net_top(const caffe_net* net, int32_t layer, int32_t top, int32_t* blob);
CAFFESHARP_EXPORT caffe_status caffe_net_layer_param_count(const caffe_net* net, int32_t layer, int32_t* count);
/* A new handle each time, to be destroyed by the caller, as for caffe_net_blob. */
CAFFESHARP_EXPORT caffe_status caffe_net_layer_param(caffe_net* net, int32_t layer, int32_t param, caffe_blob** blob);

/* Blobs, in the order they appear. */
CAFFESHARP_EXPORT caffe_status caffe_net_blob_count(const caffe_net* net, int32_t* count);
CAFFESHARP_EXPORT caffe_status caffe_net_blob_name(const caffe_net* net, int32_t blob, const char** name);
CAFFESHARP_EXPORT caffe_status caffe_net_blob_index(const caffe_net* net, const char* name, int32_t* blob);
CAFFESHARP_EXPORT caffe_status caffe_net_blob(caffe_net* net, int32_t index, caffe_blob** blob);
/* 0 for a blob that is no loss. */
CAFFESHARP_EXPORT caffe_status caffe_net_blob_loss_weight(const caffe_net* net, int32_t blob, float* weight);
/* Bytes that the values of all blobs take in their shapes of now; those of the parameters too where with_parameters is
 * not 0. Memory that two of them share counts twice. */
CAFFESHARP_EXPORT caffe_status caffe_net_bytes(const caffe_net* net, int32_t with_parameters, int64_t* bytes);
CAFFESHARP_EXPORT caffe_status caffe_net_input_count(const caffe_net* net, int32_t* count);
CAFFESHARP_EXPORT caffe_status caffe_net_input(const caffe_net* net, int32_t input, int32_t* blob);
CAFFESHARP_EXPORT caffe_status caffe_net_output_count(const caffe_net* net, int32_t* count);
CAFFESHARP_EXPORT caffe_status caffe_net_output(const caffe_net* net, int32_t output, int32_t* blob);

/* Runs the layers from first to last, both included, each in the shape its bottoms have by then; an empty bottom is
 * CAFFE_ERROR_ARGUMENT. *loss (may be null) is the weighted sum of their losses. */
CAFFESHARP_EXPORT caffe_status caffe_net_forward(caffe_net* net, int32_t first_layer, int32_t last_layer, float* loss);
/* Runs backward from the layer first down to last, both included: first >= last. */
CAFFESHARP_EXPORT caffe_status caffe_net_backward(caffe_net* net, int32_t first_layer, int32_t last_layer);
/* As the two above, but stops before a layer when it finds *stop, which another thread may write, not to be 0; *stopped
 * is then 1, and *loss the sum so far. The net is busy all the while. */
CAFFESHARP_EXPORT caffe_status caffe_net_forward_until(caffe_net* net, int32_t first_layer, int32_t last_layer,
                                                       const int32_t* stop, float* loss, int32_t* stopped);
CAFFESHARP_EXPORT caffe_status caffe_net_backward_until(caffe_net* net, int32_t first_layer, int32_t last_layer,
                                                        const int32_t* stop, int32_t* stopped);
/* Carries new shapes of the inputs through all layers. */
CAFFESHARP_EXPORT caffe_status caffe_net_reshape(caffe_net* net);
CAFFESHARP_EXPORT caffe_status caffe_net_clear_param_diffs(caffe_net* net);

/* Gives a MemoryData layer count examples, a multiple of its batch size, each with its channels x height x width values
 * and a label. They are copied; the net goes through them batch by batch, over and over, until it is given others. */
CAFFESHARP_EXPORT caffe_status caffe_net_set_input_arrays(caffe_net* net, int32_t layer, const float* data,
                                                          int64_t data_length, const float* labels, int64_t count);

/* Copies the parameters of the layers whose name the net knows, from a caffemodel (of any age) or an HDF5 file. Shapes
 * are checked before anything is written: after a failure the net has its old weights. *copied_layers (may be null) is
 * the number of layers with parameters that were given theirs. */
CAFFESHARP_EXPORT caffe_status caffe_net_copy_from_file(caffe_net* net, const char* weights_path,
                                                        int32_t* copied_layers);
/* As above, from a caffemodel in memory; name stands for the path in messages ("<bytes>" where null). */
CAFFESHARP_EXPORT caffe_status caffe_net_copy_from_bytes(caffe_net* net, const void* bytes, int64_t length,
                                                         const char* name, int32_t* copied_layers);
/* 1 where the last successful copy gave this layer its parameters. */
CAFFESHARP_EXPORT caffe_status caffe_net_layer_was_copied(const caffe_net* net, int32_t layer, int32_t* copied);
/* The net uses the parameters of other from now on, layer by name; their memory is shared. */
CAFFESHARP_EXPORT caffe_status caffe_net_share_with(caffe_net* net, caffe_net* other);
/* Writes a caffemodel, with the diffs where write_diff is 1. The file appears whole or not at all. */
CAFFESHARP_EXPORT caffe_status caffe_net_save(caffe_net* net, const char* path, int32_t write_diff);
CAFFESHARP_EXPORT caffe_status caffe_net_save_hdf5(caffe_net* net, const char* path, int32_t write_diff);

#ifdef __cplusplus
}
#endif

#endif /* CAFFESHARP_NET_H_ */
