/* Definitions and values that Caffe itself divides by, indexes with or allocates for without a look: found by fuzzing,
 * most of them the end of the process. */
#include "check.h"
#include "support.h"

#define INPUT(shape) "layer { name: 'in' type: 'Input' top: 'data' input_param { shape { " shape " } } }\n"
#define MAP INPUT("dim: 1 dim: 2 dim: 4 dim: 4")
#define LAYER(type, rest) "layer { name: 'x' type: '" type "' bottom: 'data' top: 'x' " rest " }\n"
/* Scores of two examples in three classes, whose labels are all the same. */
#define LOSS(type, label)                                                                                   \
  "force_backward: true layer { name: 'in' type: 'DummyData' top: 'data' top: 'label' dummy_data_param {\n" \
  "  shape { dim: 2 dim: 3 } shape { dim: 2 } data_filler { type: 'constant' value: 0.5 }\n"                \
  "  data_filler { type: 'constant' value: " label                                                          \
  " } } }\n"                                                                                                \
  "layer { name: 'x' type: '" type                                                                          \
  "' bottom: 'data' bottom: 'label' top: 'x' propagate_down: true propagate_down: false }\n"

static void check_refused(caffe_status status, const char* message, const char* prototxt) {
  CHECK_STATUS(status, try_net_from_text(prototxt));
  CHECK_CONTAINS(last_message(), message);
  caffe_error error;
  CHECK_OK(caffe_error_last(&error));
  CHECK_SAME_TEXT(error.layer, "x");
}

TEST(numbers_that_caffe_divides_by_are_not_0) {
  check_refused(CAFFE_ERROR_FORMAT,
                ":2: layer 'x' (Convolution): convolution_param.stride_h is 0; it must be at least 1",
                MAP LAYER("Convolution", "convolution_param { num_output: 1 kernel_size: 1 stride_h: 0 stride_w: 1 }"));
  check_refused(CAFFE_ERROR_FORMAT, "(Deconvolution): convolution_param.stride_w is 0; it must be at least 1",
                MAP LAYER("Deconvolution", "convolution_param { num_output: 1 kernel_size: 1 stride_h: 2 }"));
  check_refused(CAFFE_ERROR_FORMAT, "(Im2col): convolution_param.stride is 0; it must be at least 1",
                MAP LAYER("Im2col", "convolution_param { kernel_size: 1 stride: 0 }"));
  check_refused(CAFFE_ERROR_FORMAT, "(Pooling): pooling_param.stride is 0; it must be at least 1",
                MAP LAYER("Pooling", "pooling_param { kernel_size: 2 stride: 0 }"));
  check_refused(CAFFE_ERROR_FORMAT, "(SPP): spp_param.pyramid_height is 0; it must be at least 1",
                MAP LAYER("SPP", "spp_param { pyramid_height: 0 pool: MAX }"));
}

TEST(numbers_beyond_those_caffe_counts_with_are_refused) {
  check_refused(CAFFE_ERROR_FORMAT, "(Convolution): convolution_param.pad is 2147483647; it must be at most 32767",
                MAP LAYER("Convolution", "convolution_param { num_output: 1 kernel_size: 1 pad: 2147483647 }"));
  check_refused(CAFFE_ERROR_FORMAT, "(Scale): scale_param.num_axes is 2147483647; it must be at most 32",
                MAP LAYER("Scale", "scale_param { axis: 1 num_axes: 2147483647 }"));
  check_refused(CAFFE_ERROR_FORMAT,
                "(InnerProduct): inner_product_param.num_output is 4294967295; it must be at most 2147483647",
                MAP LAYER("InnerProduct", "inner_product_param { num_output: 4294967295 }"));
  check_refused(CAFFE_ERROR_FORMAT, "(Reshape): reshape_param.shape.dim is 4294967296; it must be at most 2147483647",
                MAP LAYER("Reshape", "reshape_param { shape { dim: 4294967296 } }"));
  /* Caffe takes the offset for -1, and copies what lies before the blob. */
  check_refused(CAFFE_ERROR_FORMAT, "(Crop): crop_param.offset is 4294967295; it must be at most 2147483647",
                MAP LAYER("Crop", "bottom: 'data' crop_param { axis: 2 offset: 4294967295 }"));
}

/* Caffe reads the shapes that do not exist from the memory behind those that are. */
TEST(inputs_without_all_of_their_shapes_are_refused) {
  CHECK_FAILS(
      CAFFE_ERROR_FORMAT, "<text>: input_dim is given 5 times for 2 inputs; it must be given 8 times",
      try_net_from_text("input: 'a' input: 'b' input_dim: 1 input_dim: 1 input_dim: 1 input_dim: 1 input_dim: 1\n"
                        "layer { name: 'x' type: 'ReLU' bottom: 'a' top: 'x' }"));
  CHECK_FAILS(CAFFE_ERROR_FORMAT, "<text>: input_shape is given 1 times for 2 inputs; it must be given 2 times",
              try_net_from_text("input: 'a' input: 'b' input_shape { dim: 1 }\n"
                                "layer { name: 'x' type: 'ReLU' bottom: 'a' top: 'x' }"));
}

TEST(sizes_that_overflow_are_refused) {
  /* 5 times 858993460 is 4 in 32 bits: the layer would write 17 GB into a blob of 4 numbers. */
  check_refused(CAFFE_ERROR_FORMAT,
                "(Tile): 858993460 times its bottom, 1 x 5, is more than a blob can hold (2147483647)",
                INPUT("dim: 1 dim: 5") LAYER("Tile", "tile_param { axis: 1 tiles: 858993460 }"));
  /* 65536 times 65536 is 0, by which the layer would divide. */
  check_refused(CAFFE_ERROR_FORMAT,
                "(Reshape): the shape in reshape_param, with what is kept of its bottom's, is more than",
                MAP LAYER("Reshape", "reshape_param { shape { dim: -1 dim: 65536 dim: 65536 } }"));
}

/* Caffe would make four layers a step, for hours. */
TEST(recurrent_layer_of_very_many_steps_is_refused) {
  check_refused(CAFFE_ERROR_FORMAT, "layer 'x' (LSTM): its bottom, 5001 x 1 x 1, has more than 5000 steps",
                "layer { name: 'in' type: 'Input' top: 'data' top: 'continues' input_param {\n"
                "  shape { dim: 5001 dim: 1 dim: 1 } shape { dim: 5001 dim: 1 } } }\n" LAYER(
                    "LSTM", "bottom: 'continues' recurrent_param { num_output: 1 }"));
}

TEST(empty_bottom_is_refused_when_the_net_is_made) {
  check_refused(
      CAFFE_ERROR_ARGUMENT, ":3: layer 'x' (Reshape): its bottom 'none' is empty (1 x 2 x 0 x 0)",
      MAP
      "layer { name: 'pool' type: 'Pooling' bottom: 'data' top: 'none' pooling_param { kernel_size: 6 stride: 2 } }\n"
      "layer { name: 'x' type: 'Reshape' bottom: 'none' top: 'x' reshape_param { shape { dim: 0 dim: -1 } } }\n");
}

/* Caffe looks at these when the layer is set up alone. */
TEST(top_k_beyond_a_smaller_input_is_refused) {
  caffe_net* net = net_from_text(INPUT("dim: 2 dim: 5") LAYER("ArgMax", "argmax_param { top_k: 4 }"));
  const int32_t smaller[] = {2, 3};
  caffe_blob* data = blob_by_name(net, "data");
  CHECK_OK(forward_all(net));
  CHECK_OK(caffe_blob_reshape(data, smaller, 2));
  CHECK_FAILS(CAFFE_ERROR_FORMAT,
              "layer 'x' (ArgMax): argmax_param.top_k is 4; there are 3 values to choose from in 2 x 3",
              forward_all(net));
  CHECK_OK(caffe_blob_destroy(data));
  CHECK_OK(caffe_net_destroy(net));
}

#define PAIRS(labels)                                                                     \
  "layer { name: 'in' type: 'Input' top: 'data' top: 'other' top: 'same' input_param {\n" \
  "  shape { dim: 2 dim: 3 } shape { dim: 2 dim: 3 } shape { dim: " labels                \
  " } } }\n"                                                                              \
  "layer { name: 'x' type: 'ContrastiveLoss' bottom: 'data' bottom: 'other' bottom: 'same' top: 'x' }\n"

TEST(contrastive_loss_requires_a_label_a_pair_and_grows_with_its_input) {
  check_refused(CAFFE_ERROR_FORMAT, "layer 'x' (ContrastiveLoss): there are 1 labels for 2 pairs", PAIRS("1"));
  /* Ten times as many pairs as when the layer made its buffers: each differs by 1 in 3 numbers, half of 3 is the loss.
   */
  caffe_net* net = net_from_text(PAIRS("2"));
  const int32_t pairs[] = {20, 3};
  static const char* const names[] = {"data", "other", "same"};
  for (int i = 0; i < 3; ++i) {
    caffe_blob* blob = blob_by_name(net, names[i]);
    float* values = NULL;
    int64_t count = 0;
    CHECK_OK(caffe_blob_reshape(blob, pairs, i < 2 ? 2 : 1));
    CHECK_OK(caffe_blob_mutable_data(blob, &values, &count));
    for (int64_t j = 0; j < count; ++j) values[j] = i == 1 ? 0.0f : 1.0f;
    CHECK_OK(caffe_blob_destroy(blob));
  }
  float loss = 0;
  CHECK_OK(caffe_net_forward(net, 0, 1, &loss));
  CHECK_THAT(loss == 1.5f);
  CHECK_OK(caffe_net_destroy(net));
}

static caffe_net* training_net(const char* prototxt) {
  const caffe_net_options options = {.phase = CAFFE_PHASE_TRAIN};
  caffe_net* net = NULL;
  MUST(caffe_net_create_from_text(prototxt, (int64_t)strlen(prototxt), NULL, &options, &net));
  return net;
}

TEST(labels_of_no_class_are_refused) {
  static const struct {
    const char* prototxt;
    const char* message;
  } nets[] = {
      {LOSS("HingeLoss", "100000000"),
       "layer 'x' (HingeLoss): value 0 of its bottom 'label' is 100000000.000000; there are 3 classes, counted from 0"},
      {LOSS("MultinomialLogisticLoss", "3"),
       "layer 'x' (MultinomialLogisticLoss): value 0 of its bottom 'label' is 3.000000; there are 3 classes, counted "
       "from 0"},
      {LOSS("MultinomialLogisticLoss", "nan"), "value 0 of its bottom 'label' is nan"},
  };
  for (size_t i = 0; i < sizeof(nets) / sizeof(nets[0]); ++i) {
    caffe_net* net = training_net(nets[i].prototxt);
    CHECK_FAILS(CAFFE_ERROR_CHECK, nets[i].message, forward_all(net));
    CHECK_OK(caffe_net_destroy(net));
  }
  caffe_net* net = training_net(LOSS("HingeLoss", "2"));
  CHECK_OK(forward_all(net));
  CHECK_OK(caffe_net_destroy(net));
}

/* Caffe looks at the labels on its way forward alone. */
TEST(backward_after_a_forward_that_failed_is_refused_too) {
  caffe_net* net = training_net(LOSS("SoftmaxWithLoss", "7"));
  CHECK_FAILS(CAFFE_ERROR_CHECK, "layer 'x' (SoftmaxWithLoss): Check failed: label_value < ", forward_all(net));
  CHECK_FAILS(CAFFE_ERROR_CHECK, "value 0 of its bottom 'label' is 7.000000; there are 3 classes",
              caffe_net_backward(net, 1, 0));
  CHECK_OK(caffe_net_destroy(net));
}

TEST(filter_that_chose_nothing_gives_no_gradient) {
  caffe_net* net = training_net(
      "force_backward: true layer { name: 'in' type: 'Input' top: 'data' top: 'chosen' input_param {\n"
      "  shape { dim: 2 dim: 3 } shape { dim: 2 } } }\n"
      "layer { name: 'x' type: 'Filter' bottom: 'data' bottom: 'chosen' top: 'x' propagate_down: true propagate_down: "
      "false }\n");
  CHECK_OK(forward_all(net));
  CHECK_FAILS(CAFFE_ERROR_CHECK, "layer 'x' (Filter): its selector chose nothing, which gives no gradient",
              caffe_net_backward(net, 1, 0));
  CHECK_OK(caffe_net_destroy(net));
}

static void check_backward_refused(const char* prototxt, float value) {
  caffe_net* net = training_net(prototxt);
  caffe_blob* data = blob_by_name(net, "data");
  float* values = NULL;
  int64_t count = 0;
  int32_t layers = 0;
  CHECK_OK(caffe_blob_mutable_data(data, &values, &count));
  for (int64_t i = 0; i < count; ++i) values[i] = value;
  CHECK_OK(forward_all(net));
  CHECK_OK(caffe_net_layer_count(net, &layers));
  CHECK_FAILS(CAFFE_ERROR_CHECK, "a window has no largest value to give its gradient to",
              caffe_net_backward(net, layers - 1, 0));
  caffe_error error;
  CHECK_OK(caffe_error_last(&error));
  CHECK_SAME_TEXT(error.layer, "x");
  CHECK_OK(caffe_blob_destroy(data));
  CHECK_OK(caffe_net_destroy(net));
}

/* Caffe would add the gradient to the value before the blob. */
TEST(window_without_a_largest_value_gives_no_gradient) {
  check_backward_refused("force_backward: true\n" MAP LAYER("Pooling", "pooling_param { kernel_size: 2 stride: 2 }"),
                         NAN);
  check_backward_refused(
      "force_backward: true\n" MAP LAYER("Pooling", "top: 'mask' pooling_param { kernel_size: 2 stride: 2 }"),
      -INFINITY);
  check_backward_refused("force_backward: true\n" MAP LAYER("SPP", "spp_param { pyramid_height: 2 pool: MAX }"), NAN);
  /* The second of two windows, four numbers apart, begins behind the fourth. */
  check_backward_refused("force_backward: true\n" INPUT("dim: 1 dim: 1 dim: 4 dim: 4")
                             LAYER("Pooling", "pooling_param { kernel_size: 1 stride: 4 }"),
                         1);
}

static const struct test tests[] = {
    ENTRY(numbers_that_caffe_divides_by_are_not_0),
    ENTRY(numbers_beyond_those_caffe_counts_with_are_refused),
    ENTRY(inputs_without_all_of_their_shapes_are_refused),
    ENTRY(sizes_that_overflow_are_refused),
    ENTRY(recurrent_layer_of_very_many_steps_is_refused),
    ENTRY(empty_bottom_is_refused_when_the_net_is_made),
    ENTRY(top_k_beyond_a_smaller_input_is_refused),
    ENTRY(contrastive_loss_requires_a_label_a_pair_and_grows_with_its_input),
    ENTRY(labels_of_no_class_are_refused),
    ENTRY(backward_after_a_forward_that_failed_is_refused_too),
    ENTRY(filter_that_chose_nothing_gives_no_gradient),
    ENTRY(window_without_a_largest_value_gives_no_gradient),
};
TEST_MAIN(tests)
