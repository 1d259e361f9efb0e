using Mtcnn.Training.Batches;

namespace Mtcnn.Training.Layers;

/// <summary>Provides data layers that are created before it is disposed with batches. Caffe creates layers by name, so the source cannot be passed as an argument.</summary>
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
