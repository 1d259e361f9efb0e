#ifndef CAFFESHARP_SOLVER_H_
#define CAFFESHARP_SOLVER_H_

#include "caffesharp/error.h"
#include "caffesharp/export.h"
#include "caffesharp/message.h"
#include "caffesharp/net.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A caffe::Solver<float> with its nets. The caller runs an iteration by its parts, so that nothing of the caller's runs
 * inside Caffe: start it, forward and backward of the net, apply the update. */
typedef struct caffe_solver caffe_solver;

/* parameter is a SolverParameter. path is the file it came from (null for none): the paths in it are seen from there,
 * and from the current folder without. mode and device are as in caffe_net_options; solver_mode is not read. All nets
 * of a solver draw from one random stream, seeded by random_seed. */
CAFFESHARP_EXPORT caffe_status caffe_solver_create(const caffe_message* parameter, const char* path, int32_t mode,
                                                   int32_t device, caffe_solver** solver);
/* Null is allowed. Its nets live on where they were handed out. */
CAFFESHARP_EXPORT caffe_status caffe_solver_destroy(caffe_solver* solver);

/* As it was made, in today's syntax, its paths absolute; a new message, to be destroyed by the caller. */
CAFFESHARP_EXPORT caffe_status caffe_solver_parameter(const caffe_solver* solver, caffe_message** parameter);
/* New handles each time, to be destroyed by the caller. */
CAFFESHARP_EXPORT caffe_status caffe_solver_net(caffe_solver* solver, caffe_net** net);
CAFFESHARP_EXPORT caffe_status caffe_solver_test_net_count(const caffe_solver* solver, int32_t* count);
CAFFESHARP_EXPORT caffe_status caffe_solver_test_net(caffe_solver* solver, int32_t index, caffe_net** net);

/* How many times the weights were updated. */
CAFFESHARP_EXPORT caffe_status caffe_solver_iteration(const caffe_solver* solver, int32_t* iteration);
/* The rate of the next update, before each parameter's own factor. */
CAFFESHARP_EXPORT caffe_status caffe_solver_learning_rate(caffe_solver* solver, float* rate);
/* Replaces base_lr, from which the policy goes on. */
CAFFESHARP_EXPORT caffe_status caffe_solver_set_base_learning_rate(caffe_solver* solver, float rate);

/* Seeds the random stream of all its nets anew. */
CAFFESHARP_EXPORT caffe_status caffe_solver_set_random_seed(caffe_solver* solver, uint32_t seed);

/* Sets the net's gradients to 0. With debug_info 1 the net logs every blob's mean as it runs. */
CAFFESHARP_EXPORT caffe_status caffe_solver_start_iteration(caffe_solver* solver, int32_t debug_info);
/* Updates the weights by the gradients; the next iteration begins. */
CAFFESHARP_EXPORT caffe_status caffe_solver_apply_update(caffe_solver* solver);

/* Writes weights and state beside each other, both or neither. The paths live until the solver's next snapshot. */
CAFFESHARP_EXPORT caffe_status caffe_solver_snapshot(caffe_solver* solver, const char** weights_path,
                                                     const char** state_path);
/* Goes on from a snapshot's state and weights, which may have been moved together. After a failure the solver is as it
 * was. */
CAFFESHARP_EXPORT caffe_status caffe_solver_restore(caffe_solver* solver, const char* state_path);

#ifdef __cplusplus
}
#endif

#endif /* CAFFESHARP_SOLVER_H_ */
