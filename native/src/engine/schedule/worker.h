// Computes one item of a plan in its own workspace.
#ifndef CAFFESHARP_SRC_ENGINE_SCHEDULE_WORKER_H_
#define CAFFESHARP_SRC_ENGINE_SCHEDULE_WORKER_H_

#include <vector>

#include "engine/schedule/plan.h"

namespace caffesharp {
namespace engine {

// By operation, the blob that an import reads or an export writes.
struct PlanBlobs {
  std::vector<const float*> imports;
  std::vector<float*> exports;
};

class Worker {
 public:
  // workspace has the plan's size and begins a cache line; produced has room for the plan's operations, so that nothing
  // can fail any more.
  Worker(const Plan& plan, const PlanBlobs& blobs, float* workspace, std::vector<Rows>* produced)
      : plan_(plan), blobs_(blobs), workspace_(workspace), produced_(*produced) {}

  void Run(int item);

  // For operators, as they run.
  const Operation& Of(int index) const { return plan_.graph().operations[index]; }
  const PlannedOperation& Planned(int index) const { return plan_.operations()[index]; }
  template <typename Kind>
  const Kind& Own(int index) const {
    return static_cast<const Kind&>(*Planned(index).own);
  }
  // Column 0 of a row of the first channel.
  float* Row(int index, int row) const {
    const PlannedOperation& planned = Planned(index);
    return workspace_ + planned.offset + (row - produced_[index].begin) * planned.row_step +
           planned.pad_left * planned.pixel_step;
  }
  // Vectors that hold a row.
  int VectorCount(int index) const;
  float* scratch() const { return workspace_ + plan_.scratch_offset(); }
  bool lanes_are_images() const { return plan_.share().lanes_are_images(); }
  // The images of the item.
  int first_image() const { return first_image_; }
  int image_count() const { return image_count_; }
  // The whole blob of an import or export.
  const float* imported(int index) const { return blobs_.imports[index]; }
  float* exported(int index) const { return blobs_.exports[index]; }

 private:
  void Produce(int index, Rows rows);
  void MakeRoom(int index, int end);
  void ClearPads(int index, Rows rows);

  const Plan& plan_;
  const PlanBlobs& blobs_;
  float* const workspace_;
  int first_image_ = 0;
  int image_count_ = 0;
  std::vector<Rows>& produced_;
};

}  // namespace engine
}  // namespace caffesharp

#endif  // CAFFESHARP_SRC_ENGINE_SCHEDULE_WORKER_H_
