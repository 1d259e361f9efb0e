// Runs a net of Caffe's: the layers it knows with its own kernels, in segments, the others as Caffe does. Results
// that only its own layers read are not written to their blobs unless somebody asks for them.
#ifndef CAFFESHARP_SRC_ENGINE_ACCELERATED_ENGINE_H_
#define CAFFESHARP_SRC_ENGINE_ACCELERATED_ENGINE_H_

#include <caffe/net.hpp>
#include <functional>
#include <memory>
#include <vector>

#include "caffesharp/engine.h"
#include "engine/schedule/segment.h"

namespace caffesharp {

class NetCall;
class NetState;

namespace engine {

class AcceleratedEngine {
 public:
  // The engine is the net's, and ends before it.
  AcceleratedEngine(const NetState& state, const caffe_engine_options& options);

  // Runs all layers, adding up their weighted losses. Gives the layer before which stop, asked now and then, ended it.
  int Forward(NetCall* call, const std::function<bool()>& stop, float* loss);
  void Reshape(NetCall* call);
  // Whether the blob, one of the net's, holds something older than the last pass.
  bool IsStale(const caffe::Blob<float>* blob) const;
  // Computes a blob that is stale, and writes it in every pass from now on.
  void Refresh(NetCall* call, const caffe::Blob<float>* blob);
  // Before Caffe alone runs the layers from first to last: their bottoms become what the last pass would have given.
  void PrepareCaffe(NetCall* call, int first_layer, int last_layer);
  // Whether the last whole pass was Caffe's, and its layers remember it.
  bool ran_by_caffe() const { return ran_by_caffe_; }
  bool Runs(int layer) const { return runs_[layer]; }

 private:
  int SegmentEnd(int first) const;
  void RunSegment(NetCall* call, Segment* segment);
  void ReshapeSegment(NetCall* call, Segment* segment);
  int BlobIndex(const caffe::Blob<float>* blob) const;

  const NetState& state_;
  const caffe::Net<float>& net_;
  NetWeights weights_;
  Resources resources_;
  // By layer, the segment that it begins; null where Caffe runs it.
  std::vector<std::unique_ptr<Segment>> segments_;
  // By blob, by layer.
  std::vector<bool> stale_;
  std::vector<bool> runs_;
  bool ran_by_caffe_ = true;
};

}  // namespace engine
}  // namespace caffesharp

#endif  // CAFFESHARP_SRC_ENGINE_ACCELERATED_ENGINE_H_
