// Runs a net of Caffe's: the layers it knows with its own kernels, in segments, the others as Caffe does. Results
// that only its own layers read are not written to their blobs unless somebody asks for them. A segment keeps what it
// read in the last pass, so that they can be computed then, and what Caffe's layers remember of a pass too.
#ifndef CAFFESHARP_SRC_ENGINE_ACCELERATED_ENGINE_H_
#define CAFFESHARP_SRC_ENGINE_ACCELERATED_ENGINE_H_

#include <caffe/net.hpp>
#include <functional>
#include <map>
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

  // --- Reading and writing, between passes and within.

  // Whether the blob, one of the net's, holds something older than the last pass.
  bool IsStale(const caffe::Blob<float>* blob) const;
  // Computes a blob that is stale.
  void Refresh(NetCall* call, const caffe::Blob<float>* blob);
  // Somebody reads the blob: every pass leaves its values there from now on.
  void NoteRead(const caffe::Blob<float>* blob);
  // Somebody may write the memory from now on.
  void BeforeWrite(const caffe::SyncedMemory* memory);
  // Before all values of the blob are replaced: gives it other memory where its own holds what the last pass read, or
  // may be written at any time. False if the blob must keep its memory.
  bool Renew(caffe::Blob<float>* blob);
  // Before the engine ends: all blobs hold the last pass's values, and Caffe's layers remember it.
  void Leave(NetCall* call);

  // --- Layers that Caffe runs outside of Forward.

  // Before Caffe alone runs the layers from first to last: their bottoms become what the last pass would have given. If
  // hooks see the layers, so do their tops: a hook may read them before they are computed.
  void PrepareCaffe(NetCall* call, int first_layer, int last_layer);
  // Has Caffe run one of them; gives its weighted losses.
  float RunCaffe(NetCall* call, int layer);
  // Caffe has run the layer.
  void NoteRunByCaffe(int layer);
  // Before a backward pass: Caffe's layers remember what they would if they had run the last pass, and all blobs hold
  // its values. Layers that Caffe ran in it are not run again.
  void PrepareBackward(NetCall* call);

  bool Runs(int layer) const { return runs_[layer]; }

 private:
  int SegmentEnd(int first) const;
  void RunSegment(NetCall* call, Segment* segment);
  void ReshapeSegment(NetCall* call, Segment* segment);
  int BlobIndex(const caffe::Blob<float>* blob) const;
  Segment* SegmentThatMakes(int blob) const;
  void Refresh(NetCall* call, int blob);
  // Why what the segment's last run gave cannot be computed any more; null if it can.
  const char* WhyNotComputed(const Segment& segment) const;
  bool CanCompute(int blob) const;
  // Throws if the last pass's values cannot be computed; blob is the one that was asked for, -1 for all.
  void RequireRun(const Segment& segment, int blob) const;
  bool IsReadFrom(const caffe::SyncedMemory* memory) const;
  bool IsRunByCaffe(const Segment& segment) const;
  void RepeatInCaffe(NetCall* call, const Segment& segment);
  void Forget();

  const NetState& state_;
  const caffe::Net<float>& net_;
  NetWeights weights_;
  Resources resources_;
  // By layer, the segment that it begins; null if Caffe runs it.
  std::vector<std::unique_ptr<Segment>> segments_;
  // By blob.
  std::vector<bool> stale_;
  // By layer: whether its last run was the engine's, and whether Caffe's layer remembers that run.
  std::vector<bool> runs_;
  std::vector<bool> remembered_;
  // By blob that is renewed, memory for it.
  std::map<int, std::vector<std::unique_ptr<caffe::Blob<float>>>> buffers_;
  // By segment's first layer, whether one of its blobs was computed since it ran.
  std::vector<bool> refreshed_;
};

}  // namespace engine
}  // namespace caffesharp

#endif  // CAFFESHARP_SRC_ENGINE_ACCELERATED_ENGINE_H_
