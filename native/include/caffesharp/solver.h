#ifndef CAFFESHARP_SOLVER_H_
#define CAFFESHARP_SOLVER_H_

#include "caffesharp/error.h"
#include "caffesharp/export.h"
#include "caffesharp/message.h"
#include "caffesharp/net.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A caffe::Solver<float> with its nets. The caller runs an iteration step by step, so that no code of the caller runs
 * inside Caffe: start the iteration, run the net forward and backward, apply the update. */
typedef struct caffe_solver caffe_solver;

/* Creates a solver. parameter is a SolverParameter. path is the file that it was read from, or null. Relative paths in
 * parameter start at the folder of that file, or at the current folder if path is null. mode and device are as in
 * caffe_net_options; solver_mode is ignored. All nets of a solver use one random stream, seeded with random_seed. */
CAFFESHARP_EXPORT caffe_status caffe_solver_create(const caffe_message* parameter, const char* path, int32_t mode,
                                                   int32_t device, caffe_solver** solver);
/* Destroys a solver. Null is allowed. Net handles that it returned stay valid. */
CAFFESHARP_EXPORT caffe_status caffe_solver_destroy(caffe_solver* solver);

/* Gets the parameter that the solver was created with, in the current form and with absolute paths. The caller must
 * destroy the message. */
CAFFESHARP_EXPORT caffe_status caffe_solver_parameter(const caffe_solver* solver, caffe_message** parameter);
/* Each call returns a new handle. The caller must destroy it. */
CAFFESHARP_EXPORT caffe_status caffe_solver_net(caffe_solver* solver, caffe_net** net);
CAFFESHARP_EXPORT caffe_status caffe_solver_test_net_count(const caffe_solver* solver, int32_t* count);
CAFFESHARP_EXPORT caffe_status caffe_solver_test_net(caffe_solver* solver, int32_t index, caffe_net** net);

/* Gets the number of weight updates so far. */
CAFFESHARP_EXPORT caffe_status caffe_solver_iteration(const caffe_solver* solver, int32_t* iteration);
/* Gets the learning rate of the next update, before each parameter's lr_mult is applied. */
CAFFESHARP_EXPORT caffe_status caffe_solver_learning_rate(caffe_solver* solver, float* rate);
/* Replaces base_lr. The learning rate policy continues with it. */
CAFFESHARP_EXPORT caffe_status caffe_solver_set_base_learning_rate(caffe_solver* solver, float rate);

/* Sets a new seed for the random stream of all nets of the solver. */
CAFFESHARP_EXPORT caffe_status caffe_solver_set_random_seed(caffe_solver* solver, uint32_t seed);

/* Sets the net's gradients to 0. If debug_info is 1, the net logs the mean of every blob while it runs. */
CAFFESHARP_EXPORT caffe_status caffe_solver_start_iteration(caffe_solver* solver, int32_t debug_info);
/* Updates the weights from the gradients and ends the iteration. */
CAFFESHARP_EXPORT caffe_status caffe_solver_apply_update(caffe_solver* solver);

/* Writes the weights and the state to the same folder, both or neither. The paths are valid until the solver's next
 * snapshot. */
CAFFESHARP_EXPORT caffe_status caffe_solver_snapshot(caffe_solver* solver, const char** weights_path,
                                                     const char** state_path);
/* Restores the state and weights of a snapshot. The two files may have been moved together. A failure does not change
 * the solver. */
CAFFESHARP_EXPORT caffe_status caffe_solver_restore(caffe_solver* solver, const char* state_path);

#ifdef __cplusplus
}
#endif

#endif /* CAFFESHARP_SOLVER_H_ */
