#include "check.h"
#include "support.h"

#define MOMENTS 4

static int calls[MOMENTS];
static int last_layer[MOMENTS];
static int failing_moment = -1;
static caffe_net* running;

static void hook(int64_t context, int32_t moment, int32_t layer, char* message, int32_t capacity, int32_t* status) {
  CHECK_THAT(context == 42);
  ++calls[moment];
  last_layer[moment] = layer;
  *status = CAFFE_OK;
  if (moment == failing_moment) {
    snprintf(message, (size_t)capacity, "hook %d is tired", (int)moment);
    *status = CAFFE_ERROR_LAYER;
    return;
  }
  CHECK_STATUS(CAFFE_ERROR_BUSY, caffe_net_reshape(running));
}

static caffe_net* hooked_net(void) {
  memset(calls, 0, sizeof calls);
  failing_moment = -1;
  running = net_from_text(SMALL_NET);
  for (int32_t moment = 0; moment < MOMENTS; ++moment) MUST(caffe_net_set_hook(running, moment, hook, 42));
  return running;
}

TEST(hooks_run_around_every_layer) {
  caffe_net* net = hooked_net();
  MUST(forward_all(net));
  CHECK_THAT(calls[CAFFE_HOOK_BEFORE_FORWARD] == 2 && calls[CAFFE_HOOK_AFTER_FORWARD] == 2);
  CHECK_THAT(last_layer[CAFFE_HOOK_AFTER_FORWARD] == 1 && calls[CAFFE_HOOK_BEFORE_BACKWARD] == 0);
  MUST(caffe_net_backward(net, 1, 0));
  CHECK_THAT(calls[CAFFE_HOOK_BEFORE_BACKWARD] == 2 && calls[CAFFE_HOOK_AFTER_BACKWARD] == 2);
  CHECK_THAT(last_layer[CAFFE_HOOK_AFTER_BACKWARD] == 0);
  MUST(caffe_net_set_hook(net, CAFFE_HOOK_BEFORE_FORWARD, NULL, 0));
  MUST(forward_all(net));
  CHECK_THAT(calls[CAFFE_HOOK_BEFORE_FORWARD] == 2 && calls[CAFFE_HOOK_AFTER_FORWARD] == 4);
  CHECK_OK(caffe_net_destroy(net));
}

TEST(failure_of_a_hook_ends_the_run_and_names_the_layer) {
  caffe_net* net = hooked_net();
  failing_moment = CAFFE_HOOK_AFTER_FORWARD;
  CHECK_FAILS(CAFFE_ERROR_LAYER, "layer 'input' (Input): hook 1 is tired", forward_all(net));
  CHECK_THAT(calls[CAFFE_HOOK_BEFORE_FORWARD] == 1);
  failing_moment = CAFFE_HOOK_BEFORE_BACKWARD;
  CHECK_FAILS(CAFFE_ERROR_LAYER, "layer 'conv' (Convolution): hook 2 is tired", caffe_net_backward(net, 1, 0));
  failing_moment = -1;
  CHECK_OK(forward_all(net));
  CHECK_OK(caffe_net_destroy(net));
}

TEST(wrong_moment_and_net_are_refused) {
  caffe_net* net = net_from_text(SMALL_NET);
  CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "got 4", caffe_net_set_hook(net, 4, hook, 0));
  CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "got -1", caffe_net_set_hook(net, -1, hook, 0));
  CHECK_STATUS(CAFFE_ERROR_ARGUMENT, caffe_net_set_hook(NULL, 0, hook, 0));
  CHECK_OK(caffe_net_destroy(net));
}

TEST(hook_ends_with_the_handle_that_set_it) {
  caffe_net* net = hooked_net();
  /* A blob keeps the net, which a second handle of a solver's would run. */
  caffe_blob* blob = blob_by_name(net, "conv");
  CHECK_OK(caffe_net_destroy(net));
  CHECK_OK(caffe_blob_destroy(blob));
  CHECK_THAT(calls[CAFFE_HOOK_BEFORE_FORWARD] == 0);
}

static const struct test tests[] = {
    ENTRY(hooks_run_around_every_layer),
    ENTRY(failure_of_a_hook_ends_the_run_and_names_the_layer),
    ENTRY(wrong_moment_and_net_are_refused),
    ENTRY(hook_ends_with_the_handle_that_set_it),
};

TEST_MAIN(tests)
