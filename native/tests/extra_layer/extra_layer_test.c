/* Run by second_tree.sh, against a library made of a Caffe tree with the layer type beside this file. */
#include "check.h"
#include "support.h"

TEST(layer_type_of_ones_own_loads_from_a_prototxt_and_runs) {
  caffe_net* net = net_from_text(SMALL_INPUT "layer { name: 'minus' type: 'Negate' bottom: 'data' top: 'minus' }\n");
  caffe_blob* data = blob_by_name(net, "data");
  fill_blob(data, 6);
  CHECK_OK(forward_all(net));
  int64_t count = 0;
  float* in = copy_data(net, "data", &count);
  float* out = copy_data(net, "minus", &count);
  CHECK_THAT(count == 16);
  for (int64_t i = 0; i < count; ++i) CHECK_THAT(in[i] != 0.0f && out[i] == -in[i]);
  free(in);
  free(out);
  CHECK_OK(caffe_blob_destroy(data));
  CHECK_OK(caffe_net_destroy(net));
}

TEST(original_nets_run_beside_it) {
  caffe_net* net = original_net("12net");
  CHECK_OK(forward_all(net));
  CHECK_OK(caffe_net_destroy(net));
}

static const struct test tests[] = {
    ENTRY(layer_type_of_ones_own_loads_from_a_prototxt_and_runs),
    ENTRY(original_nets_run_beside_it),
};
TEST_MAIN(tests)
