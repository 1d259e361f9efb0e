#include "core/data_item.h"

namespace caffesharp {
namespace {

thread_local std::string item_path;
thread_local std::string item_key;

}  // namespace

void SetDataItem(const std::string& path, const std::string& key) {
  item_path = path;
  item_key = key;
}

void ForgetDataItem() {
  item_path.clear();
  item_key.clear();
}

void NameDataItem(ErrorDetail* failure) {
  if (item_path.empty() || !failure->path.empty()) return;
  failure->path = item_path;
  const std::string item = item_key.empty() ? item_path : "its source '" + item_path + "': record '" + item_key + "'";
  failure->message = item + ": " + failure->message;
}

}  // namespace caffesharp
