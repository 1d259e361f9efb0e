// Reads a blob of the net.
#include "engine/kernels/interleave_kernels.h"
#include "engine/operators/engine_operators.h"
#include "engine/operators/parts/copy_channels.h"
#include "engine/schedule/worker.h"

namespace caffesharp {
namespace engine {
namespace {

struct ImportPlan final : OperatorPlan {
  const InterleaveKernels* kernels = nullptr;
};

class Import final : public Operator {
 public:
  bool ReadsBlob() const override { return true; }

  void ChooseKernels(const PlanSite& site) const override {
    auto own = std::make_unique<ImportPlan>();
    own->kernels = &site.kernels.Of<InterleaveFamily>(site.planned().lanes);
    site.planned().own = std::move(own);
  }

  void Run(const Worker& worker, int index, Rows rows) const override {
    const Operation& operation = worker.Of(index);
    const PlannedOperation& planned = worker.Planned(index);
    const std::ptrdiff_t width = operation.width;
    const std::ptrdiff_t plane = width * operation.height;
    const std::ptrdiff_t image = plane * operation.channels;
    const float* const source = worker.imported(index) + worker.first_image() * image + rows.begin * width;
    const InterleaveKernels& kernels = *worker.Own<ImportPlan>(index).kernels;
    // Rows without padding follow each other in both places.
    const bool together = planned.row_step == width * planned.pixel_step;
    const int rows_at_once = together ? rows.end - rows.begin : 1;
    for (int channel = 0; channel < operation.channels; ++channel) {
      for (int row = rows.begin; row < rows.end; row += rows_at_once) {
        const float* const from = source + channel * plane + (row - rows.begin) * width;
        float* const to = worker.Row(index, row) + channel * planned.channel_step;
        const std::ptrdiff_t length = rows_at_once * width;
        if (worker.lanes_are_images()) {
          kernels.interleave(from, image, worker.image_count(), static_cast<int>(length), to);
        } else {
          CopyFloats(from, length, to);
        }
      }
    }
  }
};

}  // namespace

const Operator& ImportOperator() {
  static const Import import;
  return import;
}

}  // namespace engine
}  // namespace caffesharp
