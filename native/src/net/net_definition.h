// A prototxt, read and parsed, with the line of every layer.
#ifndef CAFFESHARP_SRC_NET_NET_DEFINITION_H_
#define CAFFESHARP_SRC_NET_NET_DEFINITION_H_

#include <caffe/proto/caffe.pb.h>

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/error.h"

namespace caffesharp {

class NetDefinition {
 public:
  // Throws CAFFE_ERROR_NOT_FOUND, CAFFE_ERROR_IO, or CAFFE_ERROR_FORMAT with line and column.
  static NetDefinition FromFile(const std::string& path);
  // name stands for the path in messages; empty for none.
  static NetDefinition FromText(const std::string& text, const std::string& name);
  // A definition that has no text, in today's syntax.
  static NetDefinition FromParameter(caffe::NetParameter parameter, const std::string& name);

  // Chooses the layers for a phase, level and stages, and checks what Caffe checks badly or not at all: unknown layer
  // types and bottoms, blobs made twice, sizes that Caffe would divide by or cut off. Throws CAFFE_ERROR_FORMAT or
  // CAFFE_ERROR_NOT_FOUND.
  void ChooseLayers(const caffe::NetState& state);

  // In today's syntax, whatever the file's.
  const caffe::NetParameter& parameter() const { return parameter_; }
  // The parameters that the definition holds itself, layer by layer; mostly none. Caffe would take them from the
  // definition unchecked, whatever their shapes, so they are taken out and copied like those of a file.
  caffe::NetParameter TakeWeights();
  const std::string& path() const { return path_; }

  // Line of the layer of that name, 0 if unknown. Of several layers of one name, the first that was chosen.
  int LineOf(const std::string& layer) const;

  // An error about a layer, with its place in the file: "12net.prototxt:14: layer 'conv1' (Convolution): message".
  Error LayerError(caffe_status status, const std::string& layer, const std::string& type,
                   const std::string& message) const;

  // Throws the exception being handled again, with the layer it is about. Only inside a catch block.
  [[noreturn]] void RethrowInLayer(const std::string& layer, const std::string& type) const;

 private:
  NetDefinition(const std::string& text, const std::string& path, const std::string& display);
  NetDefinition(caffe::NetParameter parameter, const std::string& path, const std::string& display);

  // The first of the chosen layers of that name; null if there is none.
  const caffe::LayerParameter* Find(const std::string& layer) const;
  std::string Prefix(const std::string& layer, const std::string& type) const;
  void CheckLayer(const caffe::LayerParameter& layer) const;
  void CheckConnections(std::vector<ErrorDetail>* faults) const;
  // Drops accuracies and losses whose labels the net does not have, if no layer reads them, with a warning.
  void LeaveOutMeasures();
  void WarnOfSameNames() const;

  std::string path_;
  // path_, or what stands for it in messages.
  std::string display_;
  caffe::NetParameter parameter_;
  // By index in parameter_, as long as no layer has been left out.
  std::vector<int> lines_;
  std::map<std::string, int> line_by_layer_;
  // By blob, the layer that would make it and is not among the chosen ones.
  std::map<std::string, std::string> left_out_makers_;
};

}  // namespace caffesharp

#endif  // CAFFESHARP_SRC_NET_NET_DEFINITION_H_
