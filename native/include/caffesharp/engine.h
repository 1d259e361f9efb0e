#ifndef CAFFESHARP_ENGINE_H_
#define CAFFESHARP_ENGINE_H_

#include "caffesharp/error.h"
#include "caffesharp/export.h"
#include "caffesharp/net.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The engine that runs the layers of a net. */
typedef enum caffe_engine {
  /* Caffe itself. */
  CAFFE_ENGINE_CAFFE = 0,
  /* This library's kernels for the layers that they support, Caffe for the others. */
  CAFFE_ENGINE_ACCELERATED = 1
} caffe_engine;

/* The instruction sets that the kernels are compiled for. A higher value includes the lower ones. */
typedef enum caffe_instruction_set {
  /* The instructions that every processor of the architecture has: SSE2 on x86-64. */
  CAFFE_INSTRUCTIONS_BASELINE = 0,
  /* AVX2 and FMA. */
  CAFFE_INSTRUCTIONS_AVX2 = 1,
  /* AVX-512 F, VL, DQ and BW. */
  CAFFE_INSTRUCTIONS_AVX512 = 2
} caffe_instruction_set;

typedef struct caffe_engine_options {
  /* A caffe_engine. */
  int32_t engine;
  /* The most threads that one forward pass may use; 0 for the whole thread budget (threads.h). It uses fewer while
   * other passes are running. */
  int32_t threads;
  /* The highest caffe_instruction_set to use. A lower one is used if the processor lacks it. */
  int32_t instruction_set;
} caffe_engine_options;

/* Chooses the engine that runs the net from now on. In the train phase the kernels run the layers that they support one
 * by one, forward and backward. A backward pass uses the engine of the forward pass before it. Caffe always runs nets
 * on a GPU, regardless of this choice. */
CAFFESHARP_EXPORT caffe_status caffe_engine_choose(caffe_net* net, const caffe_engine_options* options);
/* Sets *accelerated to 1 if the accelerated engine ran the layer in the last whole forward pass, or, in the train
 * phase, in the layer's last forward pass. */
CAFFESHARP_EXPORT caffe_status caffe_engine_runs_layer(const caffe_net* net, int32_t layer, int32_t* accelerated);
/* Gets the highest caffe_instruction_set that both this processor and this build support. */
CAFFESHARP_EXPORT caffe_status caffe_engine_best_instruction_set(int32_t* instruction_set);
/* Gets the size of the packed parameters, which the accelerated engine keeps in the order of its kernels. Nets that
 * share parameters also share the packed copy, which exists while one of those nets has run. *bytes is the memory that
 * packed parameters use now in the whole process. *packings is how often one layer's parameters were packed since the
 * process started. Writes increase it; reads do not. */
CAFFESHARP_EXPORT caffe_status caffe_engine_packed_weights(int64_t* bytes, int64_t* packings);

#ifdef __cplusplus
}
#endif

#endif /* CAFFESHARP_ENGINE_H_ */
