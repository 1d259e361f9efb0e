using CaffeSharp;
using Mtcnn.Training.Batches;

namespace Mtcnn.Training.Layers;

/// <summary>Outputs batches. The tops are crops, labels, offsets and points.</summary>
internal sealed class BatchLayer : ManagedLayer
{
    private IBatchSource? _batches;

    protected override void SetUp(IReadOnlyList<Blob> bottoms, IReadOnlyList<Blob> tops)
    {
        if (tops.Count != 4)
        {
            throw new RunException($"Layer '{Name}' has {tops.Count} tops; it requires four: crops, labels, offsets and points.");
        }

        _batches = BatchFeed.Current ?? throw new InvalidOperationException(
            $"Layer '{Name}' has no source of batches. Create the net inside {nameof(ReferenceLayers)}.{nameof(ReferenceLayers.Feed)}.");
    }

    protected override void Reshape(IReadOnlyList<Blob> bottoms, IReadOnlyList<Blob> tops)
    {
        int size = _batches!.BatchSize;
        tops[0].Reshape(size, _batches.Channels, _batches.Side, _batches.Side);
        tops[1].Reshape(size, 1);
        tops[2].Reshape(size, TrainingBatch.OffsetCount);
        tops[3].Reshape(size, TrainingBatch.PointCount);
    }

    protected override void Forward(IReadOnlyList<Blob> bottoms, IReadOnlyList<Blob> tops)
    {
        TrainingBatch batch = _batches!.NextBatch();
        batch.Data.CopyTo(tops[0].MutableData);
        batch.Labels.CopyTo(tops[1].MutableData);
        batch.Offsets.CopyTo(tops[2].MutableData);
        batch.Points.CopyTo(tops[3].MutableData);
    }

    protected override void Backward(IReadOnlyList<Blob> tops, IReadOnlyList<bool> propagateDown, IReadOnlyList<Blob> bottoms)
    {
    }
}
