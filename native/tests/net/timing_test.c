#include <stdlib.h>

#include "check.h"
#include "support.h"

TEST(timer_runs_between_start_and_stop_and_reads_the_same_ever_after) {
  caffe_timer* timer = NULL;
  double first = -1;
  double again = -1;
  CHECK_OK(caffe_timer_create(CAFFE_MODE_CPU, 0, &timer));
  CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "never started", caffe_timer_microseconds(timer, &first));
  CHECK_OK(caffe_timer_stop(timer));
  CHECK_OK(caffe_timer_start(timer));
  CHECK_OK(caffe_timer_start(timer));
  CHECK_OK(caffe_timer_microseconds(timer, &first));
  CHECK_THAT(first >= 0);
  CHECK_OK(caffe_timer_stop(timer));
  CHECK_OK(caffe_timer_microseconds(timer, &again));
  CHECK_THAT(first == again);
  CHECK_OK(caffe_timer_destroy(timer));
  CHECK_OK(caffe_timer_destroy(NULL));
}

TEST(timer_refuses_what_is_not_a_device) {
  caffe_timer* timer = NULL;
  CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "mode must be 0 (CPU) or 1 (GPU), got 7", caffe_timer_create(7, 0, &timer));
  CHECK_THAT(timer == NULL);
  CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "timer", caffe_timer_create(CAFFE_MODE_CPU, 0, NULL));
  CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "timer", caffe_timer_start(NULL));
}

TEST(layers_are_timed_one_by_one) {
  caffe_net* net = original_net("12net");
  int32_t layers = 0;
  CHECK_OK(caffe_net_layer_count(net, &layers));
  double* forward = calloc((size_t)layers, sizeof(double));
  double* backward = calloc((size_t)layers, sizeof(double));
  double forward_sum = 0;
  double backward_sum = 0;
  CHECK_OK(caffe_net_time(net, 1, layers, forward, backward, &forward_sum, &backward_sum));
  double sum = 0;
  for (int32_t i = 0; i < layers; ++i) {
    CHECK_THAT(forward[i] >= 0 && backward[i] >= 0);
    sum += forward[i];
  }
  CHECK_THAT(sum > 0 && sum <= forward_sum);
  CHECK_THAT(backward_sum > 0);
  CHECK_OK(caffe_net_time(net, 0, layers, forward, NULL, &forward_sum, NULL));
  CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "backward",
              caffe_net_time(net, 1, layers, forward, NULL, &forward_sum, &backward_sum));
  CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "layers", caffe_net_time(net, 0, layers - 1, forward, NULL, &forward_sum, NULL));
  free(forward);
  free(backward);
  CHECK_OK(caffe_net_destroy(net));
}

static const struct test tests[] = {
    ENTRY(timer_runs_between_start_and_stop_and_reads_the_same_ever_after),
    ENTRY(timer_refuses_what_is_not_a_device),
    ENTRY(layers_are_timed_one_by_one),
};
TEST_MAIN(tests)
