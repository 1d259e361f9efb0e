// Prototxts of solvers with their nets in them: made, and run for two iterations.
#include "harness.h"

namespace {

using caffesharp::fuzz::Must;
using caffesharp::fuzz::Succeeded;

void Step(caffe_solver* solver, caffe_net* net) {
  std::int32_t layers = 0;
  float rate = 0;
  Must(caffe_net_layer_count(net, &layers));
  if (Succeeded(caffe_solver_start_iteration(solver, 0)) && Succeeded(caffe_net_forward(net, 0, layers - 1, nullptr)) &&
      Succeeded(caffe_net_backward(net, layers - 1, 0)) && Succeeded(caffe_solver_apply_update(solver))) {
    Succeeded(caffe_solver_learning_rate(solver, &rate));
  }
}

}  // namespace

void caffesharp::fuzz::TryInput(const std::uint8_t* bytes, std::size_t length) {
  const std::string text = WithoutPaths(bytes, length);
  caffe_message* message = nullptr;
  caffe_solver* solver = nullptr;
  caffe_net* net = nullptr;
  if (!Succeeded(caffe_message_parse_text("SolverParameter", text.data(), static_cast<std::int64_t>(text.size()),
                                          nullptr, &message))) {
    return;
  }
  if (Succeeded(caffe_solver_create(message, nullptr, CAFFE_MODE_CPU, 0, &solver))) {
    Must(caffe_solver_net(solver, &net));
    for (int i = 0; i < 2; ++i) Step(solver, net);
    Must(caffe_net_destroy(net));
  }
  Must(caffe_solver_destroy(solver));
  Must(caffe_message_destroy(message));
}
