namespace CaffeSharp.Tests.ManagedLayers;

/// <summary>cls_Layer and cls_Layer_fc of the reference's training nets: the rows with a label come first, the rest is 0, and
/// gradients go back to those rows alone.</summary>
/// <param name="keepsAxes">Whether the prediction keeps its trailing axes.</param>
internal sealed class ClassificationBridgeLayer(bool keepsAxes) : ManagedLayer
{
    private const float Unlabelled = -1;

    protected override void Reshape(IReadOnlyList<Blob> bottoms, IReadOnlyList<Blob> tops)
    {
        tops[0].Reshape(keepsAxes ? bottoms[0].Shape : bottoms[0].Shape[..2]);
        tops[1].Reshape(bottoms[1].Shape);
    }

    protected override void Forward(IReadOnlyList<Blob> bottoms, IReadOnlyList<Blob> tops)
    {
        ReadOnlySpan<float> predictions = bottoms[0].Data;
        ReadOnlySpan<float> labels = bottoms[1].Data;
        Span<float> kept = tops[0].MutableData;
        Span<float> keptLabels = tops[1].MutableData;
        kept.Clear();
        keptLabels.Clear();
        int classes = bottoms[0].Dimension(1);
        int to = 0;
        foreach (int row in LabelledRows(labels))
        {
            predictions.Slice(row * classes, classes).CopyTo(kept[(to * classes)..]);
            keptLabels[to++] = labels[row];
        }
    }

    protected override void Backward(
        IReadOnlyList<Blob> tops, IReadOnlyList<bool> propagateDown, IReadOnlyList<Blob> bottoms)
    {
        if (!propagateDown[0])
        {
            return;
        }

        ReadOnlySpan<float> from = tops[0].Diff;
        Span<float> gradient = bottoms[0].MutableDiff;
        gradient.Clear();
        int classes = bottoms[0].Dimension(1);
        int at = 0;
        foreach (int row in LabelledRows(bottoms[1].Data))
        {
            from.Slice(at++ * classes, classes).CopyTo(gradient[(row * classes)..]);
        }
    }

    private static List<int> LabelledRows(ReadOnlySpan<float> labels)
    {
        List<int> rows = [];
        for (int row = 0; row < labels.Length; row++)
        {
            if (labels[row] != Unlabelled)
            {
                rows.Add(row);
            }
        }

        return rows;
    }
}
