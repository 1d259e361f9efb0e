// Values of an LMDB database, as a Data layer reads them. The input's first byte chooses how they are transformed.
#include <cstring>
#include <filesystem>

#include "harness.h"

namespace {

const char* const kTransforms[] = {
    "",
    "transform_param { scale: 0.5 mean_value: 1 }",
    "transform_param { crop_size: 2 mirror: true }",
    "transform_param { force_color: true }",
    "transform_param { force_gray: true mean_value: 1 mean_value: 2 mean_value: 3 }",
};

}  // namespace

void caffesharp::fuzz::TryInput(const std::uint8_t* bytes, std::size_t length) {
  if (length < 1) return;
  const char* const transform = kTransforms[bytes[0] % (sizeof(kTransforms) / sizeof(kTransforms[0]))];
  std::filesystem::remove_all("database");
  caffe_database* database = nullptr;
  Must(caffe_database_open("database", CAFFE_DATABASE_LMDB, CAFFE_DATABASE_NEW, &database));
  // A byte of this value, if there is one, parts the first record from the second.
  const auto* const middle = static_cast<const std::uint8_t*>(std::memchr(bytes + 1, 0xff, length - 1));
  const std::size_t first = middle == nullptr ? length - 1 : static_cast<std::size_t>(middle - bytes - 1);
  Must(caffe_database_put(database, "0", 1, bytes + 1, static_cast<std::int64_t>(first)));
  if (middle != nullptr) {
    Must(caffe_database_put(database, "1", 1, middle + 1, static_cast<std::int64_t>(length - first - 2)));
  }
  Must(caffe_database_commit(database));
  Must(caffe_database_destroy(database));
  const std::string text = std::string("layer { name: 'data' type: 'Data' top: 'data' top: 'label' ") + transform +
                           " data_param { source: 'database' backend: LMDB batch_size: 2 prefetch: 1 } }";
  caffe_net* net = nullptr;
  if (Succeeded(
          caffe_net_create_from_text(text.data(), static_cast<std::int64_t>(text.size()), nullptr, nullptr, &net))) {
    RunAndDestroy(net, false);
  }
}
