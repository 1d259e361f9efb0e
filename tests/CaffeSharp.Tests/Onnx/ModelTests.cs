using CaffeSharp.Onnx;
using CaffeSharp.Tests.Support;

namespace CaffeSharp.Tests.Onnx;

/// <summary>Whole nets, run by ONNX Runtime and by Caffe: the original cascade on real photos, and the nets that come with
/// Caffe's source.</summary>
public sealed class ModelTests : LeakGate
{
    private const double Tolerance = 1e-5;

    private static readonly string[] s_anySize = ["batch", "", "height", "width"];
    private static readonly string[] s_anyBatch = ["batch", "", "", ""];

    [Fact]
    public void The_first_net_when_exported_finds_what_Caffe_finds_in_photos_of_any_size()
    {
        using Net net = Net.FromFile(Originals.Net12, Originals.Weights12);
        using OnnxRun model = new(net.ToOnnx(new() { DynamicSize = true }));
        Assert.Equal(s_anySize, model.Symbols("data"));
        Assert.Equal(net.Outputs.Names.Order(StringComparer.Ordinal), model.Outputs.Order(StringComparer.Ordinal));

        foreach ((int width, int height) in new[] { (12, 12), (13, 12), (14, 17), (31, 20), (101, 75), (64, 143) })
        {
            net.Inputs[0].Reshape(1, 3, width, height);
            net.Inputs[0].CopyFrom(Photo.Whole("obama_and_biden.jpg", width, height));
            net.Reshape();
            Assert.InRange(model.DifferenceFrom(net), 0, Tolerance);
        }

        net.Inputs[0].Reshape(1, 3, 256, 256);
        net.Inputs[0].CopyFrom(Photo.Whole("astronaut.png", 256, 256));
        net.Reshape();
        Assert.InRange(model.DifferenceFrom(net), 0, Tolerance);
        // The map of faces is none of a blank image: the astronaut's face is in it.
        float[] probabilities = net.Blobs["prob1"].Data.Span.ToArray();
        Assert.InRange(probabilities[(probabilities.Length / 2)..].Max(), 0.9f, 1f);
    }

    [Theory]
    [InlineData("reference/24net/24net.prototxt", "reference/24net/24net.caffemodel", 3, 24)]
    [InlineData("reference/48net/48net.prototxt", "reference/48net/48net.caffemodel", 3, 48)]
    [InlineData("official/det4.prototxt", "official/det4.caffemodel", 15, 24)]
    public void The_other_nets_when_exported_compute_what_Caffe_computes_of_faces(string definition, string weights, int channels, int size)
    {
        using Net net = Net.FromFile(Originals.Path(["models", .. definition.Split('/')]), Originals.Path(["models", .. weights.Split('/')]));
        using OnnxRun model = new(net.ToOnnx());
        Assert.Equal(s_anyBatch, model.Symbols(net.Inputs[0].Name));

        foreach (int count in new[] { 1, 5 })
        {
            net.Inputs[0].Reshape(count, channels, size, size);
            net.Inputs[0].CopyFrom(Photo.Batch(count, channels, size, size));
            net.Reshape();
            Assert.InRange(model.DifferenceFrom(net), 0, Tolerance);
        }
    }

    [Theory]
    [InlineData("examples/mnist/lenet.prototxt", "ip2")]
    [InlineData("examples/cifar10/cifar10_quick.prototxt", "ip2")]
    [InlineData("examples/cifar10/cifar10_full.prototxt", "ip1")]
    [InlineData("models/bvlc_reference_caffenet/deploy.prototxt", "fc8")]
    [InlineData("models/bvlc_googlenet/deploy.prototxt", "loss3/classifier")]
    public void Nets_of_Caffes_source_when_exported_compute_what_Caffe_computes(string definition, string logits)
    {
        using TemporaryFolder folder = new();
        using Net net = Net.FromFile(CaffeTree.File(definition.Split('/')), new NetOptions { Seed = 3 });
        FillWeights(net);
        int[] shape = net.Inputs[0].Shape.ToArray();
        net.Inputs[0].Reshape([1, .. shape[1..]]);
        RandomBlobs.Fill(net.Inputs[0], 1);
        net.Reshape();
        string path = folder.File("net.onnx");

        OnnxExportReport report = net.ExportOnnx(path, new() { Outputs = [logits, net.Outputs[0].Name] });

        using OnnxRun model = new(path);
        Assert.Equal([net.Inputs[0].Name], report.Inputs);
        Assert.Equal([logits, net.Outputs[0].Name], model.Outputs);
        Assert.Empty(report.DroppedLayers);
        Assert.InRange(model.DifferenceFrom(net), 0, Tolerance);
    }

    // As Xavier's filler has them; deploy definitions have none.
    private static void FillWeights(Net net)
    {
        int seed = 10;
        foreach (Blob parameter in net.Layers.SelectMany(layer => layer.Parameters))
        {
            RandomBlobs.Fill(parameter, seed++);
            float bound = parameter.Axes > 1 ? MathF.Sqrt(6f / (parameter.Count / parameter.Dimension(0))) : 0.1f;
            foreach (ref float value in parameter.MutableData.Span)
            {
                value *= bound;
            }
        }
    }
}
