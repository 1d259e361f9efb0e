#include "check.h"
#include "support.h"

static caffe_message* message_from_text(const char* type, const char* text) {
  caffe_message* message = NULL;
  MUST(caffe_message_parse_text(type, text, (int64_t)strlen(text), NULL, &message));
  return message;
}

static const char* text_of(caffe_message* message) {
  const char* text = "";
  int64_t length = -1;
  CHECK_OK(caffe_message_text(message, &text, &length));
  CHECK_THAT(length == (int64_t)strlen(text));
  return text;
}

TEST(text_is_parsed_and_printed_for_every_type) {
  caffe_message* solver = message_from_text("SolverParameter", "net: 'a.prototxt' base_lr: 0.1 # comment\n");
  CHECK_SAME_TEXT(text_of(solver), "base_lr: 0.1\nnet: \"a.prototxt\"\n");
  CHECK_OK(caffe_message_destroy(solver));

  caffe_message* blob = message_from_text("caffe.BlobProto", "shape { dim: 2 } data: 1 data: -0.5");
  CHECK_SAME_TEXT(text_of(blob), "data: 1\ndata: -0.5\nshape {\n  dim: 2\n}\n");
  CHECK_OK(caffe_message_destroy(blob));

  caffe_message* empty = message_from_text("NetParameter", "");
  CHECK_SAME_TEXT(text_of(empty), "");
  CHECK_OK(caffe_message_destroy(empty));
  CHECK_OK(caffe_message_destroy(NULL));
}

TEST(bytes_of_one_message_are_another_message) {
  caffe_message* first = message_from_text("NetParameter", SMALL_NET);
  const void* bytes = NULL;
  int64_t length = 0;
  MUST(caffe_message_bytes(first, &bytes, &length));
  caffe_message* second = NULL;
  MUST(caffe_message_parse_bytes("NetParameter", bytes, length, NULL, &second));
  CHECK_SAME_TEXT(text_of(second), text_of(first));
  CHECK_FAILS(CAFFE_ERROR_FORMAT, "half.caffemodel: the NetParameter is truncated or damaged",
              caffe_message_parse_bytes("NetParameter", bytes, length / 2, "half.caffemodel", &second));
  CHECK_OK(caffe_message_destroy(first));
  CHECK_OK(caffe_message_destroy(second));
}

TEST(syntax_error_reports_its_position) {
  static const char text[] = "base_lr: 1\nmomentm: 1\n";
  caffe_message* message = NULL;
  CHECK_FAILS(CAFFE_ERROR_FORMAT, "solver.prototxt:2:1: ",
              caffe_message_parse_text("SolverParameter", text, sizeof(text) - 1, "solver.prototxt", &message));
  CHECK_CONTAINS(last_message(), "did you mean 'momentum'?");
  caffe_error error;
  CHECK_OK(caffe_error_last(&error));
  CHECK_SAME_TEXT(error.path, "solver.prototxt");
  CHECK_THAT(error.path_line == 2);
  CHECK_THAT(error.path_column == 1);
  CHECK_THAT(message == NULL);
}

TEST(bad_arguments_are_refused) {
  caffe_message* message = NULL;
  CHECK_FAILS(CAFFE_ERROR_NOT_FOUND, "did you mean 'NetParameter'?",
              caffe_message_parse_text("NetParametr", "", 0, NULL, &message));
  CHECK_STATUS(CAFFE_ERROR_ARGUMENT, caffe_message_parse_text(NULL, "", 0, NULL, &message));
  CHECK_STATUS(CAFFE_ERROR_ARGUMENT, caffe_message_parse_text("NetParameter", NULL, 1, NULL, &message));
  CHECK_STATUS(CAFFE_ERROR_ARGUMENT, caffe_message_parse_text("NetParameter", "", -1, NULL, &message));
  CHECK_STATUS(CAFFE_ERROR_ARGUMENT, caffe_message_parse_text("NetParameter", "", 0, NULL, NULL));
  CHECK_STATUS(CAFFE_ERROR_ARGUMENT, caffe_message_parse_bytes("NetParameter", NULL, 1, NULL, &message));
  CHECK_STATUS(CAFFE_ERROR_ARGUMENT, caffe_message_parse_bytes("NetParameter", "", -1, NULL, &message));
  CHECK_STATUS(CAFFE_ERROR_ARGUMENT, caffe_message_from_net(NULL, 0, &message));
  CHECK_STATUS(CAFFE_ERROR_ARGUMENT, caffe_message_upgrade(NULL, NULL));
  const char* text = NULL;
  int64_t length = 0;
  CHECK_STATUS(CAFFE_ERROR_ARGUMENT, caffe_message_text(NULL, &text, &length));
  const void* bytes = NULL;
  CHECK_STATUS(CAFFE_ERROR_ARGUMENT, caffe_message_bytes(NULL, &bytes, &length));
  CHECK_THAT(message == NULL);
}

TEST(old_net_is_upgraded_and_a_new_one_left_alone) {
  caffe_message* old = message_from_text("NetParameter", "layers { name: 'r' type: RELU bottom: 'a' top: 'b' }");
  int32_t complete = 0;
  MUST(caffe_message_upgrade(old, &complete));
  CHECK_THAT(complete == 1);
  CHECK_SAME_TEXT(text_of(old), "layer {\n  name: \"r\"\n  type: \"ReLU\"\n  bottom: \"a\"\n  top: \"b\"\n}\n");
  MUST(caffe_message_upgrade(old, &complete));
  CHECK_CONTAINS(text_of(old), "\"ReLU\"");
  CHECK_OK(caffe_message_destroy(old));

  caffe_message* solver = message_from_text("SolverParameter", "solver_type: ADAM");
  MUST(caffe_message_upgrade(solver, &complete));
  CHECK_SAME_TEXT(text_of(solver), "type: \"Adam\"\n");
  CHECK_OK(caffe_message_destroy(solver));
}

TEST(failed_upgrade_leaves_the_message_as_it_was) {
  caffe_message* both = message_from_text("NetParameter", "layer { name: 'a' } layers { name: 'b' type: RELU }");
  int32_t complete = 7;
  CHECK_THAT(caffe_message_upgrade(both, &complete) != CAFFE_OK || complete == 0);
  CHECK_CONTAINS(text_of(both), "type: RELU");
  CHECK_OK(caffe_message_destroy(both));
}

TEST(net_goes_into_a_message_with_its_weights_and_comes_out_of_it) {
  caffe_net* net = original_net("12net");
  caffe_message* message = NULL;
  MUST(caffe_message_from_net(net, 0, &message));
  caffe_net* copy = NULL;
  MUST(caffe_message_create_net(message, NULL, NULL, &copy));
  CHECK_OK(caffe_message_destroy(message));
  forward_filled(net, "data", 3);
  forward_filled(copy, "data", 3);
  const char* output = NULL;
  int32_t index = 0;
  MUST(caffe_net_output(net, 0, &index));
  MUST(caffe_net_blob_name(net, index, &output));
  CHECK_THAT(same_data(net, copy, output));
  CHECK_OK(caffe_net_destroy(net));
  CHECK_OK(caffe_net_destroy(copy));
}

TEST(message_that_is_not_a_valid_net_is_an_error) {
  caffe_net* net = NULL;
  caffe_message* solver = message_from_text("SolverParameter", "");
  CHECK_FAILS(CAFFE_ERROR_ARGUMENT, "a NetParameter is required, not a SolverParameter",
              caffe_message_create_net(solver, NULL, NULL, &net));
  CHECK_OK(caffe_message_destroy(solver));
  caffe_message* unknown = message_from_text("NetParameter", "layer { name: 'a' type: 'Inpt' top: 'a' }");
  CHECK_FAILS(CAFFE_ERROR_FORMAT, "mine: layer 'a' (Inpt): unknown layer type",
              caffe_message_create_net(unknown, "mine", NULL, &net));
  CHECK_OK(caffe_message_destroy(unknown));
  CHECK_STATUS(CAFFE_ERROR_ARGUMENT, caffe_message_create_net(NULL, NULL, NULL, &net));
  CHECK_THAT(net == NULL);
}

static const struct test tests[] = {
    ENTRY(text_is_parsed_and_printed_for_every_type),
    ENTRY(bytes_of_one_message_are_another_message),
    ENTRY(syntax_error_reports_its_position),
    ENTRY(bad_arguments_are_refused),
    ENTRY(old_net_is_upgraded_and_a_new_one_left_alone),
    ENTRY(failed_upgrade_leaves_the_message_as_it_was),
    ENTRY(net_goes_into_a_message_with_its_weights_and_comes_out_of_it),
    ENTRY(message_that_is_not_a_valid_net_is_an_error),
};

TEST_MAIN(tests)
