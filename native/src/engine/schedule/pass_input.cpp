#include "engine/schedule/pass_input.h"

#include <algorithm>

namespace caffesharp {
namespace engine {
namespace {

// Another blob of the same shape and memory.
std::unique_ptr<caffe::Blob<float>> Share(const caffe::Blob<float>& blob) {
  auto shared = std::make_unique<caffe::Blob<float>>(blob.shape());
  shared->ShareData(blob);
  return shared;
}

void Assign(const caffe::Blob<float>& source, caffe::Blob<float>* blob) {
  // The blob had this shape before, and has room for it: neither its memory nor its gradients move.
  blob->Reshape(source.shape());
  blob->ShareData(source);
}

}  // namespace

void PassInput::Keep(const caffe::Blob<float>& blob, bool copy) {
  values_ = Share(blob);
  if (copy) Copy();
}

void PassInput::BeforeWrite(const caffe::SyncedMemory* memory) {
  if (IsIn(memory)) Copy();
}

void PassInput::Copy() {
  if (copy_ == nullptr) copy_ = std::make_unique<caffe::Blob<float>>();
  copy_->Reshape(values_->shape());
  std::copy_n(values_->cpu_data(), values_->count(), copy_->mutable_cpu_data());
  values_->ShareData(*copy_);
}

PassInputScope::PassInputScope(const std::vector<caffe::Blob<float>*>& blobs, const std::vector<PassInput>& inputs)
    : blobs_(blobs) {
  for (const caffe::Blob<float>* blob : blobs_) current_.push_back(Share(*blob));
  for (std::size_t i = 0; i < blobs_.size(); ++i) Assign(inputs[i].values(), blobs_[i]);
}

PassInputScope::~PassInputScope() {
  for (std::size_t i = 0; i < blobs_.size(); ++i) Assign(*current_[i], blobs_[i]);
}

}  // namespace engine
}  // namespace caffesharp
