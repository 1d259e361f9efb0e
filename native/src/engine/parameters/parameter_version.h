// Numbers that say when memory of Caffe's, a parameter's, may have changed. Every way of writing goes through
// caffe::SyncedMemory: it hands out a pointer to write through, or is given other memory. The linker puts functions of
// parameter_version.cpp before those of SyncedMemory (--wrap), so that writes by Caffe, by layers of forks and by this
// library are all counted.
#ifndef CAFFESHARP_SRC_ENGINE_PARAMETERS_PARAMETER_VERSION_H_
#define CAFFESHARP_SRC_ENGINE_PARAMETERS_PARAMETER_VERSION_H_

#include <atomic>
#include <boost/shared_ptr.hpp>
#include <boost/weak_ptr.hpp>
#include <caffe/syncedmem.hpp>
#include <cstdint>
#include <memory>
#include <vector>

namespace caffesharp {
namespace engine {

// Safe from several threads at once.
class ParameterVersion {
 public:
  explicit ParameterVersion(const boost::shared_ptr<caffe::SyncedMemory>& memory)
      : address_(memory.get()), memory_(memory) {}

  // Rises whenever the memory may have been written.
  std::uint64_t number() const { return number_.load(std::memory_order_acquire); }
  // Whether it is the version of this memory: another may have its address by now.
  bool IsOf(const boost::shared_ptr<caffe::SyncedMemory>& memory) const {
    return memory.get() == address_ && !memory_.expired();
  }
  void Raise() { number_.fetch_add(1, std::memory_order_acq_rel); }

 private:
  const caffe::SyncedMemory* const address_;
  const boost::weak_ptr<caffe::SyncedMemory> memory_;
  std::atomic<std::uint64_t> number_{1};
};

// The version of the memory, which is counted as long as somebody holds it. The same for all that ask.
std::shared_ptr<ParameterVersion> VersionOf(const boost::shared_ptr<caffe::SyncedMemory>& memory);

// What is written by this thread while it lives may be written until it ends: its version rises again then, so that
// what another thread packed meanwhile is packed once more.
class WriteScope {
 public:
  WriteScope();
  ~WriteScope();
  WriteScope(const WriteScope&) = delete;
  WriteScope& operator=(const WriteScope&) = delete;

  // The version was raised by this thread.
  static void Note(const std::shared_ptr<ParameterVersion>& version);

 private:
  WriteScope* const outer_;
  std::vector<std::shared_ptr<ParameterVersion>> written_;
};

}  // namespace engine
}  // namespace caffesharp

#endif  // CAFFESHARP_SRC_ENGINE_PARAMETERS_PARAMETER_VERSION_H_
