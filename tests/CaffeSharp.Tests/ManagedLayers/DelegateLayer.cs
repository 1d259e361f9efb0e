namespace CaffeSharp.Tests.ManagedLayers;

/// <summary>Copies its bottom to its top, and calls back from each method first. Its gradient is wrong on request.</summary>
internal sealed class DelegateLayer : ManagedLayer, IDisposable
{
    internal Action<string, IReadOnlyList<Blob>>? Before { get; init; }

    internal Action? Disposed { get; init; }

    internal float GradientFactor { get; init; } = 1;

    public void Dispose() => Disposed?.Invoke();

    protected override void SetUp(IReadOnlyList<Blob> bottoms, IReadOnlyList<Blob> tops) =>
        Before?.Invoke(nameof(SetUp), bottoms);

    protected override void Reshape(IReadOnlyList<Blob> bottoms, IReadOnlyList<Blob> tops)
    {
        Before?.Invoke(nameof(Reshape), bottoms);
        tops[0].Reshape(bottoms[0].Shape);
    }

    protected override void Forward(IReadOnlyList<Blob> bottoms, IReadOnlyList<Blob> tops)
    {
        Before?.Invoke(nameof(Forward), bottoms);
        tops[0].CopyFrom(bottoms[0].Data);
    }

    protected override void Backward(
        IReadOnlyList<Blob> tops, IReadOnlyList<bool> propagateDown, IReadOnlyList<Blob> bottoms)
    {
        Before?.Invoke(nameof(Backward), bottoms);
        ReadOnlySpan<float> slope = tops[0].Diff;
        Span<float> gradient = propagateDown[0] ? bottoms[0].MutableDiff.Span : [];
        for (int at = 0; at < gradient.Length; at++)
        {
            gradient[at] = GradientFactor * slope[at];
        }
    }
}
