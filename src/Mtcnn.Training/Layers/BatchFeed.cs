using Mtcnn.Training.Batches;

namespace Mtcnn.Training.Layers;

/// <summary>While it lives, the data layers that are made get their batches from its source. Caffe makes layers by name, so the source cannot be handed over.</summary>
internal sealed class BatchFeed : IDisposable
{
    private static readonly AsyncLocal<IBatchSource?> s_current = new();

    private readonly IBatchSource? _outer = s_current.Value;

    internal BatchFeed(IBatchSource batches)
    {
        ArgumentNullException.ThrowIfNull(batches);
        s_current.Value = batches;
    }

    internal static IBatchSource? Current => s_current.Value;

    public void Dispose() => s_current.Value = _outer;
}
