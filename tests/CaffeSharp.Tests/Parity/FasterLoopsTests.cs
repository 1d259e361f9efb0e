using System.Globalization;
using System.Numerics.Tensors;
using CaffeSharp.Tests.Support;

namespace CaffeSharp.Tests.Parity;

/// <summary>The loops of Caffe's that this library has faster ones for (native/caffe/loops) give pycaffe's bits, in windows of every kind and for values of
/// every kind.</summary>
public sealed class FasterLoopsTests : LeakGate
{
    private static readonly string[] s_images = ["dim: 2 dim: 3 dim: 13 dim: 11", "dim: 1 dim: 2 dim: 6 dim: 70"];

    private static readonly string[] s_windows =
    [
        "kernel_size: 1",
        "kernel_size: 2 stride: 2",
        "kernel_size: 3",
        "kernel_size: 3 stride: 2 pad: 1",
        "kernel_size: 5 stride: 3 pad: 4",
        "kernel_h: 2 kernel_w: 5 stride_h: 3 stride_w: 1 pad_h: 1 pad_w: 4",
        "kernel_h: 4 kernel_w: 1 stride_h: 1 stride_w: 4 pad_h: 3 pad_w: 0",
    ];

    private static readonly string[] s_dilations = [string.Empty, " dilation: 2"];

    [Fact]
    public void Windows_and_rectified_values_of_every_kind_have_pycaffes_bits() => AssertPycaffesBits(ofEveryKind: true);

    // A window without a largest value has nothing to give its gradient to.
    [Fact]
    public void Gradients_of_windows_and_rectified_numbers_have_pycaffes_bits() => AssertPycaffesBits(ofEveryKind: false);

    private static void AssertPycaffesBits(bool ofEveryKind)
    {
        using TemporaryFolder folder = new();
        string prototxt = folder.Write("loops.prototxt", Definition());
        using Net net = Net.FromFile(prototxt, new() { Seed = 1 });
        Random random = new(20180821);
        List<string> arguments = ["--prototxt", prototxt, "--weights", folder.File("loops.caffemodel")];
        foreach (Blob input in net.Inputs)
        {
            Fill(input.MutableData.Span, random, ofEveryKind);
            input.SaveNpy(folder.File($"{input.Name}.npy"));
            arguments.AddRange("--input", $"{input.Name}={folder.File($"{input.Name}.npy")}");
        }

        foreach (IReadOnlyList<Blob> slopes in net.Parameters.Values)
        {
            Fill(slopes[0].MutableData.Span, random, ofEveryKind);
        }

        net.Save(folder.File("loops.caffemodel"));
        net.Forward();
        if (!ofEveryKind)
        {
            foreach (Blob output in net.Outputs)
            {
                float[] slope = [.. Enumerable.Range(0, output.Count).Select(index => MathF.Sin(index + 1))];
                slope.CopyTo(output.MutableDiff.Span);
                Npy.Write(folder.File($"{output.Name}.npy"), slope, output.Shape);
                arguments.AddRange("--diff", $"{output.Name}={folder.File($"{output.Name}.npy")}");
            }

            arguments.Add("--backward");
            net.Backward();
        }

        IReadOnlyDictionary<string, Tensor<float>> expected = Pycaffe.Forward([.. arguments]);
        foreach (Blob blob in net.Blobs)
        {
            AssertSameBits(expected["data/" + blob.Name], blob.Data, blob.Name);
            if (!ofEveryKind)
            {
                AssertSameBits(expected["diff/" + blob.Name], blob.Diff, $"the gradient of {blob.Name}");
            }
        }

        Assert.True(net.Layers.Count(layer => layer.Type is "Im2col") >= 20);
        Assert.True(net.Layers.Count(layer => layer.Type is "Pooling") >= 40);
    }

    private static string Definition()
    {
        List<string> layers = [];
        for (int image = 0; image < s_images.Length; image++)
        {
            string input = $"image{image.ToString(CultureInfo.InvariantCulture)}";
            layers.Add($$"""layer { name: "{{input}}" type: "Input" top: "{{input}}" input_param { shape { {{s_images[image]}} } } }""");
            Add("PReLU", input, string.Empty);
            Add("PReLU", input, "prelu_param { channel_shared: true }");
            Add("Pooling", input, "pooling_param { pool: MAX global_pooling: true }");
            Add("Pooling", input, "pooling_param { pool: AVE global_pooling: true }");
            foreach (string window in s_windows)
            {
                Array.ForEach(s_dilations, dilation => Add("Im2col", input, $"convolution_param {{ {window}{dilation} }}"));
                Add("Pooling", input, $"pooling_param {{ pool: MAX {window} }}");
                Add("Pooling", input, $"pooling_param {{ pool: MAX {window} round_mode: FLOOR }}", "places");
                Add("Pooling", input, $"pooling_param {{ pool: AVE {window} }}");
            }
        }

        layers.Add("""layer { name: "rows" type: "Input" top: "rows" input_param { shape { dim: 3 dim: 21 } } }""");
        Add("PReLU", "rows", string.Empty);
        layers.Add("""layer { name: "copy" type: "Power" bottom: "image0" top: "copy" }""");
        layers.Add("""layer { name: "in_place" type: "PReLU" bottom: "copy" top: "copy" }""");
        return $"force_backward: true\n{string.Join('\n', layers)}";

        void Add(string type, string bottom, string parameters, string? second = null)
        {
            string name = $"{type}{layers.Count.ToString(CultureInfo.InvariantCulture)}";
            string further = second is null ? string.Empty : $"top: \"{name}_{second}\"";
            layers.Add($$"""layer { name: "{{name}}" type: "{{type}}" bottom: "{{bottom}}" top: "{{name}}" {{further}} {{parameters}} }""");
        }
    }

    // Many of them are equal.
    private static void Fill(Span<float> values, Random random, bool ofEveryKind)
    {
        float[] others = [float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.MinValue, float.MaxValue, float.Epsilon, 0f, -0f];
        foreach (ref float value in values)
        {
            int kind = random.Next(ofEveryKind ? 0 : 6, 40);
            value = kind < others.Length ? others[kind] : kind < 20 ? random.Next(-2, 3) / 2f : (2 * random.NextSingle()) - 1;
        }
    }

    private static void AssertSameBits(Tensor<float> expected, ReadOnlyBlobView actual, string what)
    {
        Assert.Equal(expected.Shape(), actual.Shape.ToArray());
        float[] values = expected.Values();
        for (int i = 0; i < values.Length; i++)
        {
            Assert.True(BitsOf(values[i]) == BitsOf(actual.Span[i]), $"{what}, value {i}: {actual.Span[i]} instead of {values[i]}");
        }
    }

    // What is not a number has many bit patterns, of which processors choose.
    private static int BitsOf(float value) => float.IsNaN(value) ? BitConverter.SingleToInt32Bits(float.NaN) : BitConverter.SingleToInt32Bits(value);
}
