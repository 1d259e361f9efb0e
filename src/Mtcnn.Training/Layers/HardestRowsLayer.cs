using System.Globalization;
using CaffeSharp;
using Mtcnn.Training.Batches;

namespace Mtcnn.Training.Layers;

/// <summary>Online hard example mining for scores and labels: keeps the labels of the rows with the highest loss, and removes the others. param_str is the share
/// of the labelled rows to keep.</summary>
internal sealed class HardestRowsLayer : ManagedLayer
{
    private double _share;
    private float[] _losses = [];
    private int[] _rows = [];

    protected override void SetUp(IReadOnlyList<Blob> bottoms, IReadOnlyList<Blob> tops)
    {
        LayerShape.Require(this, bottoms, 2, tops, 1);
        if (!double.TryParse(ParameterString, NumberStyles.Float, CultureInfo.InvariantCulture, out _share) || _share is not (> 0 and <= 1))
        {
            throw new RunException($"Layer '{Name}': param_str must be the share of rows to keep, above 0 and at most 1 (got \"{ParameterString}\").");
        }
    }

    protected override void Reshape(IReadOnlyList<Blob> bottoms, IReadOnlyList<Blob> tops)
    {
        LayerShape.RequireRows(this, bottoms[1], bottoms[0].Num);
        tops[0].Reshape(bottoms[1].Shape);
        if (_rows.Length != bottoms[0].Num)
        {
            _losses = new float[bottoms[0].Num];
            _rows = new int[bottoms[0].Num];
        }
    }

    protected override void Forward(IReadOnlyList<Blob> bottoms, IReadOnlyList<Blob> tops)
    {
        ReadOnlySpan<float> scores = bottoms[0].Data;
        ReadOnlySpan<float> labels = bottoms[1].Data;
        Span<float> kept = tops[0].MutableData;
        int classes = scores.Length / labels.Length;
        int labelled = 0;
        for (int row = 0; row < labels.Length; row++)
        {
            if (labels[row] != TrainingBatch.None)
            {
                _losses[labelled] = -Loss(scores.Slice(row * classes, classes), (int)labels[row]);
                _rows[labelled++] = row;
            }
        }

        Array.Sort(_losses, _rows, 0, labelled);
        kept.Fill(TrainingBatch.None);
        foreach (int row in _rows.AsSpan(0, (int)Math.Ceiling(labelled * _share)))
        {
            kept[row] = labels[row];
        }
    }

    protected override void Backward(IReadOnlyList<Blob> tops, IReadOnlyList<bool> propagateDown, IReadOnlyList<Blob> bottoms)
    {
        if (propagateDown[0])
        {
            bottoms[0].MutableDiff.Span.Clear();
        }
    }

    private static float Loss(ReadOnlySpan<float> scores, int label)
    {
        float highest = float.NegativeInfinity;
        foreach (float score in scores)
        {
            highest = MathF.Max(highest, score);
        }

        float sum = 0;
        foreach (float score in scores)
        {
            sum += MathF.Exp(score - highest);
        }

        return MathF.Log(sum) + highest - scores[label];
    }
}
