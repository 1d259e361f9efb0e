using System.Text;

using CaffeSharp.Tests.Support;
using Mtcnn.Tests.Cli.Support;
using Mtcnn.Tests.Support;

namespace Mtcnn.Tests.Cli;

/// <summary>`mtcnn export`.</summary>
public sealed class ExportTests : IDisposable
{
    private static readonly string Prototxt = Repository.Folder("prototxt", "12net.prototxt");

    private readonly ImageFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_net_when_exported_is_a_model_with_its_weights()
    {
        string output = _folder.At("12net.onnx");

        CommandResult result = MtcnnCommand.Run("export", Prototxt, SharedFiles.Weights("12net"), "-o", output, "--any-size").Expecting(0);

        Assert.Empty(result.Output);
        Assert.Contains("12net.onnx: inputs data; outputs ", result.Errors, StringComparison.Ordinal);
        byte[] model = File.ReadAllBytes(output);
        // 6,632 values of 4 bytes, names and operators.
        Assert.InRange(model.Length, 4 * 6_632, 6 * 6_632);
        string text = Encoding.Latin1.GetString(model);
        Assert.All(["CaffeSharp", "batch", "height", "MaxPool", "prob1"], word => Assert.Contains(word, text, StringComparison.Ordinal));
    }

    [Fact]
    public void Arguments_when_bad_are_named()
    {
        string output = _folder.At("net.onnx");
        string weights = SharedFiles.Weights("12net");

        Assert.Contains(
            "Did you mean 'prob1'?", Run(weights, output, "--blob", "prob").Errors, StringComparison.Ordinal);
        Assert.Contains("conv1", Run(SharedFiles.Weights("48net"), output).Errors, StringComparison.Ordinal);
        Assert.Contains("cannot be written", Run(weights, _folder.At("none/net.onnx")).Errors, StringComparison.Ordinal);
        Assert.False(File.Exists(output));
    }

    [Fact]
    public void Layers_when_they_have_no_counterpart_or_no_weights_are_named()
    {
        string with = _folder.Write(
            "more.prototxt",
            [.. File.ReadAllBytes(Prototxt), .. """layer { name: "columns" type: "Im2col" bottom: "prob1" top: "columns" convolution_param { kernel_size: 1 } }"""u8]);
        string more = _folder.Write(
            "extra.prototxt",
            [.. File.ReadAllBytes(Prototxt), .. """layer { name: "extra" type: "InnerProduct" bottom: "prob1" top: "extra" inner_product_param { num_output: 2 } }"""u8]);

        Assert.Contains(
            "Layer 'columns' (type Im2col) cannot be exported to ONNX",
            MtcnnCommand.Run("export", with, SharedFiles.Weights("12net"), "-o", _folder.At("a.onnx")).Expecting(2).Errors,
            StringComparison.Ordinal);
        Assert.Contains(
            "no weights for these layers",
            MtcnnCommand.Run("export", more, SharedFiles.Weights("12net"), "-o", _folder.At("b.onnx")).Expecting(2).Errors,
            StringComparison.Ordinal);
        MtcnnCommand.Run("export", with, SharedFiles.Weights("12net"), "-o", _folder.At("c.onnx"), "--blob", "prob1").Expecting(0);
    }

    private static CommandResult Run(string weights, string output, params string[] more) =>
        MtcnnCommand.Run(["export", Prototxt, weights, "-o", output, .. more]).Expecting(2);
}
