namespace CaffeSharp.Tests.ManagedLayers;

/// <summary>regression_Layer of the reference's training nets: half the squared distance over the batch's size, or nothing
/// where no row has a target.</summary>
internal sealed class RegressionLossLayer : ManagedLayer
{
    protected override void SetUp(IReadOnlyList<Blob> bottoms, IReadOnlyList<Blob> tops) => Assert.Equal(2, bottoms.Count);

    protected override void Reshape(IReadOnlyList<Blob> bottoms, IReadOnlyList<Blob> tops)
    {
        Assert.Equal(bottoms[0].Count, bottoms[1].Count);
        tops[0].Reshape(1);
    }

    protected override void Forward(IReadOnlyList<Blob> bottoms, IReadOnlyList<Blob> tops)
    {
        double sum = 0;
        for (int at = 0; at < bottoms[0].Count && HasTarget(bottoms[1]); at++)
        {
            double distance = (double)bottoms[0].Data.Span[at] - bottoms[1].Data.Span[at];
            sum += distance * distance;
        }

        tops[0].CopyFrom([(float)(sum / bottoms[0].Num / 2)]);
    }

    protected override void Backward(
        IReadOnlyList<Blob> tops, IReadOnlyList<bool> propagateDown, IReadOnlyList<Blob> bottoms)
    {
        float weight = HasTarget(bottoms[1]) ? tops[0].Diff.Span[0] / bottoms[0].Num : 0;
        for (int bottom = 0; bottom < 2; bottom++)
        {
            Span<float> gradient = propagateDown[bottom] ? bottoms[bottom].MutableDiff.Span : [];
            for (int at = 0; at < gradient.Length; at++)
            {
                float distance = bottoms[0].Data.Span[at] - bottoms[1].Data.Span[at];
                gradient[at] = (bottom == 0 ? weight : -weight) * distance;
            }
        }
    }

    private static bool HasTarget(Blob targets)
    {
        ReadOnlySpan<float> values = targets.Data;
        int width = values.Length / targets.Num;
        for (int row = 0; row < targets.Num; row++)
        {
            if (values[row * width] != -1)
            {
                return true;
            }
        }

        return false;
    }
}
