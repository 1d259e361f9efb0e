#include "check.h"
#include "support.h"

#define RELU "layer { name: 'relu' type: 'ReLU' bottom: 'conv' top: 'conv' }\n"

TEST(original_net_has_its_layers_and_blobs) {
  caffe_net* net = original_net("12net");
  const char* name = NULL;
  int32_t count = 0;
  int32_t phase = -1;
  CHECK_OK(caffe_net_phase(net, &phase));
  CHECK_THAT(phase == CAFFE_PHASE_TEST);
  CHECK_OK(caffe_net_name(net, &name));
  CHECK_THAT(name != NULL);
  const int32_t conv = layer_by_name(net, "conv1");
  CHECK_OK(caffe_net_layer_type(net, conv, &name));
  CHECK_SAME_TEXT(name, "Convolution");
  CHECK_OK(caffe_net_layer_name(net, conv, &name));
  CHECK_SAME_TEXT(name, "conv1");
  CHECK_OK(caffe_net_layer_definition(net, conv, &name));
  CHECK_CONTAINS(name, "num_output: 10");
  CHECK_THAT(strstr(name, "blobs") == NULL);
  CHECK_OK(caffe_net_layer_param_count(net, conv, &count));
  CHECK_THAT(count == 2);
  caffe_blob* weights = NULL;
  CHECK_OK(caffe_net_layer_param(net, conv, 0, &weights));
  int64_t elements = 0;
  CHECK_OK(caffe_blob_count(weights, &elements));
  CHECK_THAT(elements == 10 * 3 * 3 * 3);
  CHECK_OK(caffe_blob_destroy(weights));

  int32_t blob = -1;
  CHECK_OK(caffe_net_bottom_count(net, conv, &count));
  CHECK_THAT(count == 1);
  CHECK_OK(caffe_net_bottom(net, conv, 0, &blob));
  CHECK_OK(caffe_net_blob_name(net, blob, &name));
  CHECK_SAME_TEXT(name, "data");
  CHECK_OK(caffe_net_top_count(net, conv, &count));
  CHECK_THAT(count == 1);
  CHECK_OK(caffe_net_top(net, conv, 0, &blob));
  CHECK_OK(caffe_net_blob_name(net, blob, &name));
  CHECK_SAME_TEXT(name, "conv1");
  CHECK_OK(caffe_net_input_count(net, &count));
  CHECK_THAT(count == 1);
  CHECK_OK(caffe_net_input(net, 0, &blob));
  CHECK_OK(caffe_net_blob_name(net, blob, &name));
  CHECK_SAME_TEXT(name, "data");
  CHECK_OK(caffe_net_output_count(net, &count));
  CHECK_THAT(count == 2);
  for (int32_t i = 0; i < count; ++i) {
    CHECK_OK(caffe_net_output(net, i, &blob));
    CHECK_OK(caffe_net_blob_name(net, blob, &name));
    CHECK_THAT(strcmp(name, "prob1") == 0 || strcmp(name, "conv4-2") == 0);
  }
  CHECK_OK(caffe_net_destroy(net));
}

TEST(forward_of_the_original_nets_gives_probabilities) {
  static const char* const names[] = {"12net", "24net", "48net"};
  for (size_t i = 0; i < 3; ++i) {
    caffe_net* net = original_net(names[i]);
    forward_filled(net, "data", 5);
    int64_t count = 0;
    float* probabilities = copy_data(net, "prob1", &count);
    CHECK_THAT(count >= 2 && count % 2 == 0);
    /* The two classes of a place are half the blob apart only for one place; summed over all they make their number. */
    float sum = 0;
    for (int64_t j = 0; j < count; ++j) {
      CHECK_THAT(probabilities[j] >= 0.0f && probabilities[j] <= 1.0f);
      sum += probabilities[j];
    }
    CHECK_THAT(fabsf(sum - (float)(count / 2)) < 1e-3f * (float)count);
    free(probabilities);
    CHECK_OK(caffe_net_destroy(net));
  }
}

TEST(forward_of_a_part_equals_forward_of_all) {
  caffe_net* whole = original_net("12net");
  caffe_net* parts = original_net("12net");
  caffe_net* const nets[] = {whole, parts};
  for (size_t i = 0; i < 2; ++i) {
    reshape_input(nets[i], "data", 1, 3, 37, 23);
    caffe_blob* data = blob_by_name(nets[i], "data");
    fill_blob(data, 11);
    CHECK_OK(caffe_blob_destroy(data));
  }
  int32_t count = 0;
  MUST(caffe_net_layer_count(parts, &count));
  CHECK_OK(forward_all(whole));
  CHECK_OK(caffe_net_forward(parts, 0, 3, NULL));
  CHECK_OK(caffe_net_forward(parts, 4, count - 1, NULL));
  CHECK_THAT(same_data(whole, parts, "prob1"));
  CHECK_THAT(same_data(whole, parts, "conv4-2"));
  CHECK_OK(caffe_net_destroy(parts));
  CHECK_OK(caffe_net_destroy(whole));
}

TEST(reshape_carries_the_input_to_the_outputs) {
  caffe_net* net = original_net("12net");
  reshape_input(net, "data", 2, 3, 100, 60);
  CHECK_OK(caffe_net_reshape(net));
  caffe_blob* output = blob_by_name(net, "prob1");
  int32_t shape[CAFFE_MAX_BLOB_AXES];
  int32_t axes = 0;
  CHECK_OK(caffe_blob_shape(output, shape, CAFFE_MAX_BLOB_AXES, &axes));
  CHECK_THAT(axes == 4 && shape[0] == 2 && shape[1] == 2 && shape[2] == 45 && shape[3] == 25);
  CHECK_OK(caffe_blob_destroy(output));
  CHECK_OK(caffe_net_destroy(net));
}

TEST(bytes_follow_the_shapes_of_blobs_and_parameters) {
  caffe_net* net = net_from_text(SMALL_NET);
  int64_t bytes = 0;
  CHECK_OK(caffe_net_bytes(net, 0, &bytes));
  CHECK_THAT(bytes == 4 * (16 + 8));
  CHECK_OK(caffe_net_bytes(net, 1, &bytes));
  CHECK_THAT(bytes == 4 * (16 + 8 + 18 + 2));
  reshape_input(net, "data", 3, 1, 4, 4);
  CHECK_OK(caffe_net_reshape(net));
  CHECK_OK(caffe_net_bytes(net, 0, &bytes));
  CHECK_THAT(bytes == 3 * 4 * (16 + 8));
  CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "'net' is null", caffe_net_bytes(NULL, 0, &bytes));
  CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "'bytes' is null", caffe_net_bytes(net, 0, NULL));
  CHECK_OK(caffe_net_destroy(net));
}

TEST(backward_gives_the_gradient_of_the_loss) {
  /* loss = sum over the batch of (x - y)^2 / 2N, so that d loss / d x = (x - y) / N. */
  static const char text[] =
      "force_backward: true\n"
      "layer { name: 'x' type: 'Input' top: 'x' input_param { shape { dim: 2 dim: 3 } } }\n"
      "layer { name: 'y' type: 'Input' top: 'y' input_param { shape { dim: 2 dim: 3 } } }\n"
      "layer { name: 'loss' type: 'EuclideanLoss' bottom: 'x' bottom: 'y' top: 'loss' loss_weight: 3 }\n";
  caffe_net* net = net_from_text(text);
  caffe_blob* x = blob_by_name(net, "x");
  caffe_blob* y = blob_by_name(net, "y");
  fill_blob(x, 1);
  fill_blob(y, 2);
  float loss = 0;
  CHECK_OK(caffe_net_forward(net, 0, 2, &loss));
  CHECK_OK(caffe_net_backward(net, 2, 0));
  const float* a = NULL;
  const float* b = NULL;
  const float* diff = NULL;
  int64_t count = 0;
  MUST(caffe_blob_data(x, &a, &count));
  MUST(caffe_blob_data(y, &b, &count));
  MUST(caffe_blob_diff(x, &diff, &count));
  float expected = 0;
  for (int64_t i = 0; i < count; ++i) {
    expected += 3 * (a[i] - b[i]) * (a[i] - b[i]) / 4;
    CHECK_THAT(fabsf(diff[i] - 3 * (a[i] - b[i]) / 2) < 1e-5f);
  }
  CHECK_THAT(fabsf(loss - expected) < 1e-5f);
  float weight = 0;
  int32_t index = -1;
  CHECK_OK(caffe_net_blob_index(net, "loss", &index));
  CHECK_OK(caffe_net_blob_loss_weight(net, index, &weight));
  CHECK_THAT(weight == 3.0f);
  CHECK_OK(caffe_net_blob_index(net, "x", &index));
  CHECK_OK(caffe_net_blob_loss_weight(net, index, &weight));
  CHECK_THAT(weight == 0.0f);
  CHECK_OK(caffe_blob_destroy(x));
  CHECK_OK(caffe_blob_destroy(y));
  CHECK_OK(caffe_net_destroy(net));
}

TEST(clear_param_diffs_makes_them_zero) {
  caffe_net* net = net_from_text("force_backward: true\n" SMALL_NET);
  caffe_blob* weights = NULL;
  MUST(caffe_net_layer_param(net, layer_by_name(net, "conv"), 0, &weights));
  float* diff = NULL;
  int64_t count = 0;
  MUST(caffe_blob_mutable_diff(weights, &diff, &count));
  for (int64_t i = 0; i < count; ++i) diff[i] = 1.0f;
  CHECK_OK(caffe_net_clear_param_diffs(net));
  for (int64_t i = 0; i < count; ++i) CHECK_THAT(diff[i] == 0.0f);
  CHECK_OK(caffe_blob_destroy(weights));
  CHECK_OK(caffe_net_destroy(net));
}

TEST(phase_level_and_stages_choose_layers) {
  static const char text[] = SMALL_INPUT
      "layer { name: 'train' type: 'Split' bottom: 'data' top: 'a' include { phase: TRAIN } }\n"
      "layer { name: 'test' type: 'Split' bottom: 'data' top: 'b' include { phase: TEST } }\n"
      "layer { name: 'deep' type: 'Split' bottom: 'data' top: 'c' include { min_level: 2 } }\n"
      "layer { name: 'staged' type: 'Split' bottom: 'data' top: 'd' include { stage: 'x' stage: 'y' } }\n";
  const char* const stages[] = {"y", "x"};
  const caffe_net_options options = {
      .phase = CAFFE_PHASE_TRAIN, .level = 2, .stages = stages, .stage_count = 2, .mode = CAFFE_MODE_CPU};
  caffe_net* net = NULL;
  MUST(caffe_net_create_from_text(text, sizeof(text) - 1, NULL, &options, &net));
  int32_t index = -1;
  int32_t phase = -1;
  CHECK_OK(caffe_net_phase(net, &phase));
  CHECK_THAT(phase == CAFFE_PHASE_TRAIN);
  CHECK_OK(caffe_net_layer_index(net, "train", &index));
  CHECK_OK(caffe_net_layer_index(net, "deep", &index));
  CHECK_OK(caffe_net_layer_index(net, "staged", &index));
  CHECK_STATUS(CAFFE_ERROR_NOT_FOUND, caffe_net_layer_index(net, "test", &index));
  CHECK_OK(caffe_net_destroy(net));
  net = net_from_text(text);
  CHECK_OK(caffe_net_layer_index(net, "test", &index));
  CHECK_STATUS(CAFFE_ERROR_NOT_FOUND, caffe_net_layer_index(net, "train", &index));
  CHECK_STATUS(CAFFE_ERROR_NOT_FOUND, caffe_net_layer_index(net, "deep", &index));
  CHECK_STATUS(CAFFE_ERROR_NOT_FOUND, caffe_net_layer_index(net, "staged", &index));
  CHECK_OK(caffe_net_destroy(net));
}

TEST(options_out_of_range_are_refused) {
  caffe_net* net = NULL;
  const int64_t length = sizeof(SMALL_NET) - 1;
  caffe_net_options options = {.phase = 2};
  CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "phase 2", caffe_net_create_from_text(SMALL_NET, length, NULL, &options, &net));
  options = (caffe_net_options){.phase = CAFFE_PHASE_TEST, .stage_count = -1};
  CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "-1 stages", caffe_net_create_from_text(SMALL_NET, length, NULL, &options, &net));
  options.stage_count = 1;
  CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "'options.stages' is null",
              caffe_net_create_from_text(SMALL_NET, length, NULL, &options, &net));
  const char* const stages[] = {NULL};
  options.stages = stages;
  CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "'options.stages[]' is null",
              caffe_net_create_from_text(SMALL_NET, length, NULL, &options, &net));
  options = (caffe_net_options){.phase = CAFFE_PHASE_TEST, .mode = 5};
  CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "mode must be 0 (CPU) or 1 (GPU), got 5",
              caffe_net_create_from_text(SMALL_NET, length, NULL, &options, &net));
  CHECK_THAT(net == NULL);
}

TEST(names_that_do_not_exist_come_with_the_nearest) {
  caffe_net* net = original_net("12net");
  int32_t index = -7;
  CHECK_FAILS(CAFFE_ERROR_NOT_FOUND, "no layer 'conv11'; did you mean 'conv1'?",
              caffe_net_layer_index(net, "conv11", &index));
  CHECK_FAILS(CAFFE_ERROR_NOT_FOUND, "no blob 'porb1'; did you mean 'prob1'?",
              caffe_net_blob_index(net, "porb1", &index));
  CHECK_FAILS(CAFFE_ERROR_NOT_FOUND, "no blob ''", caffe_net_blob_index(net, "", &index));
  CHECK_THAT(index == -7);
  CHECK_OK(caffe_net_destroy(net));
}

TEST(indices_out_of_range_are_refused) {
  caffe_net* net = net_from_text(SMALL_NET);
  const char* text = NULL;
  int32_t value = -7;
  float weight = -7;
  caffe_blob* blob = NULL;
  for (int32_t bad = -1; bad <= 2; bad += 3) {
    CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "out of range", caffe_net_layer_name(net, bad, &text));
    CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "out of range", caffe_net_layer_type(net, bad, &text));
    CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "out of range", caffe_net_layer_definition(net, bad, &text));
    CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "out of range", caffe_net_bottom_count(net, bad, &value));
    CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "out of range", caffe_net_bottom(net, bad, 0, &value));
    CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "bottom", caffe_net_bottom(net, 1, bad, &value));
    CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "out of range", caffe_net_top_count(net, bad, &value));
    CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "out of range", caffe_net_top(net, bad, 0, &value));
    CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "top", caffe_net_top(net, 1, bad, &value));
    CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "out of range", caffe_net_layer_param_count(net, bad, &value));
    CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "out of range", caffe_net_layer_param(net, bad, 0, &blob));
    CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "parameter", caffe_net_layer_param(net, 1, bad, &blob));
    CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "out of range", caffe_net_layer_was_copied(net, bad, &value));
    CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "out of range", caffe_net_blob_name(net, bad, &text));
    CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "out of range", caffe_net_blob(net, bad, &blob));
    CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "out of range", caffe_net_blob_loss_weight(net, bad, &weight));
    CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "input", caffe_net_input(net, bad, &value));
    CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "output", caffe_net_output(net, bad, &value));
    CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "out of range", caffe_net_forward(net, 0, bad, NULL));
    CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "out of range", caffe_net_backward(net, bad, 0));
  }
  CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "after the last", caffe_net_forward(net, 1, 0, NULL));
  CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "before the last", caffe_net_backward(net, 0, 1));
  CHECK_THAT(value == -7 && weight == -7 && text == NULL && blob == NULL);
  CHECK_OK(caffe_net_destroy(net));
}

TEST(null_arguments_are_named) {
  caffe_net* net = net_from_text(SMALL_NET);
  caffe_net* made = NULL;
  const char* text = NULL;
  int32_t value = 0;
  float weight = 0;
  caffe_blob* blob = NULL;
  CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "'prototxt_path' is null", caffe_net_create_from_file(NULL, NULL, &made));
  CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "'net' is null", caffe_net_create_from_file("x", NULL, NULL));
  CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "'text' is null", caffe_net_create_from_text(NULL, 1, NULL, NULL, &made));
  CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "'net' is null", caffe_net_create_from_text("x", 1, NULL, NULL, NULL));
  CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "length -1", caffe_net_create_from_text("x", -1, NULL, NULL, &made));
  CHECK_OK(caffe_net_destroy(NULL));
#define NULL_NET(call) CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "'net' is null", call)
#define NULL_OUT(call) CHECK_FAILS(CAFFE_ERROR_ARGUMENT, " is null", call)
  NULL_NET(caffe_net_name(NULL, &text));
  NULL_OUT(caffe_net_name(net, NULL));
  NULL_NET(caffe_net_phase(NULL, &value));
  NULL_OUT(caffe_net_phase(net, NULL));
  NULL_NET(caffe_net_layer_count(NULL, &value));
  NULL_OUT(caffe_net_layer_count(net, NULL));
  NULL_NET(caffe_net_layer_name(NULL, 0, &text));
  NULL_OUT(caffe_net_layer_name(net, 0, NULL));
  NULL_NET(caffe_net_layer_type(NULL, 0, &text));
  NULL_OUT(caffe_net_layer_type(net, 0, NULL));
  NULL_NET(caffe_net_layer_definition(NULL, 0, &text));
  NULL_OUT(caffe_net_layer_definition(net, 0, NULL));
  NULL_NET(caffe_net_layer_index(NULL, "conv", &value));
  NULL_OUT(caffe_net_layer_index(net, NULL, &value));
  NULL_OUT(caffe_net_layer_index(net, "conv", NULL));
  NULL_NET(caffe_net_bottom_count(NULL, 0, &value));
  NULL_OUT(caffe_net_bottom_count(net, 0, NULL));
  NULL_NET(caffe_net_bottom(NULL, 1, 0, &value));
  NULL_OUT(caffe_net_bottom(net, 1, 0, NULL));
  NULL_NET(caffe_net_top_count(NULL, 0, &value));
  NULL_OUT(caffe_net_top_count(net, 0, NULL));
  NULL_NET(caffe_net_top(NULL, 1, 0, &value));
  NULL_OUT(caffe_net_top(net, 1, 0, NULL));
  NULL_NET(caffe_net_layer_param_count(NULL, 0, &value));
  NULL_OUT(caffe_net_layer_param_count(net, 0, NULL));
  NULL_NET(caffe_net_layer_param(NULL, 1, 0, &blob));
  NULL_OUT(caffe_net_layer_param(net, 1, 0, NULL));
  NULL_NET(caffe_net_blob_count(NULL, &value));
  NULL_OUT(caffe_net_blob_count(net, NULL));
  NULL_NET(caffe_net_blob_name(NULL, 0, &text));
  NULL_OUT(caffe_net_blob_name(net, 0, NULL));
  NULL_NET(caffe_net_blob_index(NULL, "data", &value));
  NULL_OUT(caffe_net_blob_index(net, NULL, &value));
  NULL_OUT(caffe_net_blob_index(net, "data", NULL));
  NULL_NET(caffe_net_blob(NULL, 0, &blob));
  NULL_OUT(caffe_net_blob(net, 0, NULL));
  NULL_NET(caffe_net_blob_loss_weight(NULL, 0, &weight));
  NULL_OUT(caffe_net_blob_loss_weight(net, 0, NULL));
  NULL_NET(caffe_net_input_count(NULL, &value));
  NULL_OUT(caffe_net_input_count(net, NULL));
  NULL_NET(caffe_net_input(NULL, 0, &value));
  NULL_OUT(caffe_net_input(net, 0, NULL));
  NULL_NET(caffe_net_output_count(NULL, &value));
  NULL_OUT(caffe_net_output_count(net, NULL));
  NULL_NET(caffe_net_output(NULL, 0, &value));
  NULL_OUT(caffe_net_output(net, 0, NULL));
  NULL_NET(caffe_net_forward(NULL, 0, 0, &weight));
  NULL_NET(caffe_net_backward(NULL, 0, 0));
  NULL_NET(caffe_net_reshape(NULL));
  NULL_NET(caffe_net_clear_param_diffs(NULL));
  NULL_NET(caffe_net_copy_from_file(NULL, "x", &value));
  NULL_OUT(caffe_net_copy_from_file(net, NULL, &value));
  NULL_NET(caffe_net_copy_from_bytes(NULL, "x", 1, NULL, &value));
  NULL_OUT(caffe_net_copy_from_bytes(net, NULL, 1, NULL, &value));
  NULL_NET(caffe_net_layer_was_copied(NULL, 0, &value));
  NULL_OUT(caffe_net_layer_was_copied(net, 0, NULL));
  NULL_NET(caffe_net_share_with(NULL, net));
  NULL_OUT(caffe_net_share_with(net, NULL));
  NULL_NET(caffe_net_save(NULL, "x", 0));
  NULL_OUT(caffe_net_save(net, NULL, 0));
  NULL_NET(caffe_net_save_hdf5(NULL, "x", 0));
  NULL_OUT(caffe_net_save_hdf5(net, NULL, 0));
  CHECK_OK(caffe_net_destroy(net));
}

TEST(prototxt_that_is_wrong_says_where_and_what_was_meant) {
  CHECK_FAILS(CAFFE_ERROR_FORMAT, "the prototxt is empty", try_net_from_text(""));
  CHECK_FAILS(CAFFE_ERROR_FORMAT, "the prototxt is empty", try_net_from_text(" \n\t\n"));
  CHECK_FAILS(CAFFE_ERROR_FORMAT, "has no layers", try_net_from_text("name: 'nothing'"));
  CHECK_FAILS(CAFFE_ERROR_FORMAT, "this is a binary file", try_net_from_text("\n\x05small\xa2\x06"));
  CHECK_FAILS(CAFFE_ERROR_FORMAT, "<text>:1:1: ", try_net_from_text("nmae: 'typo'"));
  CHECK_CONTAINS(last_message(), "did you mean 'name'?");
  CHECK_FAILS(CAFFE_ERROR_FORMAT, "<text>:3:", try_net_from_text(SMALL_INPUT "layer {"));
  CHECK_FAILS(CAFFE_ERROR_FORMAT, "it is one of AVE, MAX, STOCHASTIC",
              try_net_from_text("layer { type: 'Pooling' pooling_param { pool: MEAN } }"));
  CHECK_FAILS(CAFFE_ERROR_FORMAT, "<text>:1:", try_net_from_text("layer { convolution_param { num_output: -2 } }"));
  CHECK_FAILS(CAFFE_ERROR_FORMAT, "<text>:1: layer 'c' (Convolutoin): unknown layer type",
              try_net_from_text("layer { name: 'c' type: 'Convolutoin' }"));
  CHECK_CONTAINS(last_message(), "did you mean 'Convolution'?");
  CHECK_FAILS(CAFFE_ERROR_FORMAT, "layer 'c': it has no type", try_net_from_text("layer { name: 'c' }"));
  CHECK_FAILS(CAFFE_ERROR_FORMAT, "<text>:3: layer 'r' (ReLU): unknown bottom blob 'dota'",
              try_net_from_text(SMALL_INPUT "layer { name: 'r' type: 'ReLU' bottom: 'dota' top: 'r' }"));
  CHECK_CONTAINS(last_message(), "did you mean 'data'?");
  CHECK_FAILS(CAFFE_ERROR_FORMAT, "top blob 'data' is made by layer 'input' already",
              try_net_from_text(SMALL_INPUT "layer { name: 'again' type: 'Input' top: 'data' }"));
  CHECK_FAILS(CAFFE_ERROR_FORMAT, "the dimension -4",
              try_net_from_text("layer { name: 'i' type: 'Input' top: 'i' input_param { shape { dim: -4 } } }"));
  CHECK_FAILS(
      CAFFE_ERROR_FORMAT, "the dimension 4294967297",
      try_net_from_text("layer { name: 'i' type: 'Input' top: 'i' input_param { shape { dim: 4294967297 } } }"));
  CHECK_FAILS(CAFFE_ERROR_FORMAT, "group is 0",
              try_net_from_text(SMALL_INPUT "layer { name: 'c' type: 'Convolution' bottom: 'data' top: 'c' "
                                            "convolution_param { num_output: 1 kernel_size: 1 group: 0 } }"));
  CHECK_FAILS(CAFFE_ERROR_CHECK, "layer 'i' (Input): Check failed",
              try_net_from_text("layer { name: 'i' type: 'Input' top: 'i' include { phase: TEST } "
                                "exclude { phase: TRAIN } }"));
  CHECK_FAILS(CAFFE_ERROR_FORMAT, "none of the 1 layers is for the phase TEST",
              try_net_from_text("layer { name: 'i' type: 'Input' top: 'i' include { phase: TRAIN } }"));
  CHECK_FAILS(CAFFE_ERROR_NOT_FOUND, "its source '/nowhere/list.txt' does not exist",
              try_net_from_text("layer { name: 'h' type: 'HDF5Data' top: 'h' hdf5_data_param { "
                                "source: '/nowhere/list.txt' batch_size: 1 } }"));
}

TEST(data_source_that_is_not_a_database_says_why) {
  char text[1024];
  for (int i = 0; i < 2; ++i) {
    snprintf(text, sizeof(text),
             "layer { name: 'db' type: 'Data' top: 'd' data_param { source: '%s' backend: %s batch_size: 1 } }",
             temporary_path("."), i == 0 ? "LMDB" : "LEVELDB");
    CHECK_FAILS(i == 0 ? CAFFE_ERROR_FORMAT : CAFFE_ERROR_CHECK, "layer 'db' (Data): ", try_net_from_text(text));
    CHECK_CONTAINS(last_message(), i == 0 ? "there is no data.mdb in it" : "Failed to open leveldb");
  }
}

TEST(weights_in_a_prototxt_are_checked_and_taken) {
#define WITH_BLOBS(sizes)                                                                                            \
  SMALL_INPUT                                                                                                        \
  "layer { name: 'ip' type: 'InnerProduct' bottom: 'data' top: 'ip' inner_product_param { num_output: 1 bias_term: " \
  "false }\n        blobs { " sizes " data: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16] } }\n"
  caffe_net* net = net_from_text(WITH_BLOBS("shape { dim: 1 dim: 16 }"));
  caffe_blob* weights = NULL;
  const float* values = NULL;
  int64_t count = 0;
  MUST(caffe_net_layer_param(net, layer_by_name(net, "ip"), 0, &weights));
  MUST(caffe_blob_data(weights, &values, &count));
  CHECK_THAT(count == 16 && values[0] == 1.0f && values[15] == 16.0f);
  CHECK_OK(caffe_blob_destroy(weights));
  CHECK_OK(caffe_net_destroy(net));
  CHECK_FAILS(CAFFE_ERROR_FORMAT,
              "layer 'ip': parameter 0 has the shape 1 x 1 in the file, but the net requires 1 x 16",
              try_net_from_text(WITH_BLOBS("shape { dim: 1 dim: 1 }")));
#undef WITH_BLOBS
}

TEST(prototxt_file_that_is_not_one_says_why) {
  caffe_net* net = NULL;
  CHECK_FAILS(CAFFE_ERROR_NOT_FOUND, "/nowhere.prototxt: the prototxt file does not exist",
              caffe_net_create_from_file("/nowhere.prototxt", NULL, &net));
  CHECK_FAILS(CAFFE_ERROR_IO, "is a folder", caffe_net_create_from_file("/", NULL, &net));
  CHECK_FAILS(CAFFE_ERROR_IO, "not a regular file", caffe_net_create_from_file("/dev/null", NULL, &net));
  CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "is empty", caffe_net_create_from_file("", NULL, &net));
  CHECK_FAILS(CAFFE_ERROR_FORMAT, "this is a binary file",
              caffe_net_create_from_file(model_path("reference/12net/12net.caffemodel"), NULL, &net));
  const char* empty = temporary_path("empty.prototxt");
  write_file(empty, "", 0);
  CHECK_FAILS(CAFFE_ERROR_FORMAT, "the prototxt file is empty", caffe_net_create_from_file(empty, NULL, &net));
  caffe_error error;
  CHECK_OK(caffe_error_last(&error));
  CHECK_SAME_TEXT(error.path, empty);
  CHECK_THAT(net == NULL);
}

TEST(forward_with_an_empty_input_is_refused) {
  caffe_net* net = net_from_text(SMALL_NET);
  reshape_input(net, "data", 0, 1, 4, 4);
  CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "layer 'conv' (Convolution): its bottom 'data' is empty (0 x 1 x 4 x 4)",
              forward_all(net));
  CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "is empty", caffe_net_reshape(net));
  reshape_input(net, "data", 1, 1, 4, 4);
  CHECK_OK(forward_all(net));
  CHECK_OK(caffe_net_destroy(net));
}

TEST(label_out_of_range_is_an_error_and_not_a_crash) {
  static const char text[] =
      "layer { name: 'x' type: 'Input' top: 'x' top: 'label' input_param { shape { dim: 1 dim: 3 } shape { dim: 1 } } "
      "}\n"
      "layer { name: 'loss' type: 'SoftmaxWithLoss' bottom: 'x' bottom: 'label' top: 'loss' }\n";
  caffe_net* net = net_from_text(text);
  caffe_blob* label = blob_by_name(net, "label");
  float* value = NULL;
  int64_t count = 0;
  MUST(caffe_blob_mutable_data(label, &value, &count));
  value[0] = 1e6f;
  CHECK_FAILS(CAFFE_ERROR_CHECK, "layer 'loss' (SoftmaxWithLoss): Check failed: label_value < ", forward_all(net));
  value[0] = 2.0f;
  CHECK_OK(forward_all(net));
  CHECK_OK(caffe_blob_destroy(label));
  CHECK_OK(caffe_net_destroy(net));
}

TEST(failed_reshapes_leave_a_net_that_runs) {
  caffe_net* net = original_net("24net");
  caffe_net* fresh = original_net("24net");
  for (int i = 0; i < 2000; ++i) {
    /* The fully connected layer takes one size only. */
    reshape_input(net, "data", 1, 3, 24 + 4 * (i % 3 + 1), 24);
    CHECK_FAILS(CAFFE_ERROR_CHECK, "layer 'conv4' (InnerProduct): Check failed", caffe_net_reshape(net));
    if (check_failures > 0) break;
  }
  caffe_net* const nets[] = {net, fresh};
  for (size_t i = 0; i < 2; ++i) {
    reshape_input(nets[i], "data", 2, 3, 24, 24);
    forward_filled(nets[i], "data", 9);
  }
  CHECK_THAT(same_data(net, fresh, "prob1"));
  CHECK_OK(caffe_net_destroy(net));
  CHECK_OK(caffe_net_destroy(fresh));
}

TEST(failed_loads_leave_no_memory_behind) {
  static const char* const bad[] = {
      SMALL_INPUT "layer { name: 'conv' tipe: 'Convolution' }",
      SMALL_INPUT "layer { name: 'r' type: 'ReLU' bottom: 'dota' top: 'r' }",
      SMALL_NET
      "layer { name: 'big' type: 'Convolution' bottom: 'conv' top: 'big' "
      "convolution_param { num_output: 1 kernel_size: 30 } }",
      SMALL_NET RELU "layer { name: 'e' type: 'Eltwise' bottom: 'conv' bottom: 'data' top: 'e' }",
  };
  long warm = 0;
  for (int i = 0; i < 10000; ++i) {
    CHECK_THAT(try_net_from_text(bad[i % 4]) != CAFFE_OK);
    if (i == 1000) warm = resident_kilobytes();
  }
  const long grown = resident_kilobytes() - warm;
  printf("  grown by %ld kB over 9,000 failed loads\n", grown);
  caffe_build_info info;
  MUST(caffe_runtime_build_info(&info));
  /* The address sanitizer keeps some of what was freed for a while. */
  CHECK_THAT(warm > 0 && grown < (info.with_sanitizers == 1 ? 60000 : 2000));
  CHECK_OK(try_net_from_text(SMALL_NET));
}

TEST(run_stops_before_a_layer_where_it_is_asked_to) {
  caffe_net* net = net_from_text(SMALL_NET);
  int32_t stop = 0;
  int32_t stopped = -1;
  float loss = -1;
  MUST(caffe_net_forward_until(net, 0, 1, &stop, &loss, &stopped));
  CHECK_THAT(stopped == 0 && loss == 0.0f);
  MUST(caffe_net_backward_until(net, 1, 0, &stop, &stopped));
  CHECK_THAT(stopped == 0);
  stop = 1;
  MUST(caffe_net_forward_until(net, 0, 1, &stop, NULL, &stopped));
  CHECK_THAT(stopped == 1);
  stopped = 0;
  MUST(caffe_net_backward_until(net, 1, 0, &stop, &stopped));
  CHECK_THAT(stopped == 1);
  CHECK_STATUS(CAFFE_ERROR_ARGUMENT, caffe_net_forward_until(net, 0, 1, NULL, NULL, &stopped));
  CHECK_STATUS(CAFFE_ERROR_ARGUMENT, caffe_net_backward_until(net, 1, 0, &stop, NULL));
  CHECK_OK(caffe_net_destroy(net));
}

TEST(clone_shares_parameters_and_outlives_its_original) {
  caffe_net* net = original_net("24net");
  caffe_net* clone = NULL;
  MUST(caffe_net_clone(net, 0, 0, &clone));
  forward_filled(net, "data", 3);
  forward_filled(clone, "data", 3);
  CHECK_THAT(same_data(net, clone, "prob1"));
  const int32_t conv = layer_by_name(net, "conv1");
  caffe_blob* weights = NULL;
  float* values = NULL;
  int64_t count = 0;
  MUST(caffe_net_layer_param(net, conv, 0, &weights));
  MUST(caffe_blob_mutable_data(weights, &values, &count));
  values[0] += 1.0f;
  CHECK_OK(caffe_blob_destroy(weights));
  forward_filled(net, "data", 3);
  forward_filled(clone, "data", 3);
  CHECK_THAT(same_data(net, clone, "conv1"));
  const char* definition = NULL;
  const char* cloned = NULL;
  MUST(caffe_net_layer_definition(net, conv, &definition));
  MUST(caffe_net_layer_definition(clone, conv, &cloned));
  CHECK_CONTAINS(definition, "xavier");
  CHECK_SAME_TEXT(cloned, definition);
  CHECK_OK(caffe_net_destroy(net));
  CHECK_OK(forward_all(clone));
  CHECK_OK(caffe_net_destroy(clone));
  CHECK_STATUS(CAFFE_ERROR_ARGUMENT, caffe_net_clone(NULL, 0, 0, &clone));
}

static const struct test tests[] = {
    ENTRY(run_stops_before_a_layer_where_it_is_asked_to),
    ENTRY(clone_shares_parameters_and_outlives_its_original),
    ENTRY(original_net_has_its_layers_and_blobs),
    ENTRY(forward_of_the_original_nets_gives_probabilities),
    ENTRY(forward_of_a_part_equals_forward_of_all),
    ENTRY(reshape_carries_the_input_to_the_outputs),
    ENTRY(bytes_follow_the_shapes_of_blobs_and_parameters),
    ENTRY(backward_gives_the_gradient_of_the_loss),
    ENTRY(clear_param_diffs_makes_them_zero),
    ENTRY(phase_level_and_stages_choose_layers),
    ENTRY(options_out_of_range_are_refused),
    ENTRY(names_that_do_not_exist_come_with_the_nearest),
    ENTRY(indices_out_of_range_are_refused),
    ENTRY(null_arguments_are_named),
    ENTRY(prototxt_that_is_wrong_says_where_and_what_was_meant),
    ENTRY(data_source_that_is_not_a_database_says_why),
    ENTRY(weights_in_a_prototxt_are_checked_and_taken),
    ENTRY(prototxt_file_that_is_not_one_says_why),
    ENTRY(forward_with_an_empty_input_is_refused),
    ENTRY(label_out_of_range_is_an_error_and_not_a_crash),
    ENTRY(failed_reshapes_leave_a_net_that_runs),
    ENTRY(failed_loads_leave_no_memory_behind),
};
TEST_MAIN(tests)
