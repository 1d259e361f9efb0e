using CaffeSharp;
using Mtcnn.Training.Batches;

namespace Mtcnn.Training.Layers;

/// <summary>The reference's cls_Layer and cls_Layer_fc for scores and labels. Rows with a label are moved to the front, the rest is 0, and gradients are propagated only to the
/// rows with a label.</summary>
/// <param name="keepsAxes">Whether the scores keep their trailing axes.</param>
internal sealed class ClassificationBridgeLayer(bool keepsAxes) : ManagedLayer
{
    private readonly List<int> _rows = [];

    protected override void SetUp(IReadOnlyList<Blob> bottoms, IReadOnlyList<Blob> tops) => LayerShape.Require(this, bottoms, 2, tops, 2);

    protected override void Reshape(IReadOnlyList<Blob> bottoms, IReadOnlyList<Blob> tops)
    {
        LayerShape.RequireRows(this, bottoms[1], bottoms[0].Num);
        tops[0].Reshape(keepsAxes ? bottoms[0].Shape : bottoms[0].Shape[..2]);
        tops[1].Reshape(bottoms[1].Shape);
    }

    protected override void Forward(IReadOnlyList<Blob> bottoms, IReadOnlyList<Blob> tops)
    {
        ReadOnlySpan<float> scores = bottoms[0].Data;
        ReadOnlySpan<float> labels = bottoms[1].Data;
        Span<float> kept = tops[0].MutableData;
        Span<float> keptLabels = tops[1].MutableData;
        kept.Clear();
        keptLabels.Clear();
        _rows.Clear();
        int width = scores.Length / labels.Length;
        for (int row = 0; row < labels.Length; row++)
        {
            if (labels[row] != TrainingBatch.None)
            {
                scores.Slice(row * width, width).CopyTo(kept[(_rows.Count * width)..]);
                keptLabels[_rows.Count] = labels[row];
                _rows.Add(row);
            }
        }
    }

    protected override void Backward(IReadOnlyList<Blob> tops, IReadOnlyList<bool> propagateDown, IReadOnlyList<Blob> bottoms)
    {
        if (!propagateDown[0])
        {
            return;
        }

        ReadOnlySpan<float> from = tops[0].Diff;
        Span<float> gradient = bottoms[0].MutableDiff;
        gradient.Clear();
        int width = gradient.Length / bottoms[0].Num;
        for (int at = 0; at < _rows.Count; at++)
        {
            from.Slice(at * width, width).CopyTo(gradient[(_rows[at] * width)..]);
        }
    }
}
