#include "engine/parameters/parameter_version.h"

#include <algorithm>
#include <mutex>
#include <shared_mutex>
#include <unordered_map>

namespace caffesharp {
namespace engine {
namespace {

// The versions that somebody holds.
class Versions {
 public:
  // Never destroyed: memory may be written until the process ends.
  static Versions& All() {
    static auto* const versions = new Versions();
    return *versions;
  }

  std::shared_ptr<ParameterVersion> Of(const boost::shared_ptr<caffe::SyncedMemory>& memory) {
    // Released after the lock: releasing the last reference takes the lock to forget the version.
    const caffe::SyncedMemory* const address = memory.get();
    const std::shared_ptr<ParameterVersion> fresh(new ParameterVersion(memory),
                                                  [this, address](ParameterVersion* forgotten) {
                                                    delete forgotten;
                                                    Forget(address);
                                                  });
    std::shared_ptr<ParameterVersion> known;
    const std::unique_lock<std::shared_mutex> lock(mutex_);
    std::weak_ptr<ParameterVersion>& place = versions_[address];
    known = place.lock();
    if (known != nullptr && known->IsOf(memory)) return known;
    place = fresh;
    count_ = versions_.size();
    return fresh;
  }

  void NoteWrite(const caffe::SyncedMemory* memory) {
    if (count_.load(std::memory_order_acquire) == 0) return;
    std::shared_ptr<ParameterVersion> version;
    {
      const std::shared_lock<std::shared_mutex> lock(mutex_);
      const auto found = versions_.find(memory);
      if (found == versions_.end()) return;
      version = found->second.lock();
    }
    if (version == nullptr) return;
    version->Raise();
    WriteScope::Note(version);
  }

 private:
  // Unless another version has taken its place.
  void Forget(const caffe::SyncedMemory* address) {
    const std::unique_lock<std::shared_mutex> lock(mutex_);
    const auto found = versions_.find(address);
    if (found != versions_.end() && found->second.expired()) versions_.erase(found);
    count_ = versions_.size();
  }

  std::shared_mutex mutex_;
  std::unordered_map<const caffe::SyncedMemory*, std::weak_ptr<ParameterVersion>> versions_;
  // The size of versions_, for writers when no version is held.
  std::atomic<std::size_t> count_{0};
};

thread_local WriteScope* innermost_scope = nullptr;

}  // namespace

std::shared_ptr<ParameterVersion> VersionOf(const boost::shared_ptr<caffe::SyncedMemory>& memory) {
  return Versions::All().Of(memory);
}

WriteScope::WriteScope() : outer_(innermost_scope) { innermost_scope = this; }

WriteScope::~WriteScope() {
  innermost_scope = outer_;
  for (const std::shared_ptr<ParameterVersion>& version : written_) version->Raise();
}

void WriteScope::Note(const std::shared_ptr<ParameterVersion>& version) {
  if (innermost_scope == nullptr) return;
  auto& written = innermost_scope->written_;
  if (std::find(written.begin(), written.end(), version) == written.end()) written.push_back(version);
}

}  // namespace engine
}  // namespace caffesharp

// Functions of caffe::SyncedMemory, by their names to the linker; a member function takes its object as the first
// argument. __real_ are Caffe's own, __wrap_ are called in their place by all files but syncedmem.cpp.
extern "C" {
void* __real__ZN5caffe12SyncedMemory16mutable_cpu_dataEv(caffe::SyncedMemory* memory);
void* __real__ZN5caffe12SyncedMemory16mutable_gpu_dataEv(caffe::SyncedMemory* memory);
void __real__ZN5caffe12SyncedMemory12set_cpu_dataEPv(caffe::SyncedMemory* memory, void* data);

void* __wrap__ZN5caffe12SyncedMemory16mutable_cpu_dataEv(caffe::SyncedMemory* memory) {
  caffesharp::engine::Versions::All().NoteWrite(memory);
  return __real__ZN5caffe12SyncedMemory16mutable_cpu_dataEv(memory);
}

void* __wrap__ZN5caffe12SyncedMemory16mutable_gpu_dataEv(caffe::SyncedMemory* memory) {
  caffesharp::engine::Versions::All().NoteWrite(memory);
  return __real__ZN5caffe12SyncedMemory16mutable_gpu_dataEv(memory);
}

void __wrap__ZN5caffe12SyncedMemory12set_cpu_dataEPv(caffe::SyncedMemory* memory, void* data) {
  caffesharp::engine::Versions::All().NoteWrite(memory);
  __real__ZN5caffe12SyncedMemory12set_cpu_dataEPv(memory, data);
}
}
