// Solverstates of both formats, restored by a solver that continues for one iteration.
#include <cstring>

#include "harness.h"
#include "small_nets.h"

// HDF5 itself leaves memory behind where a file is damaged.
extern "C" const char* __lsan_default_suppressions() { return "leak:libhdf5"; }

void caffesharp::fuzz::TryInput(const std::uint8_t* bytes, std::size_t length) {
  caffe_message* message = nullptr;
  caffe_solver* solver = nullptr;
  caffe_net* net = nullptr;
  std::int32_t layers = 0;
  WriteFile("state", bytes, length);
  Must(caffe_message_parse_text("SolverParameter", kSmallSolver, static_cast<std::int64_t>(std::strlen(kSmallSolver)),
                                nullptr, &message));
  Must(caffe_solver_create(message, nullptr, CAFFE_MODE_CPU, 0, &solver));
  Must(caffe_solver_net(solver, &net));
  if (Succeeded(caffe_solver_restore(solver, "state"))) {
    Must(caffe_net_layer_count(net, &layers));
    if (Succeeded(caffe_net_forward(net, 0, layers - 1, nullptr)) &&
        Succeeded(caffe_net_backward(net, layers - 1, 0))) {
      Succeeded(caffe_solver_apply_update(solver));
    }
  }
  Must(caffe_net_destroy(net));
  Must(caffe_solver_destroy(solver));
  Must(caffe_message_destroy(message));
}
