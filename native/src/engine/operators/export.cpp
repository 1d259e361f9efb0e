// Writes a blob of the net.
#include "engine/operators/engine_operators.h"
#include "engine/operators/parts/copy_channels.h"
#include "engine/schedule/worker.h"

namespace caffesharp {
namespace engine {
namespace {

class Export final : public Operator {
 public:
  bool WritesBlob() const override { return true; }

  void Run(const Worker& worker, int index, Rows rows) const override {
    const Operation& operation = worker.Of(index);
    const int input = operation.inputs[0];
    const PlannedOperation& from = worker.Planned(input);
    const std::ptrdiff_t width = operation.width;
    const std::ptrdiff_t plane = width * operation.height;
    const std::ptrdiff_t image = plane * operation.channels;
    float* const target = worker.exported(index) + worker.first_image() * image;
    for (int channel = 0; channel < operation.channels; ++channel) {
      for (int row = rows.begin; row < rows.end; ++row) {
        const float* const values = worker.Row(input, row) + channel * from.channel_step;
        float* const to = target + channel * plane + row * width;
        if (!worker.lanes_are_images()) {
          CopyFloats(values, width, to);
          continue;
        }
        const int count = worker.image_count();
        for (std::ptrdiff_t x = 0; x < width; ++x) {
          for (int lane = 0; lane < count; ++lane) to[lane * image + x] = values[x * from.pixel_step + lane];
        }
      }
    }
  }
};

}  // namespace

const Operator& ExportOperator() {
  static const Export exporter;
  return exporter;
}

}  // namespace engine
}  // namespace caffesharp
