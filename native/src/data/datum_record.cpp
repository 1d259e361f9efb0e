#include <caffe/proto/caffe.pb.h>

#include <caffe/util/db.hpp>
#include <cctype>
#include <cstdint>
#include <string>

#include "core/data_item.h"
#include "core/error.h"
#include "core/text.h"

namespace caffesharp {
namespace {

// What is wrong with a record's bytes; empty if Caffe can read them.
std::string FaultOf(const std::string& bytes) {
  caffe::Datum datum;
  if (!datum.ParseFromString(bytes)) {
    return "is not a Datum, or a damaged one (" + FormatBytes(static_cast<std::int64_t>(bytes.size())) + ")";
  }
  if (datum.encoded()) return datum.data().empty() ? "is an encoded Datum without data" : "";
  const std::string shape = FormatShape({datum.channels(), datum.height(), datum.width()});
  if (datum.channels() < 1 || datum.height() < 1 || datum.width() < 1) {
    return "is a Datum of the shape " + shape + ", which holds nothing";
  }
  const auto expected = static_cast<double>(datum.channels()) * datum.height() * datum.width();
  const std::size_t values =
      datum.data().empty() ? static_cast<std::size_t>(datum.float_data_size()) : datum.data().size();
  if (static_cast<double>(values) == expected) return "";
  return "is a Datum of the shape " + shape + " with " + std::to_string(values) + " values";
}

// A key as a message can show it.
std::string Shown(const std::string& key) {
  std::string shown;
  for (const char byte : key) shown += std::iscntrl(static_cast<unsigned char>(byte)) != 0 ? '?' : byte;
  return shown;
}

}  // namespace

std::string RequireDatum(caffe::db::Cursor& cursor, const caffe::LayerParameter& layer) {
  const std::string& source = layer.data_param().source();
  const std::string prefix = "its source '" + source + "': ";
  if (!cursor.valid()) throw Error(CAFFE_ERROR_FORMAT, prefix + "the database is empty").AtPath(source);
  std::string bytes = cursor.value();
  const std::string key = Shown(cursor.key());
  const std::string fault = FaultOf(bytes);
  if (!fault.empty()) throw Error(CAFFE_ERROR_FORMAT, prefix + "record '" + key + "' " + fault).AtPath(source);
  SetDataItem(source, key);
  return bytes;
}

}  // namespace caffesharp
