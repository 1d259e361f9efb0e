/* Layers that the caller computes, from C. The callbacks are set once in a process, so each test sets them first. */
#include "caffesharp/managed_layer.h"

#include <string.h>

#include "check.h"
#include "support.h"

#define DOUBLING                                                    \
  "force_backward: true\n" SMALL_INPUT                              \
  "layer { name: 'twice' type: 'Managed' bottom: 'data' top: 'y'\n" \
  "        python_param { module: 'm' layer: 'Twice' param_str: 'p' } }\n"

static int made;
static int destroyed;
static int32_t failing_method = -1;

static void create(const char* module, const char* layer, int64_t* object, char* message, int32_t capacity,
                   int32_t* status) {
  if (strcmp(module, "m") == 0 && strcmp(layer, "Twice") == 0) {
    *object = ++made;
    *status = CAFFE_OK;
    return;
  }
  snprintf(message, (size_t)capacity, "there is no %s", layer);
  *status = CAFFE_ERROR_NOT_FOUND;
}

/* top = 2 * bottom, or its gradient. */
static void twice(caffe_managed_call* call, int32_t method) {
  const char* name;
  caffe_blob* bottom;
  caffe_blob* top;
  MUST(caffe_managed_bottom(call, 0, &name, &bottom));
  CHECK_SAME_TEXT(name, "data");
  MUST(caffe_managed_top(call, 0, &name, &top));
  CHECK_SAME_TEXT(name, "y");
  int32_t shape[CAFFE_MAX_BLOB_AXES];
  int32_t axes;
  MUST(caffe_blob_shape(bottom, shape, CAFFE_MAX_BLOB_AXES, &axes));
  int32_t propagates = 0;
  const float* from;
  float* to;
  int64_t count = 0;
  if (method == CAFFE_MANAGED_RESHAPE) {
    MUST(caffe_blob_reshape(top, shape, axes));
  } else if (method == CAFFE_MANAGED_FORWARD) {
    CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "only during backward", caffe_managed_propagates_down(call, 0, &propagates));
    MUST(caffe_blob_data(bottom, &from, &count));
    MUST(caffe_blob_mutable_data(top, &to, &count));
    for (int64_t i = 0; i < count; ++i) to[i] = 2 * from[i];
  } else if (method == CAFFE_MANAGED_BACKWARD) {
    MUST(caffe_managed_propagates_down(call, 0, &propagates));
    CHECK_THAT(propagates == 1);
    MUST(caffe_blob_diff(top, &from, &count));
    MUST(caffe_blob_mutable_diff(bottom, &to, &count));
    for (int64_t i = 0; i < count; ++i) to[i] = 2 * from[i];
  }
  CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "bottom 1 is out of range", caffe_managed_bottom(call, 1, &name, &bottom));
  CHECK_OK(caffe_blob_destroy(bottom));
  CHECK_OK(caffe_blob_destroy(top));
}

static void run(int64_t object, int32_t method, caffe_managed_call* call, char* message, int32_t capacity,
                int32_t* status) {
  CHECK_THAT(object > 0 && object <= made);
  if (method == failing_method) {
    snprintf(message, (size_t)capacity, "method %d is tired", (int)method);
    *status = CAFFE_ERROR_LAYER;
    return;
  }
  const int32_t shape[] = {3};
  caffe_blob* parameter;
  if (method == CAFFE_MANAGED_SETUP) {
    caffe_managed_description description;
    MUST(caffe_managed_describe(call, &description));
    CHECK_SAME_TEXT(description.name, "twice");
    CHECK_SAME_TEXT(description.type, "Managed");
    CHECK_SAME_TEXT(description.module, "m");
    CHECK_SAME_TEXT(description.layer, "Twice");
    CHECK_SAME_TEXT(description.param_str, "p");
    CHECK_CONTAINS(description.definition, "param_str: \"p\"");
    CHECK_THAT(description.phase == CAFFE_PHASE_TEST && description.bottom_count == 1 && description.top_count == 1);
    MUST(caffe_managed_add_parameter(call, shape, 1, &parameter));
    CHECK_OK(caffe_blob_destroy(parameter));
  } else {
    CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "only during set-up", caffe_managed_add_parameter(call, shape, 1, &parameter));
  }
  twice(call, method);
  *status = CAFFE_OK;
}

static void destroy(int64_t object) {
  CHECK_THAT(object > 0 && object <= made);
  ++destroyed;
}

static void set_callbacks(void) {
  static int set;
  if (set++ == 0) MUST(caffe_managed_set_callbacks(create, run, destroy));
  failing_method = -1;
}

TEST(callbacks_are_set_once_and_whole) {
  CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "a callback is null", caffe_managed_set_callbacks(create, NULL, destroy));
  set_callbacks();
  CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "set already", caffe_managed_set_callbacks(create, run, destroy));
}

TEST(layer_runs_forward_and_backward_and_ends_with_its_net) {
  set_callbacks();
  const int before = destroyed;
  caffe_net* net = net_from_text(DOUBLING);
  caffe_blob* bottom = blob_by_name(net, "data");
  fill_blob(bottom, 1);
  MUST(forward_all(net));
  int64_t count;
  float* x = copy_data(net, "data", &count);
  float* y = copy_data(net, "y", &count);
  CHECK_THAT(count == 16);
  for (int64_t i = 0; i < count; ++i) CHECK_THAT(y[i] == 2 * x[i]);
  free(x);
  free(y);

  float* slope;
  caffe_blob* top = blob_by_name(net, "y");
  MUST(caffe_blob_mutable_diff(top, &slope, &count));
  for (int64_t i = 0; i < count; ++i) slope[i] = (float)i;
  MUST(caffe_net_backward(net, 1, 0));
  const float* gradient;
  MUST(caffe_blob_diff(bottom, &gradient, &count));
  for (int64_t i = 0; i < count; ++i) CHECK_THAT(gradient[i] == 2 * (float)i);
  int32_t parameters;
  MUST(caffe_net_layer_param_count(net, 1, &parameters));
  CHECK_THAT(parameters == 1);
  CHECK_OK(caffe_blob_destroy(top));
  CHECK_OK(caffe_blob_destroy(bottom));
  CHECK_OK(caffe_net_destroy(net));
  CHECK_THAT(destroyed == made && destroyed > before);
}

TEST(failure_names_the_layer_and_the_net_stays_usable) {
  set_callbacks();
  caffe_net* net = net_from_text(DOUBLING);
  for (failing_method = CAFFE_MANAGED_RESHAPE; failing_method <= CAFFE_MANAGED_FORWARD; ++failing_method) {
    CHECK_FAILS(CAFFE_ERROR_LAYER, "layer 'twice' (Managed): method", forward_all(net));
  }
  failing_method = CAFFE_MANAGED_BACKWARD;
  CHECK_FAILS(CAFFE_ERROR_LAYER, "method 3 is tired", caffe_net_backward(net, 1, 0));
  failing_method = CAFFE_MANAGED_SETUP;
  CHECK_FAILS(CAFFE_ERROR_LAYER, "method 0 is tired", try_net_from_text(DOUBLING));
  CHECK_THAT(destroyed == made - 1);
  failing_method = -1;
  CHECK_OK(forward_all(net));
  CHECK_OK(caffe_net_destroy(net));
}

TEST(unknown_class_is_refused_in_the_callers_words) {
  set_callbacks();
  CHECK_FAILS(CAFFE_ERROR_NOT_FOUND, "layer 'l' (Python): there is no Thrice",
              try_net_from_text(SMALL_INPUT "layer { name: 'l' type: 'Python' bottom: 'data' top: 'y'\n"
                                            "        python_param { module: 'm' layer: 'Thrice' } }\n"));
}

static const struct test tests[] = {
    ENTRY(callbacks_are_set_once_and_whole),
    ENTRY(layer_runs_forward_and_backward_and_ends_with_its_net),
    ENTRY(failure_names_the_layer_and_the_net_stays_usable),
    ENTRY(unknown_class_is_refused_in_the_callers_words),
};

TEST_MAIN(tests)
