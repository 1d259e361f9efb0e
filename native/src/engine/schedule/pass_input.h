// The values that the last run of a segment read from a blob: what they give can be computed until the next run.
#ifndef CAFFESHARP_SRC_ENGINE_SCHEDULE_PASS_INPUT_H_
#define CAFFESHARP_SRC_ENGINE_SCHEDULE_PASS_INPUT_H_

#include <caffe/blob.hpp>
#include <memory>
#include <vector>

namespace caffesharp {
namespace engine {

// They lie in the blob's memory until it may be written, and in a copy from then on.
class PassInput {
 public:
  // Takes the blob's values. With copy, its memory may be written without another call.
  void Keep(const caffe::Blob<float>& blob, bool copy);
  void Drop() { values_.reset(); }
  // Before the memory may be written.
  void BeforeWrite(const caffe::SyncedMemory* memory);
  bool IsIn(const caffe::SyncedMemory* memory) const { return values_ != nullptr && values_->data().get() == memory; }
  // In the shape of the run.
  const caffe::Blob<float>& values() const { return *values_; }

 private:
  void Copy();

  std::unique_ptr<caffe::Blob<float>> values_;
  // Memory for copies, if there were some.
  std::unique_ptr<caffe::Blob<float>> copy_;
};

// While this lives, the blobs have the shapes and values that a run read.
class PassInputScope {
 public:
  PassInputScope(const std::vector<caffe::Blob<float>*>& blobs, const std::vector<PassInput>& inputs);
  ~PassInputScope();
  PassInputScope(const PassInputScope&) = delete;
  PassInputScope& operator=(const PassInputScope&) = delete;

 private:
  const std::vector<caffe::Blob<float>*> blobs_;
  // What the blobs have outside of the scope.
  std::vector<std::unique_ptr<caffe::Blob<float>>> current_;
};

}  // namespace engine
}  // namespace caffesharp

#endif  // CAFFESHARP_SRC_ENGINE_SCHEDULE_PASS_INPUT_H_
