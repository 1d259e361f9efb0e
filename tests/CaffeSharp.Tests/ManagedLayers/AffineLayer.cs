using System.Globalization;

namespace CaffeSharp.Tests.ManagedLayers;

/// <summary>y = a x + b with two learnt numbers; param_str is the a to start from.</summary>
internal sealed class AffineLayer : ManagedLayer
{
    protected override void SetUp(IReadOnlyList<Blob> bottoms, IReadOnlyList<Blob> tops)
    {
        AddParameter(1).CopyFrom([float.Parse(ParameterString, CultureInfo.InvariantCulture)]);
        AddParameter(1).CopyFrom([0.5f]);
    }

    protected override void Reshape(IReadOnlyList<Blob> bottoms, IReadOnlyList<Blob> tops) =>
        tops[0].Reshape(bottoms[0].Shape);

    protected override void Forward(IReadOnlyList<Blob> bottoms, IReadOnlyList<Blob> tops)
    {
        ReadOnlySpan<float> x = bottoms[0].Data;
        Span<float> y = tops[0].MutableData;
        for (int at = 0; at < x.Length; at++)
        {
            y[at] = (Parameters[0].Data[0] * x[at]) + Parameters[1].Data[0];
        }
    }

    protected override void Backward(
        IReadOnlyList<Blob> tops, IReadOnlyList<bool> propagateDown, IReadOnlyList<Blob> bottoms)
    {
        ReadOnlySpan<float> x = bottoms[0].Data;
        ReadOnlySpan<float> slope = tops[0].Diff;
        Span<float> gradient = propagateDown[0] ? bottoms[0].MutableDiff.Span : [];
        for (int at = 0; at < x.Length; at++)
        {
            Parameters[0].MutableDiff[0] += slope[at] * x[at];
            Parameters[1].MutableDiff[0] += slope[at];
        }

        for (int at = 0; at < gradient.Length; at++)
        {
            gradient[at] = Parameters[0].Data[0] * slope[at];
        }
    }
}
