// Computes one item of a plan in a workspace of its own.
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

 private:
  void Produce(int index, Rows rows);
  void MakeRoom(int index, int end);
  void ClearPads(int index, Rows rows);
  void Import(int index, Rows rows);
  void Export(int index, Rows rows);
  void Convolve(int index, int row);
  // That row and the next.
  void ConvolvePair(int index, int row);
  void MultiplyDensely(int index);
  void Pool(int index, int row);
  void MapValues(int index, int row);
  void Combine(int index, int row);
  void CopyChannels(int index, int input, int first_from, int first_to, int channels, int row);
  void Flatten(int index);
  void SortPhases(int index, int row);

  const Operation& Of(int index) const { return plan_.graph().operations[index]; }
  const PlannedOperation& Planned(int index) const { return plan_.operations()[index]; }
  // Column 0 of a row of the first channel.
  float* Row(int index, int row) const {
    const PlannedOperation& planned = Planned(index);
    return workspace_ + planned.offset + (row - produced_[index].begin) * planned.row_step +
           planned.pad_left * planned.pixel_step;
  }
  // Vectors that hold a row.
  int VectorCount(int index) const;

  const Plan& plan_;
  const PlanBlobs& blobs_;
  float* const workspace_;
  int first_picture_ = 0;
  int picture_count_ = 0;
  std::vector<Rows>& produced_;
};

}  // namespace engine
}  // namespace caffesharp

#endif  // CAFFESHARP_SRC_ENGINE_SCHEDULE_WORKER_H_
