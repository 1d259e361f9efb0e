using CaffeSharp;
using Mtcnn.Training.Batches;

namespace Mtcnn.Training.Layers;

/// <summary>Half the mean squared distance of predictions and targets. Rows without a target begin with -1. The loss is 0, without gradient, if no row has a target.</summary>
/// <param name="onlyRowsWithTargets">Whether rows without a target are ignored, as batches of several tasks require. If false, as in the reference's regression_Layer,
/// all rows are used if one has a target.</param>
internal sealed class DistanceLayer(bool onlyRowsWithTargets) : ManagedLayer
{
    private readonly List<int> _rows = [];

    protected override void SetUp(IReadOnlyList<Blob> bottoms, IReadOnlyList<Blob> tops) => LayerShape.Require(this, bottoms, 2, tops, 1);

    protected override void Reshape(IReadOnlyList<Blob> bottoms, IReadOnlyList<Blob> tops)
    {
        LayerShape.RequireSameCount(this, bottoms[0], bottoms[1]);
        tops[0].Reshape(1);
    }

    protected override void Forward(IReadOnlyList<Blob> bottoms, IReadOnlyList<Blob> tops)
    {
        ReadOnlySpan<float> predictions = bottoms[0].Data;
        ReadOnlySpan<float> targets = bottoms[1].Data;
        int width = targets.Length / bottoms[1].Num;
        FindRows(targets, width);
        double sum = 0;
        foreach (int row in _rows)
        {
            for (int at = row * width; at < (row + 1) * width; at++)
            {
                double distance = (double)predictions[at] - targets[at];
                sum += distance * distance;
            }
        }

        tops[0].MutableData.Span[0] = _rows.Count == 0 ? 0 : (float)(sum / _rows.Count / 2);
    }

    protected override void Backward(IReadOnlyList<Blob> tops, IReadOnlyList<bool> propagateDown, IReadOnlyList<Blob> bottoms)
    {
        ReadOnlySpan<float> predictions = bottoms[0].Data;
        ReadOnlySpan<float> targets = bottoms[1].Data;
        int width = targets.Length / bottoms[1].Num;
        float weight = _rows.Count == 0 ? 0 : tops[0].Diff.Span[0] / _rows.Count;
        for (int bottom = 0; bottom < 2; bottom++)
        {
            if (!propagateDown[bottom])
            {
                continue;
            }

            Span<float> gradient = bottoms[bottom].MutableDiff;
            gradient.Clear();
            float factor = bottom == 0 ? weight : -weight;
            foreach (int row in _rows)
            {
                for (int at = row * width; at < (row + 1) * width; at++)
                {
                    gradient[at] = factor * (predictions[at] - targets[at]);
                }
            }
        }
    }

    private void FindRows(ReadOnlySpan<float> targets, int width)
    {
        _rows.Clear();
        bool any = false;
        for (int row = 0; row * width < targets.Length; row++)
        {
            bool has = targets[row * width] != TrainingBatch.None;
            any |= has;
            if (has || !onlyRowsWithTargets)
            {
                _rows.Add(row);
            }
        }

        if (!any)
        {
            _rows.Clear();
        }
    }
}
