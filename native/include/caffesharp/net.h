#ifndef CAFFESHARP_NET_H_
#define CAFFESHARP_NET_H_

#include "caffesharp/blob.h"
#include "caffesharp/error.h"
#include "caffesharp/export.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A caffe::Net<float>, with its mode, device and random stream. They do not depend on the calling thread. */
typedef struct caffe_net caffe_net;

typedef enum caffe_phase { CAFFE_PHASE_TRAIN = 0, CAFFE_PHASE_TEST = 1 } caffe_phase;

typedef struct caffe_net_options {
  /* A caffe_phase. */
  int32_t phase;
  int32_t level;
  /* stage_count strings; may be null if stage_count is 0. */
  const char* const* stages;
  int32_t stage_count;
  /* A caffe_mode, and the device if the mode is CAFFE_MODE_GPU. */
  int32_t mode;
  int32_t device;
  /* If has_seed is 1, fillers and dropout use a random stream that belongs to the net and does not depend on the
   * thread. */
  int32_t has_seed;
  uint32_t seed;
} caffe_net_options;

/* Creates a net from a prototxt file. Null options mean test phase, level 0, no stages, CPU, no seed. */
CAFFESHARP_EXPORT caffe_status caffe_net_create_from_file(const char* prototxt_path, const caffe_net_options* options,
                                                          caffe_net** net);
/* Creates a net from prototxt text of length bytes, which need not be zero-terminated. Error messages use name as the
 * path; "<text>" if it is null. */
CAFFESHARP_EXPORT caffe_status caffe_net_create_from_text(const char* text, int64_t length, const char* name,
                                                          const caffe_net_options* options, caffe_net** net);
/* Creates a net with the same definition, phase, rules and device. The clone has separate blobs and diffs and shares
 * the memory of the parameters. The two nets may be destroyed in any order and may run at the same time. Memory for a
 * second copy of the parameters is used only during the call. Layers that the caller implements are created again. Data
 * layers of the clone read independently, from the start. A net that writes a file (HDF5Output) is
 * CAFFE_ERROR_UNSUPPORTED. has_seed and seed are as in caffe_net_options. */
CAFFESHARP_EXPORT caffe_status caffe_net_clone(caffe_net* net, int32_t has_seed, uint32_t seed, caffe_net** clone);
/* Destroys a net. Null is allowed. */
CAFFESHARP_EXPORT caffe_status caffe_net_destroy(caffe_net* net);

CAFFESHARP_EXPORT caffe_status caffe_net_name(const caffe_net* net, const char** name);
CAFFESHARP_EXPORT caffe_status caffe_net_phase(const caffe_net* net, int32_t* phase);

/* Layers, in the order in which they run. They include the splits that Caffe inserts. */
CAFFESHARP_EXPORT caffe_status caffe_net_layer_count(const caffe_net* net, int32_t* count);
CAFFESHARP_EXPORT caffe_status caffe_net_layer_name(const caffe_net* net, int32_t layer, const char** name);
CAFFESHARP_EXPORT caffe_status caffe_net_layer_type(const caffe_net* net, int32_t layer, const char** type);
/* Gets the layer's definition (LayerParameter, without weights) in prototxt syntax. */
CAFFESHARP_EXPORT caffe_status caffe_net_layer_definition(const caffe_net* net, int32_t layer, const char** prototxt);
/* Gets the index of the layer with this name. If none has it, the message of CAFFE_ERROR_NOT_FOUND suggests the most
 * similar name. */
CAFFESHARP_EXPORT caffe_status caffe_net_layer_index(const caffe_net* net, const char* name, int32_t* layer);
CAFFESHARP_EXPORT caffe_status caffe_net_bottom_count(const caffe_net* net, int32_t layer, int32_t* count);
/* Gets the index of the blob (see caffe_net_blob). */
CAFFESHARP_EXPORT caffe_status caffe_net_bottom(const caffe_net* net, int32_t layer, int32_t bottom, int32_t* blob);
CAFFESHARP_EXPORT caffe_status caffe_net_top_count(const caffe_net* net, int32_t layer, int32_t* count);
CAFFESHARP_EXPORT caffe_status caffe_net_top(const caffe_net* net, int32_t layer, int32_t top, int32_t* blob);
CAFFESHARP_EXPORT caffe_status caffe_net_layer_param_count(const caffe_net* net, int32_t layer, int32_t* count);
/* Returns a new handle with each call, as caffe_net_blob does. The caller must destroy it. */
CAFFESHARP_EXPORT caffe_status caffe_net_layer_param(caffe_net* net, int32_t layer, int32_t param, caffe_blob** blob);

/* Blobs, in the order in which they appear. */
CAFFESHARP_EXPORT caffe_status caffe_net_blob_count(const caffe_net* net, int32_t* count);
CAFFESHARP_EXPORT caffe_status caffe_net_blob_name(const caffe_net* net, int32_t blob, const char** name);
CAFFESHARP_EXPORT caffe_status caffe_net_blob_index(const caffe_net* net, const char* name, int32_t* blob);
CAFFESHARP_EXPORT caffe_status caffe_net_blob(caffe_net* net, int32_t index, caffe_blob** blob);
/* Gets the loss weight of a blob; 0 if the blob is not a loss. */
CAFFESHARP_EXPORT caffe_status caffe_net_blob_loss_weight(const caffe_net* net, int32_t blob, float* weight);
/* Gets the bytes that the values of all blobs use in their current shapes, and those of the parameters if
 * with_parameters is not 0. Memory that two of them share counts twice. */
CAFFESHARP_EXPORT caffe_status caffe_net_bytes(const caffe_net* net, int32_t with_parameters, int64_t* bytes);
CAFFESHARP_EXPORT caffe_status caffe_net_input_count(const caffe_net* net, int32_t* count);
CAFFESHARP_EXPORT caffe_status caffe_net_input(const caffe_net* net, int32_t input, int32_t* blob);
CAFFESHARP_EXPORT caffe_status caffe_net_output_count(const caffe_net* net, int32_t* count);
CAFFESHARP_EXPORT caffe_status caffe_net_output(const caffe_net* net, int32_t output, int32_t* blob);

/* Runs the layers from first_layer to last_layer, both included. Each layer uses the shapes that its bottoms have when
 * it runs. An empty bottom is CAFFE_ERROR_ARGUMENT. *loss (loss may be null) is the weighted sum of the losses. */
CAFFESHARP_EXPORT caffe_status caffe_net_forward(caffe_net* net, int32_t first_layer, int32_t last_layer, float* loss);
/* Runs the layers backward from first_layer down to last_layer, both included: first_layer >= last_layer. */
CAFFESHARP_EXPORT caffe_status caffe_net_backward(caffe_net* net, int32_t first_layer, int32_t last_layer);
/* As the two functions above, but they check *stop before each layer and return if it is not 0. Another thread may
 * write *stop. *stopped is then 1 and *loss is the sum so far. The net is busy during the whole call. */
CAFFESHARP_EXPORT caffe_status caffe_net_forward_until(caffe_net* net, int32_t first_layer, int32_t last_layer,
                                                       const int32_t* stop, float* loss, int32_t* stopped);
CAFFESHARP_EXPORT caffe_status caffe_net_backward_until(caffe_net* net, int32_t first_layer, int32_t last_layer,
                                                        const int32_t* stop, int32_t* stopped);
/* Reshapes all layers from the current shapes of the inputs. */
CAFFESHARP_EXPORT caffe_status caffe_net_reshape(caffe_net* net);
CAFFESHARP_EXPORT caffe_status caffe_net_clear_param_diffs(caffe_net* net);

/* Sets the examples of a MemoryData layer. count is a multiple of its batch size. Each example has channels x height x
 * width values and a label. They are copied. The net reads them batch by batch and starts over after the last, until
 * other examples are set. */
CAFFESHARP_EXPORT caffe_status caffe_net_set_input_arrays(caffe_net* net, int32_t layer, const float* data,
                                                          int64_t data_length, const float* labels, int64_t count);

/* Copies parameters from a caffemodel (of any Caffe version) or an HDF5 file to the layers of the same name. Shapes are
 * checked before anything is written: after a failure the net has its old weights. *copied_layers (copied_layers may be
 * null) is the number of layers with parameters that received new values. */
CAFFESHARP_EXPORT caffe_status caffe_net_copy_from_file(caffe_net* net, const char* weights_path,
                                                        int32_t* copied_layers);
/* As above, from a caffemodel in memory. Error messages use name as the path; "<bytes>" if it is null. */
CAFFESHARP_EXPORT caffe_status caffe_net_copy_from_bytes(caffe_net* net, const void* bytes, int64_t length,
                                                         const char* name, int32_t* copied_layers);
/* Sets *copied to 1 if the last successful copy set the parameters of this layer. */
CAFFESHARP_EXPORT caffe_status caffe_net_layer_was_copied(const caffe_net* net, int32_t layer, int32_t* copied);
/* Makes the net share the memory of the parameters of the other net. Layers are matched by name. */
CAFFESHARP_EXPORT caffe_status caffe_net_share_with(caffe_net* net, caffe_net* other);
/* Writes a caffemodel, with the diffs if write_diff is 1. The file is written completely or not at all. */
CAFFESHARP_EXPORT caffe_status caffe_net_save(caffe_net* net, const char* path, int32_t write_diff);
/* As above, as an HDF5 file. */
CAFFESHARP_EXPORT caffe_status caffe_net_save_hdf5(caffe_net* net, const char* path, int32_t write_diff);

#ifdef __cplusplus
}
#endif

#endif /* CAFFESHARP_NET_H_ */
