#include "engine/schedule/worker.h"

#include <algorithm>
#include <cstring>

namespace caffesharp {
namespace engine {
namespace {

void CopyFloats(const float* from, std::ptrdiff_t count, float* to) {
  std::memcpy(to, from, static_cast<std::size_t>(count) * sizeof(float));
}

}  // namespace

int Worker::VectorCount(int index) const {
  const int width = Of(index).width;
  const int lanes = Planned(index).kernels->lanes;
  return plan_.share().meaning == LaneMeaning::kPictures ? width : (width + lanes - 1) / lanes;
}

void Worker::Run(int item) {
  const Share& share = plan_.share();
  first_picture_ = plan_.first_picture_of(item);
  const int lanes = share.meaning == LaneMeaning::kPictures ? share.lanes : 1;
  picture_count_ = std::min(lanes, share.first_picture + share.pictures - first_picture_);
  const std::vector<Rows>& rows = plan_.rows_of(item);
  produced_.clear();
  for (const Rows& wanted : rows) produced_.push_back({wanted.begin, wanted.begin});
  const int count = static_cast<int>(rows.size());
  for (int band = 0; band < plan_.bands(); ++band) {
    for (int index = 0; index < count; ++index) {
      const int end = plan_.ReachableEnd(index, rows, produced_, band);
      const int begin = produced_[index].end;
      if (end <= begin) continue;
      if (Of(index).kind != OperationKind::kExport && end - produced_[index].begin > Planned(index).capacity) {
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
  if (!real.empty()) {
    switch (operation.kind) {
      case OperationKind::kImport:
        Import(index, real);
        break;
      case OperationKind::kExport:
        Export(index, real);
        break;
      case OperationKind::kDense:
        MultiplyDensely(index);
        break;
      case OperationKind::kFlatten:
        Flatten(index);
        break;
      case OperationKind::kConvolution:
        for (int row = real.begin; row < real.end;) {
          // Pairs begin with an even row; the last may be alone.
          const bool pair = Planned(index).packed_pairs != nullptr && row + 1 < real.end;
          if (pair) {
            ConvolvePair(index, row);
          } else {
            Convolve(index, row);
          }
          row += pair ? 2 : 1;
        }
        break;
      case OperationKind::kPooling:
        for (int row = real.begin; row < real.end; ++row) Pool(index, row);
        break;
      case OperationKind::kRectify:
      case OperationKind::kAffine:
      case OperationKind::kSoftmax:
        for (int row = real.begin; row < real.end; ++row) MapValues(index, row);
        break;
      case OperationKind::kCombine:
        for (int row = real.begin; row < real.end; ++row) Combine(index, row);
        break;
      case OperationKind::kSlice:
        for (int row = real.begin; row < real.end; ++row) {
          CopyChannels(index, operation.inputs[0], operation.first_channel, 0, operation.channels, row);
        }
        break;
      case OperationKind::kConcatenate:
        for (int row = real.begin; row < real.end; ++row) {
          int first = 0;
          for (const int input : operation.inputs) {
            CopyChannels(index, input, 0, first, Of(input).channels, row);
            first += Of(input).channels;
          }
        }
        break;
      case OperationKind::kPhases:
        for (int row = real.begin; row < real.end; ++row) SortPhases(index, row);
        break;
    }
  }
  if (operation.kind != OperationKind::kExport) ClearPads(index, rows);
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

void Worker::Import(int index, Rows rows) {
  const Operation& operation = Of(index);
  const PlannedOperation& planned = Planned(index);
  const std::ptrdiff_t width = operation.width;
  const std::ptrdiff_t plane = width * operation.height;
  const std::ptrdiff_t picture = plane * operation.channels;
  const float* const source = blobs_.imports[index] + first_picture_ * picture + rows.begin * width;
  const bool pictures = plan_.share().meaning == LaneMeaning::kPictures;
  // Rows without padding follow each other in both places.
  const bool together = planned.row_step == width * planned.pixel_step;
  const int rows_at_once = together ? rows.end - rows.begin : 1;
  for (int channel = 0; channel < operation.channels; ++channel) {
    for (int row = rows.begin; row < rows.end; row += rows_at_once) {
      const float* const from = source + channel * plane + (row - rows.begin) * width;
      float* const to = Row(index, row) + channel * planned.channel_step;
      const std::ptrdiff_t length = rows_at_once * width;
      if (pictures) {
        planned.kernels->interleave(from, picture, picture_count_, static_cast<int>(length), to);
      } else {
        CopyFloats(from, length, to);
      }
    }
  }
}

void Worker::Export(int index, Rows rows) {
  const Operation& operation = Of(index);
  const int input = operation.inputs[0];
  const PlannedOperation& from = Planned(input);
  const std::ptrdiff_t width = operation.width;
  const std::ptrdiff_t plane = width * operation.height;
  const std::ptrdiff_t picture = plane * operation.channels;
  float* const target = blobs_.exports[index] + first_picture_ * picture;
  for (int channel = 0; channel < operation.channels; ++channel) {
    for (int row = rows.begin; row < rows.end; ++row) {
      const float* const values = Row(input, row) + channel * from.channel_step;
      float* const to = target + channel * plane + row * width;
      if (plan_.share().meaning == LaneMeaning::kPixels) {
        CopyFloats(values, width, to);
        continue;
      }
      for (std::ptrdiff_t x = 0; x < width; ++x) {
        for (int lane = 0; lane < picture_count_; ++lane) to[lane * picture + x] = values[x * from.pixel_step + lane];
      }
    }
  }
}

void Worker::Convolve(int index, int row) {
  const Operation& operation = Of(index);
  const PlannedOperation& planned = Planned(index);
  const int input = operation.inputs[0];
  const PlannedOperation& from = Planned(input);
  const Window& window = operation.window;
  const bool pictures = plan_.share().meaning == LaneMeaning::kPictures;
  const float* const start =
      Row(input, row * window.stride_height - window.pad_height) - window.pad_width * from.pixel_step;
  const int channels = operation.channels / operation.groups;
  const int input_channels = Of(input).channels / operation.groups;
  ConvolutionRow arguments;
  arguments.taps = planned.taps.data();
  arguments.tap_count = static_cast<std::ptrdiff_t>(planned.taps.size());
  arguments.vector_step = pictures ? window.stride_width * from.pixel_step : planned.kernels->lanes;
  arguments.block = planned.block;
  arguments.channels = channels;
  arguments.output_channel_step = planned.channel_step;
  arguments.vectors = VectorCount(index);
  for (int group = 0; group < operation.groups; ++group) {
    const int first = group * channels;
    arguments.input = start + group * input_channels * from.channel_step;
    arguments.weights = planned.packed->weights.data() + first * arguments.tap_count;
    arguments.bias = planned.packed->bias.data() + first;
    arguments.slopes = operation.slope_layer < 0 ? nullptr : planned.packed->slopes.data() + first;
    arguments.output = Row(index, row) + first * planned.channel_step;
    planned.kernels->convolve(arguments);
  }
}

void Worker::ConvolvePair(int index, int row) {
  const Operation& operation = Of(index);
  const PlannedOperation& planned = Planned(index);
  const int input = operation.inputs[0];
  const PlannedOperation& from = Planned(input);
  const Window& window = operation.window;
  const bool pictures = plan_.share().meaning == LaneMeaning::kPictures;
  const int channels = operation.channels / operation.groups;
  const int input_channels = Of(input).channels / operation.groups;
  RowSums sums;
  sums.input = Row(input, row - window.pad_height) - from.pad_left * from.pixel_step;
  sums.row_step = from.row_step;
  sums.input_channel_step = from.channel_step;
  sums.channels = Of(input).channels;
  sums.length = static_cast<int>(from.row_step);
  sums.output = workspace_ + plan_.scratch_offset();
  sums.sum_step = planned.sum_step;
  sums.output_channel_step = planned.sum_channel_step;
  planned.kernels->sum_rows(sums);
  ConvolutionPair arguments;
  arguments.taps = planned.pair_taps.data();
  arguments.tap_count = static_cast<std::ptrdiff_t>(planned.pair_taps.size());
  arguments.vector_step = pictures ? from.pixel_step : planned.kernels->lanes;
  arguments.block = planned.pair_block;
  arguments.channels = channels;
  arguments.output_channel_step = planned.channel_step;
  arguments.vectors = VectorCount(index);
  arguments.sum_step = planned.sum_step;
  arguments.output_row_step = planned.row_step;
  for (int group = 0; group < operation.groups; ++group) {
    const int first = group * channels;
    arguments.input = sums.output + (from.pad_left - window.pad_width) * from.pixel_step +
                      group * input_channels * planned.sum_channel_step;
    arguments.weights = planned.packed_pairs->weights.data() + kRowSums * first * arguments.tap_count;
    arguments.bias = planned.packed->bias.data() + first;
    arguments.slopes = operation.slope_layer < 0 ? nullptr : planned.packed->slopes.data() + first;
    arguments.output = Row(index, row) + first * planned.channel_step;
    planned.kernels->convolve_pair(arguments);
  }
}

void Worker::MultiplyDensely(int index) {
  const Operation& operation = Of(index);
  const PlannedOperation& planned = Planned(index);
  if (plan_.share().meaning == LaneMeaning::kPictures) {
    Convolve(index, 0);
    return;
  }
  DenseRow arguments;
  arguments.input = Row(operation.inputs[0], 0);
  arguments.taps = planned.taps.data();
  arguments.tap_count = static_cast<std::ptrdiff_t>(planned.taps.size());
  arguments.weights = planned.packed->weights.data();
  arguments.channels = operation.channels;
  arguments.bias = planned.packed->bias.data();
  arguments.slopes = operation.slope_layer < 0 ? nullptr : planned.packed->slopes.data();
  arguments.output = Row(index, 0);
  arguments.output_channel_step = planned.channel_step;
  planned.kernels->dense(arguments);
}

void Worker::Pool(int index, int row) {
  const Operation& operation = Of(index);
  const PlannedOperation& planned = Planned(index);
  const int input = operation.inputs[0];
  const Window& window = operation.window;
  const int height = Of(input).height;
  const int begin = row * window.stride_height - window.pad_height;
  const int first = std::max(begin, 0);
  PoolingRow arguments;
  arguments.input = Row(input, first);
  arguments.row_step = Planned(input).row_step;
  arguments.input_channel_step = Planned(input).channel_step;
  arguments.row_count = std::min(begin + window.kernel_height, height) - first;
  arguments.width = Of(input).width;
  arguments.kernel = window.kernel_width;
  arguments.stride = window.stride_width;
  arguments.pad = window.pad_width;
  arguments.maximum = operation.maximum;
  arguments.row_factor =
      1.0f / static_cast<float>(std::min(begin + window.kernel_height, height + window.pad_height) - begin);
  arguments.column_factors = planned.column_factors.data();
  arguments.channels = operation.channels;
  arguments.output_width = operation.width;
  arguments.output = Row(index, row);
  arguments.output_channel_step = planned.channel_step;
  arguments.scratch = workspace_ + plan_.scratch_offset();
  const bool pictures = plan_.share().meaning == LaneMeaning::kPictures;
  (pictures ? planned.kernels->pool_pictures : planned.kernels->pool_pixels)(arguments);
}

void Worker::MapValues(int index, int row) {
  const Operation& operation = Of(index);
  const PlannedOperation& planned = Planned(index);
  ElementwiseRow arguments;
  arguments.input = Row(operation.inputs[0], row);
  arguments.input_channel_step = Planned(operation.inputs[0]).channel_step;
  arguments.scale = nullptr;
  arguments.shift = nullptr;
  arguments.output = Row(index, row);
  arguments.output_channel_step = planned.channel_step;
  arguments.channels = operation.channels;
  arguments.vectors = VectorCount(index);
  if (operation.kind == OperationKind::kSoftmax) {
    planned.kernels->softmax(arguments);
  } else if (operation.kind == OperationKind::kRectify) {
    arguments.scale = planned.packed->slopes.data();
    planned.kernels->rectify(arguments);
  } else {
    arguments.scale = planned.packed->weights.data();
    arguments.shift = planned.packed->bias.data();
    planned.kernels->affine(arguments);
  }
}

void Worker::Combine(int index, int row) {
  const Operation& operation = Of(index);
  const PlannedOperation& planned = Planned(index);
  CombinationRow arguments;
  arguments.combination = operation.combination;
  arguments.output = Row(index, row);
  arguments.output_channel_step = planned.channel_step;
  arguments.channels = operation.channels;
  arguments.vectors = VectorCount(index);
  for (std::size_t i = 0; i < operation.inputs.size(); ++i) {
    arguments.input = Row(operation.inputs[i], row);
    arguments.input_channel_step = Planned(operation.inputs[i]).channel_step;
    arguments.coefficient = operation.coefficients[i];
    arguments.accumulate = i > 0;
    planned.kernels->combine(arguments);
  }
}

void Worker::CopyChannels(int index, int input, int first_from, int first_to, int channels, int row) {
  const PlannedOperation& from = Planned(input);
  const PlannedOperation& to = Planned(index);
  for (int channel = 0; channel < channels; ++channel) {
    CopyFloats(Row(input, row) + (first_from + channel) * from.channel_step, Of(index).width * to.pixel_step,
               Row(index, row) + (first_to + channel) * to.channel_step);
  }
}

void Worker::Flatten(int index) {
  const int input = Of(index).inputs[0];
  const Operation& source = Of(input);
  const PlannedOperation& from = Planned(input);
  const PlannedOperation& to = Planned(index);
  float* target = Row(index, 0);
  for (int channel = 0; channel < source.channels; ++channel) {
    for (int row = 0; row < source.height; ++row) {
      const float* const values = Row(input, row) + channel * from.channel_step;
      for (int x = 0; x < source.width; ++x) {
        CopyFloats(values + x * from.pixel_step, to.pixel_step, target);
        target += to.channel_step;
      }
    }
  }
}

void Worker::SortPhases(int index, int row) {
  const Operation& operation = Of(index);
  const PlannedOperation& planned = Planned(index);
  const int input = operation.inputs[0];
  const int source_row = row - operation.window.pad_height;
  const int stride = operation.window.stride_width;
  for (int channel = 0; channel < operation.channels; ++channel) {
    float* const to = Row(index, row) + channel * planned.channel_step;
    if (source_row < 0 || source_row >= Of(input).height) {
      std::fill(to, to + planned.row_step, 0.0f);
      continue;
    }
    const float* const from = Row(input, source_row) + channel * Planned(input).channel_step;
    for (int phase = 0; phase < stride; ++phase) {
      float* const values = to + phase * planned.phase_step;
      for (int column = phase, i = 0; column < operation.width; column += stride, ++i) {
        const int source_column = column - operation.window.pad_width;
        values[i] = source_column >= 0 && source_column < Of(input).width ? from[source_column] : 0.0f;
      }
    }
  }
}

}  // namespace engine
}  // namespace caffesharp
