#ifndef CAFFESHARP_ENGINE_H_
#define CAFFESHARP_ENGINE_H_

#include "caffesharp/error.h"
#include "caffesharp/export.h"
#include "caffesharp/net.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What runs the layers of a net. */
typedef enum caffe_engine {
  /* Caffe itself. */
  CAFFE_ENGINE_CAFFE = 0,
  /* Kernels of this library for the layers they know, Caffe for the others. */
  CAFFE_ENGINE_ACCELERATED = 1
} caffe_engine;

/* What the kernels are compiled for; a higher one can more. */
typedef enum caffe_instruction_set {
  /* What every processor of its kind has: SSE2 on x86-64. */
  CAFFE_INSTRUCTIONS_BASELINE = 0,
  /* AVX2 and FMA. */
  CAFFE_INSTRUCTIONS_AVX2 = 1,
  /* AVX-512 F, VL, DQ and BW. */
  CAFFE_INSTRUCTIONS_AVX512 = 2
} caffe_instruction_set;

typedef struct caffe_engine_options {
  /* A caffe_engine. */
  int32_t engine;
  /* Threads that one forward pass may use at most; 0 for as many as the thread budget has (threads.h). Fewer help
   * where others are at work. */
  int32_t threads;
  /* The highest caffe_instruction_set to use; a lower one is used where the processor lacks it. */
  int32_t instruction_set;
} caffe_engine_options;

/* Chooses what runs the net from now on. In the train phase the layers that the kernels know run in them one by one,
 * forward and backward; a backward pass follows a forward pass in the same engine. Nets on a GPU are run by Caffe
 * whatever is chosen. */
CAFFESHARP_EXPORT caffe_status caffe_engine_choose(caffe_net* net, const caffe_engine_options* options);
/* 1 where the last whole forward pass, or in the train phase the layer's last, was run by the accelerated engine. */
CAFFESHARP_EXPORT caffe_status caffe_engine_runs_layer(const caffe_net* net, int32_t layer, int32_t* accelerated);
/* The highest caffe_instruction_set that this processor and this build have. */
CAFFESHARP_EXPORT caffe_status caffe_engine_best_instruction_set(int32_t* instruction_set);
/* Parameters that the accelerated engine keeps in the order of its kernels: once for all nets that share them, as long
 * as one of those nets has run. *bytes is the memory that they take now in the whole process; *packings is how many
 * times one layer's parameters were packed since the process began, which rises after writes alone, never after reads.
 */
CAFFESHARP_EXPORT caffe_status caffe_engine_packed_weights(int64_t* bytes, int64_t* packings);

#ifdef __cplusplus
}
#endif

#endif /* CAFFESHARP_ENGINE_H_ */
