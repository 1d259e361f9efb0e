using System.Globalization;
using System.Numerics.Tensors;

namespace CaffeSharp.Tests.Support;

/// <summary>How far a net's blobs and parameters are from what tests/pycaffe/forward.py wrote of the same net, relative to
/// the largest value of each.</summary>
/// <param name="Compared">Number of arrays compared.</param>
/// <param name="Largest">The largest difference.</param>
/// <param name="Where">The array that has it.</param>
internal sealed record NetDifference(int Compared, double Largest, string Where)
{
    /// <summary>Compares every array of <paramref name="expected"/>, of which the net must have all.</summary>
    internal static NetDifference Between(Net net, IReadOnlyDictionary<string, Tensor<float>> expected)
    {
        NetDifference result = new(0, 0, "nothing");
        foreach ((string key, Tensor<float> array) in expected)
        {
            (string part, string name) = key.Split('/', 2) is [string first, string rest] ? (first, rest) : (key, string.Empty);
            bool isParameter = part.StartsWith("param", StringComparison.Ordinal);
            Blob blob = isParameter ? Parameter(net, name) : net.Blobs[name];
            ReadOnlyBlobView view = part.EndsWith("diff", StringComparison.Ordinal) ? blob.Diff : blob.Data;
            // A scalar is a tensor of the shape 1.
            Assert.Equal(array.Shape(), view.Shape is [] ? [1] : view.Shape.ToArray());
            double scale = float.Epsilon;
            foreach (float value in array.Values())
            {
                scale = Math.Max(scale, Math.Abs(value));
            }

            double difference = Close.Difference(array.Values(), view.Span) / scale;
            result = result with { Compared = result.Compared + 1 };
            result = difference > result.Largest ? result with { Largest = difference, Where = key } : result;
        }

        return result;
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Compared} arrays compared; the largest difference, {Largest:g3}, is in {Where}");

    // LAYER/INDEX, where a layer's name may hold slashes.
    private static Blob Parameter(Net net, string name)
    {
        int slash = name.LastIndexOf('/');
        return net.Parameters[name[..slash]][int.Parse(name.AsSpan(slash + 1), CultureInfo.InvariantCulture)];
    }
}
