#include "data/hdf5/hdf5_source.h"

#include <hdf5.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <limits>
#include <system_error>
#include <vector>

#include "core/text.h"
#include "data/hdf5/hdf5_layout.h"
#include "data/hdf5/hdf5_links.h"
#include "data/hdf5/hdf5_object.h"
#include "data/hdf5/hdf5_session.h"
#include "data/hdf5/hdf5_values.h"

namespace caffesharp {
namespace {

using Shape = std::vector<hsize_t>;

std::string ShapeText(const Shape& shape) { return FormatShape(std::vector<int>(shape.begin(), shape.end())); }

// Names as Caffe reads them: by white space.
std::vector<std::string> ReadNames(const std::string& list) {
  std::ifstream file(list);
  std::vector<std::string> names;
  std::string name;
  while (file >> name) names.push_back(name);
  return names;
}

// Reads the dataset's shape. What is wrong with it; empty if nothing is.
std::string ReadShape(hid_t file, const std::string& name, Shape* shape) {
  const std::string dataset_name = "dataset '" + name + "'";
  if (!StaysInHdf5File(file, name)) return "has a " + dataset_name + " that " + kOtherHdf5File;
  if (name.empty() || H5Lexists(file, name.c_str(), H5P_DEFAULT) <= 0) return "has no " + dataset_name;
  if (!HasSoundHdf5Layout(file, name)) return "cannot be used: " + dataset_name + " " + kBadHdf5Layout;
  const Hdf5Object dataset(H5Dopen2(file, name.c_str(), H5P_DEFAULT), &H5Dclose);
  if (!dataset.is_open()) return "has no " + dataset_name + " that can be read";
  const Hdf5Object type(H5Dget_type(dataset.id()), &H5Tclose);
  const H5T_class_t type_class = H5Tget_class(type.id());
  if (type_class != H5T_FLOAT && type_class != H5T_INTEGER) return dataset_name + " holds no numbers";
  const Hdf5Object space(H5Dget_space(dataset.id()), &H5Sclose);
  const int axes = H5Sget_simple_extent_ndims(space.id());
  if (axes < 1) return dataset_name + " has no axis; its first is that of the examples";
  shape->resize(static_cast<std::size_t>(axes));
  H5Sget_simple_extent_dims(space.id(), shape->data(), nullptr);
  const bool possible = std::all_of(shape->begin(), shape->end(), [](hsize_t dimension) {
    return dimension > 0 && dimension <= static_cast<hsize_t>(std::numeric_limits<int>::max());
  });
  if (!possible) return dataset_name + " has a dimension that is 0 or more than Caffe counts";
  const std::string fault = FaultOfHdf5Values(dataset.id());
  return fault.empty() ? "" : "cannot be used: " + dataset_name + " " + fault;
}

// What is wrong with one file; empty if nothing is. expected has the shapes of the first file's, or nothing yet.
std::string FaultOf(const std::string& path, const caffe::LayerParameter& layer, std::vector<Shape>* expected) {
  const Hdf5Object file(H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT), &H5Fclose);
  if (!file.is_open()) return "is not an HDF5 file, or a damaged one (HDF5: " + Hdf5Session::InnermostError() + ")";
  std::vector<Shape> shapes(static_cast<std::size_t>(layer.top_size()));
  for (int i = 0; i < layer.top_size(); ++i) {
    Shape& shape = shapes[static_cast<std::size_t>(i)];
    const std::string fault = ReadShape(file.id(), layer.top(i), &shape);
    if (!fault.empty()) return fault;
    if (shape[0] != shapes[0][0]) {
      return "has " + std::to_string(shapes[0][0]) + " examples in dataset '" + layer.top(0) + "' and " +
             std::to_string(shape[0]) + " in dataset '" + layer.top(i) + "'";
    }
  }
  if (expected->empty()) *expected = shapes;
  for (std::size_t i = 0; i < shapes.size(); ++i) {
    const Shape& first = (*expected)[i];
    if (std::equal(shapes[i].begin() + 1, shapes[i].end(), first.begin() + 1, first.end())) continue;
    return "has the shape " + ShapeText(shapes[i]) + " in dataset '" + layer.top(static_cast<int>(i)) +
           "', the list's first file " + ShapeText(first) + "; only the first dimension may differ";
  }
  return "";
}

}  // namespace

std::optional<Hdf5Fault> FindHdf5Fault(const caffe::LayerParameter& layer) {
  const std::string& list = layer.hdf5_data_param().source();
  const std::vector<std::string> names = ReadNames(list);
  if (names.empty()) return Hdf5Fault{CAFFE_ERROR_FORMAT, list, "its list '" + list + "' names no file"};
  const Hdf5Session session;
  std::vector<Shape> shapes;
  for (const std::string& name : names) {
    std::error_code ignored;
    if (!std::filesystem::exists(name, ignored)) {
      return Hdf5Fault{
          CAFFE_ERROR_NOT_FOUND, name,
          "its list '" + list + "' names the file '" + name + "', which does not exist (seen from the current folder)"};
    }
    const std::string fault = FaultOf(name, layer, &shapes);
    if (!fault.empty()) return Hdf5Fault{CAFFE_ERROR_FORMAT, name, "the file '" + name + "' " + fault};
  }
  return std::nullopt;
}

}  // namespace caffesharp
