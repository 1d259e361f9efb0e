#include <caffe/proto/caffe.pb.h>

#include <caffe/util/db.hpp>
#include <cctype>
#include <cstdint>
#include <string>

#include "error.h"
#include "text.h"

namespace caffesharp {
namespace {

// What is wrong with a record's bytes; empty where Caffe can read them.
std::string FaultOf(const std::string& bytes) {
  caffe::Datum datum;
  if (!datum.ParseFromString(bytes)) {
    return "is no Datum, or a damaged one (" + FormatBytes(static_cast<std::int64_t>(bytes.size())) + ")";
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
  // Here, and not where the layer is run: of several data layers another one may be waiting.
  const std::string prefix = "layer '" + layer.name() + "' (" + layer.type() + "): its source '" + source + "': ";
  if (!cursor.valid()) {
    throw Error(CAFFE_ERROR_FORMAT, prefix + "the database is empty").InLayer(layer.name()).AtPath(source);
  }
  std::string bytes = cursor.value();
  const std::string fault = FaultOf(bytes);
  if (fault.empty()) return bytes;
  throw Error(CAFFE_ERROR_FORMAT, prefix + "record '" + Shown(cursor.key()) + "' " + fault)
      .InLayer(layer.name())
      .AtPath(source);
}

}  // namespace caffesharp
