namespace CaffeSharp.Samples;

/// <summary>sin(x), which Caffe has no layer for: written in C#, for training and inference.</summary>
internal sealed class SineLayer : ManagedLayer
{
    protected override void Reshape(IReadOnlyList<Blob> bottoms, IReadOnlyList<Blob> tops) => tops[0].Reshape(bottoms[0].Shape);

    protected override void Forward(IReadOnlyList<Blob> bottoms, IReadOnlyList<Blob> tops)
    {
        ReadOnlySpan<float> x = bottoms[0].Data;
        Span<float> y = tops[0].MutableData;
        for (int i = 0; i < x.Length; i++)
        {
            y[i] = MathF.Sin(x[i]);
        }
    }

    protected override void Backward(IReadOnlyList<Blob> tops, IReadOnlyList<bool> propagateDown, IReadOnlyList<Blob> bottoms)
    {
        if (!propagateDown[0])
        {
            return;
        }

        ReadOnlySpan<float> x = bottoms[0].Data;
        ReadOnlySpan<float> above = tops[0].Diff;
        Span<float> below = bottoms[0].MutableDiff;
        for (int i = 0; i < x.Length; i++)
        {
            below[i] = above[i] * MathF.Cos(x[i]);
        }
    }
}
