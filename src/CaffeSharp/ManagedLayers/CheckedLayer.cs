namespace CaffeSharp;

/// <summary>A layer under a gradient check: its objective, and the values to go back to.</summary>
internal sealed class CheckedLayer : IDisposable
{
    private readonly Net _net;
    private readonly Layer _layer;
    private readonly float[][] _bottoms;
    private readonly float[][] _topDiffs;
    private readonly float[][] _parameterDiffs;
    private readonly float[][] _weights;

    internal CheckedLayer(Net net, Layer layer, Random random)
    {
        _net = net;
        _layer = layer;
        _bottoms = [.. layer.Bottoms.Select(blob => blob.ToArray())];
        _topDiffs = [.. layer.Tops.Select(blob => blob.Diff.Span.ToArray())];
        _parameterDiffs = [.. layer.Parameters.Select(blob => blob.Diff.Span.ToArray())];
        _weights = [.. layer.Tops.Select(blob => Weights(blob.Count, random))];
    }

    /// <summary>What backward says of each blob.</summary>
    internal float[][] Gradients(IReadOnlyList<Blob> blobs)
    {
        foreach (Blob blob in blobs)
        {
            blob.MutableDiff.Span.Fill(float.NaN);
        }

        // After that: a layer may keep there what it needs in backward, as HingeLoss does.
        Forward();
        foreach (Blob parameter in _layer.Parameters)
        {
            // Backward adds to it.
            parameter.MutableDiff.Span.Clear();
        }

        Restore(_layer.Tops, _weights, blob => blob.MutableDiff);
        _net.Backward(_layer.Name, _layer.Name);
        float[][] gradients = [.. blobs.Select(blob => blob.Diff.Span.ToArray())];
        for (int at = 0; at < blobs.Count; at++)
        {
            if (gradients[at].Length > 0 && Array.TrueForAll(gradients[at], float.IsNaN))
            {
                throw new InvalidOperationException(
                    $"Backward of layer '{_layer.Name}' left the diff of {blobs[at].Description} as it was. Where the net requires " +
                    "no gradient, set force_backward: true in its prototxt, or name the blobs to check.");
            }
        }

        return gradients;
    }

    /// <summary>How the objective changes with one value.</summary>
    internal double Slope(Blob blob, int index, double step)
    {
        float value = Value(blob, index);
        double above = Objective(blob, index, (float)(value + step));
        double below = Objective(blob, index, (float)(value - step));
        Set(blob, index, value);
        return (above - below) / ((float)(value + step) - (double)(float)(value - step));
    }

    public void Dispose()
    {
        Forward();
        Restore(_layer.Bottoms, _bottoms, blob => blob.MutableData);
        Restore(_layer.Tops, _topDiffs, blob => blob.MutableDiff);
        Restore(_layer.Parameters, _parameterDiffs, blob => blob.MutableDiff);
    }

    private static float[] Weights(int count, Random random)
    {
        float[] weights = new float[count];
        for (int index = 0; index < count; index++)
        {
#pragma warning disable CA5394 // Nothing is secret here.
            weights[index] = (random.NextSingle() * 2) - 1;
#pragma warning restore CA5394
        }

        return weights;
    }

    private static void Restore(IReadOnlyList<Blob> blobs, float[][] values, Func<Blob, BlobView> part)
    {
        for (int at = 0; at < blobs.Count; at++)
        {
            values[at].CopyTo(part(blobs[at]).Span);
        }
    }

    /// <summary>With the kept bottoms: a layer in place has written over them.</summary>
    private void Forward()
    {
        Restore(_layer.Bottoms, _bottoms, blob => blob.MutableData);
        _net.Forward(_layer.Name, _layer.Name);
    }

    private float Value(Blob blob, int index) =>
        Bottom(blob) is { } kept ? kept[index] : blob.Data.Span[index];

    private void Set(Blob blob, int index, float value)
    {
        if (Bottom(blob) is { } kept)
        {
            kept[index] = value;
        }
        else
        {
            blob.MutableData.Span[index] = value;
        }
    }

    private float[]? Bottom(Blob blob)
    {
        for (int at = 0; at < _bottoms.Length; at++)
        {
            if (ReferenceEquals(_layer.Bottoms[at], blob))
            {
                return _bottoms[at];
            }
        }

        return null;
    }

    private double Objective(Blob blob, int index, float value)
    {
        Set(blob, index, value);
        Forward();
        double sum = 0;
        for (int top = 0; top < _weights.Length; top++)
        {
            ReadOnlySpan<float> data = _layer.Tops[top].Data.Span;
            for (int at = 0; at < data.Length; at++)
            {
                sum += (double)_weights[top][at] * data[at];
            }
        }

        return sum;
    }
}
