using System.Globalization;
using System.Numerics.Tensors;
using CaffeSharp.Tests.Support;

namespace CaffeSharp.Tests.Parity;

/// <summary>Every number of the original nets, held against pycaffe's on the same inputs.</summary>
public sealed class ParityTests : LeakGate
{
    // Two builds with two BLAS libraries agree to rounding, not bit for bit.
    private const double Tolerance = 1e-5;

    // Weights that do not name all layers leave the rest to the fillers, which a seed makes the same on both sides.
    private const uint Seed = 20180821;

    public static TheoryData<string, string, int[]> Nets => new()
    {
        { "reference/12net/12net.prototxt", "reference/12net/12net.caffemodel", [1, 3, 12, 12] },
        { "reference/12net/12net.prototxt", "reference/12net/12net.caffemodel", [1, 3, 157, 211] },
        { "reference/12net/12net.prototxt", "reference/12net/12net.caffemodel", [3, 3, 64, 40] },
        { "reference/12net/12net.prototxt", "reference/12net/12net-cls-only.caffemodel", [1, 3, 90, 60] },
        { "reference/24net/24net.prototxt", "reference/24net/24net.caffemodel", [7, 3, 24, 24] },
        { "reference/24net/24net.prototxt", "reference/24net/24net-only-cls.caffemodel", [2, 3, 24, 24] },
        { "reference/48net/48net.prototxt", "reference/48net/48net.caffemodel", [5, 3, 48, 48] },
        { "reference/48net/48net.prototxt", "reference/48net/48net-only-cls.caffemodel", [2, 3, 48, 48] },
        { "official/det1.prototxt", "reference/12net/12net.caffemodel", [1, 3, 100, 75] },
        { "official/det2.prototxt", "reference/24net/24net.caffemodel", [3, 3, 24, 24] },
        { "official/det3.prototxt", "reference/48net/48net.caffemodel", [3, 3, 48, 48] },
        { "official/det4.prototxt", "official/det4.caffemodel", [2, 15, 24, 24] },
    };

    [Theory]
    [MemberData(nameof(Nets))]
    public void Every_blob_gradient_and_parameter_is_pycaffes(string prototxt, string weights, int[] shape)
    {
        string prototxtPath = Original(prototxt);
        string weightsPath = Original(weights);
        using TemporaryFolder folder = new();
        using Net net = Net.FromFile(prototxtPath, weightsPath, new() { Seed = Seed });
        Blob data = net.Inputs["data"];
        data.Reshape(shape);
        data.CopyFrom(Photo.Batch(shape[0], shape[1], shape[2], shape[3]));
        data.SaveNpy(folder.File("data.npy"));
        net.Forward();

        // Gradients start from the outputs, with numbers that are all different.
        List<string> arguments = [];
        foreach (Blob output in net.Outputs)
        {
            float[] gradient = [.. Enumerable.Range(0, output.Count).Select(index => MathF.Sin(index) / output.Count)];
            string file = folder.File($"{net.Outputs.Names.ToList().IndexOf(output.Name)}.npy");
            Npy.Write(file, gradient, output.Shape);
            arguments.AddRange("--diff", $"{output.Name}={file}");
            gradient.CopyTo(output.MutableDiff.Span);
        }

        net.Backward();
        IReadOnlyDictionary<string, Tensor<float>> expected = Pycaffe.Forward(
            [
                "--prototxt", prototxtPath, "--weights", weightsPath, "--input", $"data={folder.File("data.npy")}",
                "--seed", Seed.ToString(CultureInfo.InvariantCulture), "--backward", .. arguments,
            ]);

        Assert.Equal(expected.Keys.Where(name => name.StartsWith("data/", StringComparison.Ordinal)),
            net.Blobs.Names.Select(name => "data/" + name));
        foreach (Blob blob in net.Blobs)
        {
            AssertClose(expected["data/" + blob.Name], blob.Data, $"blob {blob.Name}");
            AssertClose(expected["diff/" + blob.Name], blob.Diff, $"gradient of blob {blob.Name}");
        }

        Assert.Equal(
            expected.Keys.Count(name => name.StartsWith("param/", StringComparison.Ordinal)),
            net.Parameters.Values.Sum(parameters => parameters.Count));
        foreach ((string layer, IReadOnlyList<Blob> parameters) in net.Parameters)
        {
            for (int index = 0; index < parameters.Count; index++)
            {
                string name = $"{layer}/{index.ToString(CultureInfo.InvariantCulture)}";
                AssertClose(expected["param/" + name], parameters[index].Data, $"parameter {name}");
                AssertClose(expected["param_diff/" + name], parameters[index].Diff, $"gradient of parameter {name}");
            }
        }
    }

    private static void AssertClose(Tensor<float> expected, ReadOnlyBlobView actual, string what)
    {
        Assert.Equal(expected.Shape(), actual.Shape.ToArray());
        double difference = Close.Difference(expected.Values(), actual.Span);
        Assert.True(difference <= Tolerance, $"{what} differs by {difference.ToString(CultureInfo.InvariantCulture)}");
    }

    private static string Original(string path) => Originals.Path(["models", .. path.Split('/')]);
}
