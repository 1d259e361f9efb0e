#include "engine/schedule/worker.h"

#include <algorithm>
#include <cstring>

#include "engine/graph/operator.h"
#include "engine/schedule/layout.h"

namespace caffesharp {
namespace engine {

int Worker::VectorCount(int index) const {
  const int width = Of(index).width;
  return lanes_are_images() ? width : DivideUp(width, Planned(index).lanes);
}

void Worker::Run(int item) {
  const Share& share = plan_.share();
  first_image_ = plan_.first_image_of(item);
  const int lanes = share.lanes_are_images() ? share.lanes : 1;
  image_count_ = std::min(lanes, share.first_image + share.images - first_image_);
  const std::vector<Rows>& rows = plan_.rows_of(item);
  produced_.clear();
  for (const Rows& wanted : rows) produced_.push_back({wanted.begin, wanted.begin});
  const int count = static_cast<int>(rows.size());
  for (int band = 0; band < plan_.bands(); ++band) {
    for (int index = 0; index < count; ++index) {
      const int end = plan_.ReachableEnd(index, rows, produced_, band);
      const int begin = produced_[index].end;
      if (end <= begin) continue;
      if (!Of(index).kind->WritesBlob() && end - produced_[index].begin > Planned(index).capacity) {
        MakeRoom(index, plan_.FirstRowNeeded(index, rows, produced_));
      }
      produced_[index].end = end;
      Produce(index, {begin, end});
    }
  }
}

// Moves the rows from first on to where the rows begin.
void Worker::MakeRoom(int index, int first) {
  const PlannedOperation& planned = Planned(index);
  const std::ptrdiff_t kept = (produced_[index].end - first) * planned.row_step;
  const std::ptrdiff_t dropped = (first - produced_[index].begin) * planned.row_step;
  for (int channel = 0; channel < Of(index).channels; ++channel) {
    float* const rows = workspace_ + planned.offset + channel * planned.channel_step;
    std::memmove(rows, rows + dropped, static_cast<std::size_t>(kept) * sizeof(float));
  }
  produced_[index].begin = first;
}

void Worker::Produce(int index, Rows rows) {
  const Operation& operation = Of(index);
  const Rows real = {std::max(rows.begin, 0), std::min(rows.end, operation.height)};
  if (!real.empty()) operation.kind->Run(*this, index, real);
  if (!operation.kind->WritesBlob()) ClearPads(index, rows);
}

void Worker::ClearPads(int index, Rows rows) {
  const Operation& operation = Of(index);
  const PlannedOperation& planned = Planned(index);
  const bool columns = planned.pad_left + planned.pad_right > 0;
  if (!columns && rows.begin >= 0 && rows.end <= operation.height) return;
  const std::ptrdiff_t left = planned.pad_left * planned.pixel_step;
  const std::ptrdiff_t right = planned.pad_right * planned.pixel_step;
  for (int row = rows.begin; row < rows.end; ++row) {
    const bool padding = row < 0 || row >= operation.height;
    for (int channel = 0; channel < operation.channels; ++channel) {
      float* const at = Row(index, row) + channel * planned.channel_step;
      if (padding) {
        std::fill(at - left, at - left + planned.row_step, 0.0f);
      } else {
        std::fill(at - left, at, 0.0f);
        float* const end = at + operation.width * planned.pixel_step;
        std::fill(end, end + right, 0.0f);
      }
    }
  }
}

}  // namespace engine
}  // namespace caffesharp
