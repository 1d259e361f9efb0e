namespace CaffeSharp;

/// <summary>Holds a layer's backward against its forward, one bottom or parameter value at a time, by central differences, as
/// Caffe's own tests do (test_gradient_check_util.hpp). Any layer of a net will do, in C# or of Caffe's. The objective is a
/// sum of the tops' values with random weights. A layer that draws random numbers cannot be checked so.</summary>
public sealed record GradientChecker
{
    /// <summary>How far each value is moved to both sides; 0.01 unless said otherwise.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive.</exception>
    public double Step
    {
        get;
        init => field = value > 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The step is positive.");
    } = 1e-2;

    /// <summary>The error that is allowed, relative where the gradient is larger than 1; 0.001 unless said otherwise.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive.</exception>
    public double Threshold
    {
        get;
        init => field = value > 0
            ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The threshold is positive.");
    } = 1e-3;

    /// <summary>Of the tops' weights in the objective.</summary>
    public int Seed { get; init; } = 1701;

    /// <summary>Checks one layer at the values that its bottoms and parameters have now. They are the same afterwards; the
    /// bottoms' diffs are not.</summary>
    /// <param name="net">The net. Gradients reach its inputs only with force_backward: true in its prototxt.</param>
    /// <param name="layer">The layer's name.</param>
    /// <param name="blobs">Names of the bottoms and parameters ("layer[0]") to check; none for all.</param>
    /// <exception cref="KeyNotFoundException">There is no such layer.</exception>
    /// <exception cref="ArgumentException">The layer has no such bottom or parameter.</exception>
    /// <exception cref="InvalidOperationException">Backward left a bottom's diff as it was: the net requires no gradient there,
    /// or the layer forgets it.</exception>
    /// <exception cref="CaffeException">The layer fails.</exception>
    public GradientReport Check(Net net, string layer, params IReadOnlyList<string> blobs)
    {
        ArgumentNullException.ThrowIfNull(net);
        ArgumentNullException.ThrowIfNull(blobs);
        Layer subject = net.Layers[layer];
        Blob[] known = [.. subject.Bottoms, .. subject.Parameters];
        Blob[] chosen = blobs.Count == 0 ? known : [.. blobs.Select(name => Find(known, name, layer))];
        net.Forward(layer, layer);
        using CheckedLayer state = new(net, subject, new Random(Seed));
        float[][] gradients = state.Gradients(chosen);
        List<GradientDifference> differences = [];
        double largest = 0;
        for (int at = 0; at < chosen.Length; at++)
        {
            for (int index = 0; index < gradients[at].Length; index++)
            {
                double numeric = state.Slope(chosen[at], index, Step);
                double analytic = gradients[at][index];
                double error = Math.Abs(analytic - numeric) / Math.Max(1, Math.Max(Math.Abs(analytic), Math.Abs(numeric)));
                largest = Math.Max(largest, double.IsNaN(error) ? double.PositiveInfinity : error);
                // Written so that NaN is a difference.
                if (!(error <= Threshold))
                {
                    differences.Add(new(chosen[at].Name, index, analytic, numeric));
                }
            }
        }

        return new(gradients.Sum(values => values.Length), largest, differences);
    }

    private static Blob Find(Blob[] known, string name, string layer) =>
        Array.Find(known, blob => blob.Name == name) ?? throw new ArgumentException(
            $"Layer '{layer}' has no bottom or parameter '{name}'; it has {string.Join(", ", known.Select(blob => blob.Name))}.",
            nameof(name));
}
