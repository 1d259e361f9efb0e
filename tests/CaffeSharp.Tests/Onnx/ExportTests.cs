using CaffeSharp.Onnx;
using CaffeSharp.Tests.Support;

namespace CaffeSharp.Tests.Onnx;

/// <summary>What is exported of a net, and what is refused.</summary>
public sealed class ExportTests : LeakGate
{
    private const string Training = """
        name: "training"
        layer { name: "data" type: "Input" top: "data" top: "label" input_param { shape { dim: 2 dim: 4 } shape { dim: 2 } } }
        layer { name: "ip" type: "InnerProduct" bottom: "data" top: "ip" inner_product_param { num_output: 3 weight_filler { type: "xavier" } } }
        layer { name: "acc" type: "Accuracy" bottom: "ip" bottom: "label" top: "acc" }
        layer { name: "loss" type: "SoftmaxWithLoss" bottom: "ip" bottom: "label" top: "loss" }
        """;

    private const string Mixed = """
        layer { name: "data" type: "Input" top: "data" input_param { shape { dim: 2 dim: 3 dim: 6 dim: 6 } } }
        layer { name: "relu" type: "ReLU" bottom: "data" top: "relu" }
        layer { name: "columns" type: "Im2col" bottom: "relu" top: "columns" convolution_param { kernel_size: 3 } }
        """;

    [Fact]
    public void Losses_and_accuracies_when_in_the_net_are_left_out()
    {
        using TemporaryFolder folder = new();
        using Net net = Net.FromText(Training);

        OnnxExportReport report = net.ExportOnnx(folder.File("net.onnx"));

        Assert.Equal(["data", "label"], net.Inputs.Names);
        Assert.Equal(["ip"], report.Outputs);
        Assert.Equal(["acc", "loss"], report.DroppedLayers);
        using OnnxRun model = new(folder.File("net.onnx"));
        Assert.Equal(["ip"], model.Outputs);
        Assert.Equal([-1, 3], model.OutputShape("ip"));
        Assert.Single(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void A_layer_without_a_counterpart_when_needed_is_named_and_when_not_is_left_out()
    {
        using Net net = Net.FromText(Mixed);

        CaffeException error = Assert.Throws<CaffeException>(() => net.ToOnnx());
        using OnnxRun model = new(net.ToOnnx(new() { Outputs = ["relu"] }));

        Assert.Equal((CaffeErrorKind.Unsupported, "columns"), (error.Kind, error.LayerName));
        Assert.Equal(
            "Layer 'columns' (type Im2col) cannot be exported to ONNX: it has no counterpart there. Take it out of the net " +
            "(NetSurgery.DropLayer), or export the blobs before it alone (Outputs).",
            error.Message);
        RandomBlobs.Fill(net.Inputs[0], 1);
        Assert.Equal(0, model.DifferenceFrom(net));
    }

    [Fact]
    public void Blobs_when_asked_for_are_outputs_in_their_order_inputs_too()
    {
        using Net net = Net.FromText(Mixed);
        using OnnxRun model = new(net.ToOnnx(new() { Outputs = ["relu", "data"], DynamicBatch = false }));

        Assert.Equal("relu", model.Outputs[0]);
        Assert.Equal([2, 3, 6, 6], model.OutputShape("relu"));
    }

    [Fact]
    public void A_blob_when_there_is_none_is_named()
    {
        using Net net = Net.FromText(Mixed);

        KeyNotFoundException error = Assert.Throws<KeyNotFoundException>(() => net.ToOnnx(new() { Outputs = ["rellu"] }));

        Assert.Contains("There is no blob 'rellu' in net ''. Did you mean 'relu'?", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new OnnxExportOptions { Outputs = [""] });
    }

    [Theory]
    [InlineData("type: \"BatchNorm\" batch_norm_param { use_global_stats: false }", "use_global_stats")]
    [InlineData("type: \"SigmoidCrossEntropyLoss\" bottom: \"x\"", "is for training")]
    [InlineData("type: \"Convolution\" convolution_param { axis: 0 num_output: 2 kernel_size: 1 }", "channels on axis 0")]
    public void A_layer_when_it_cannot_be_exported_says_why(string definition, string reason)
    {
        using Net net = Net.FromText($$"""
            layer { name: "data" type: "Input" top: "x" input_param { shape { dim: 2 dim: 3 dim: 6 dim: 6 } } }
            layer { name: "bad" bottom: "x" top: "y" {{definition}} }
            """);

        CaffeException error = Assert.Throws<CaffeException>(() => net.ToOnnx(new() { Outputs = ["y"] }));

        Assert.Equal("bad", error.LayerName);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Inputs_of_any_size_when_a_layer_requires_a_fixed_one_are_refused()
    {
        using Net net = Net.FromFile(Originals.Net24, Originals.Weights24);
        using Net rows = Net.FromText(SmallNets.InnerProduct);

        CaffeException error = Assert.Throws<CaffeException>(() => net.ToOnnx(new() { DynamicSize = true }));

        Assert.Equal((CaffeErrorKind.Unsupported, "conv4"), (error.Kind, error.LayerName));
        Assert.Contains("Export without DynamicSize", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => rows.ToOnnx(new() { DynamicSize = true }));
    }

    [Fact]
    public void A_net_of_losses_alone_when_exported_is_refused()
    {
        using Net net = Net.FromText("""
            layer { name: "data" type: "Input" top: "a" top: "b" input_param { shape { dim: 2 dim: 3 } } }
            layer { name: "loss" type: "EuclideanLoss" bottom: "a" bottom: "b" top: "loss" }
            """);

        Assert.Contains("has no layers to export", Assert.Throws<CaffeException>(() => net.ToOnnx()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_when_shared_are_in_the_model_once()
    {
        using Net net = Net.FromText("""
            layer { name: "data" type: "Input" top: "a" top: "b" input_param { shape { dim: 1 dim: 100 } } }
            layer { name: "left" type: "InnerProduct" bottom: "a" top: "left" param { name: "w" } param { name: "b" } inner_product_param { num_output: 100 weight_filler { type: "xavier" } } }
            layer { name: "right" type: "InnerProduct" bottom: "b" top: "right" param { name: "w" } param { name: "b" } inner_product_param { num_output: 100 } }
            """);
        byte[] bytes = net.ToOnnx();
        using OnnxRun model = new(bytes);
        RandomBlobs.Fill(net.Inputs[0], 1);
        RandomBlobs.Fill(net.Inputs[1], 2);

        Assert.InRange(bytes.Length, 40_000, 45_000);
        Assert.InRange(model.DifferenceFrom(net), 0, 1e-6);
        Assert.Equal(bytes, net.ToOnnx());
    }

    [Fact]
    public void A_file_when_it_cannot_be_written_and_a_net_when_disposed_are_named()
    {
        using TemporaryFolder folder = new();
        Net net = Net.FromText(SmallNets.InnerProduct);
        CaffeException error = Assert.Throws<CaffeException>(() => net.ExportOnnx(folder.File(Path.Combine("none", "net.onnx"))));
        net.Dispose();

        Assert.Equal(CaffeErrorKind.NotFound, error.Kind);
        Assert.Throws<ArgumentException>(() => net.ExportOnnx(string.Empty));
        Assert.Throws<ObjectDisposedException>(() => net.ToOnnx());
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }
}
