using CaffeSharp.Tests.Support;
using Mtcnn.Tests.Cli.Support;
using Mtcnn.Tests.Support;

namespace Mtcnn.Tests.Cli;

/// <summary>`mtcnn inspect`.</summary>
public sealed class InspectTests : IDisposable
{
    private static readonly string Prototxt = Repository.Folder("prototxt", "12net.prototxt");

    private readonly ImageFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_prototxt_when_inspected_shows_shapes_parameters_and_multiply_adds()
    {
        CommandResult result = MtcnnCommand.Run("inspect", Prototxt).Expecting(0);

        Assert.StartsWith($"{Prototxt}: net \"12net\"", result.Output, StringComparison.Ordinal);
        // conv1: 10 filters of 3 x 3 x 3 on 10 x 10 places.
        Assert.Equal(["conv1", "Convolution", "data", "conv1", "1 x 10 x 10 x 10", "10 x 3 x 3 x 3, 10", "280", "27,000"], CellsOf(result, "conv1"));
        Assert.Equal(["PReLU1", "PReLU", "conv1", "conv1", "1 x 10 x 10 x 10", "10", "10", ""], CellsOf(result, "PReLU1"));
        Assert.Equal(["6,632", "44,760"], CellsOf(result, "Sum")[6..]);
    }

    [Fact]
    public void Inner_products_when_inspected_count_a_multiply_add_a_weight()
    {
        string prototxt = Repository.Folder("prototxt", "24net.prototxt");

        // conv4: 128 outputs of a 64 x 3 x 3 input.
        Assert.Equal(["128 x 576, 128", "73,856", "73,728"], CellsOf(MtcnnCommand.Run("inspect", prototxt).Expecting(0), "conv4")[5..]);
    }

    [Fact]
    public void Deconvolutions_when_inspected_count_their_input()
    {
        string prototxt = _folder.Write(
            "deconvolution.prototxt",
            """
            layer { name: "data" type: "Input" top: "data" input_param { shape { dim: 2 dim: 4 dim: 5 dim: 6 } } }
            layer { name: "up" type: "Deconvolution" bottom: "data" top: "up" convolution_param { num_output: 3 kernel_size: 2 stride: 2 bias_term: false } }
            """u8.ToArray());

        // 4 x 3 x 2 x 2 weights at 2 x 5 x 6 places.
        Assert.Equal(["2 x 3 x 10 x 12", "4 x 3 x 2 x 2", "48", "2,880"], CellsOf(MtcnnCommand.Run("inspect", prototxt).Expecting(0), "up")[4..]);
    }

    [Fact]
    public void Weights_when_they_fit_are_counted()
    {
        string weights = SharedFiles.Weights("12net");

        CommandResult result = MtcnnCommand.Run("inspect", Prototxt, weights).Expecting(0);

        Assert.EndsWith($"{weights}: weights for 8 layers.\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_when_layers_are_left_without_are_reported()
    {
        string prototxt = _folder.Write(
            "more.prototxt",
            [
                .. File.ReadAllBytes(Prototxt),
                .. """layer { name: "extra" type: "InnerProduct" bottom: "prob1" top: "extra" inner_product_param { num_output: 2 } }"""u8,
            ]);

        CommandResult result = MtcnnCommand.Run("inspect", prototxt, SharedFiles.Weights("12net")).Expecting(1);

        Assert.EndsWith("Layers without weights in the file: extra.\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_when_of_another_net_are_refused()
    {
        CommandResult result = MtcnnCommand.Run("inspect", Prototxt, SharedFiles.Weights("48net")).Expecting(2);

        Assert.Contains("conv", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_caffemodel_when_alone_shows_its_layers()
    {
        SharedFolder.RequireOriginals();
        CommandResult result = MtcnnCommand.Run("inspect", SharedFiles.Weights("12net")).Expecting(0);

        Assert.Equal(["conv1", "Convolution", "data12face", "conv1", "10 x 3 x 3 x 3, 10", "280"], CellsOf(result, "conv1"));
        Assert.Contains("6,632", CellsOf(result, "Sum"));
    }

    [Fact]
    public void A_caffemodel_of_the_first_format_when_alone_shows_its_layers()
    {
        // V1LayerParameter: bottom "a", top "b", name "c", type 14, a blob of num 1, channels 1, height 2, width 3.
        string path = _folder.Write(
            "old.caffemodel",
            [0x0A, 3, .. "old"u8, 0x12, 21, 0x12, 1, .. "a"u8, 0x1A, 1, .. "b"u8, 0x22, 1, .. "c"u8, 0x28, 14, 0x32, 8, 8, 1, 16, 1, 24, 2, 32, 3]);

        CommandResult result = MtcnnCommand.Run("inspect", path).Expecting(0);

        Assert.Contains("weights of net \"old\"", result.Output, StringComparison.Ordinal);
        Assert.Equal(["c", "InnerProduct", "a", "b", "1 x 1 x 2 x 3", "6"], CellsOf(result, "c"));
    }

    [Theory]
    [InlineData("prototxt", "layer { name: \"a\" type: \"Convolutoin\" }", "Convolutoin")]
    [InlineData("prototxt", "layer { nam: \"a\" }", "net.prototxt:1:9: ")]
    [InlineData("caffemodel", "\u0001\u0002\u0003\u0004", "the NetParameter is truncated or damaged (4 bytes), or is none.")]
    [InlineData("h5", "\u0089HDF\r\n\u001a\n", "contains HDF5 weights")]
    [InlineData("prototxt", "", "is empty.")]
    public void A_file_when_it_is_bad_is_named_with_what_is_wrong(string extension, string content, string message)
    {
        string path = _folder.Write($"net.{extension}", [.. content.Select(character => (byte)character)]);

        CommandResult result = MtcnnCommand.Run("inspect", path).Expecting(2);

        Assert.Empty(result.Output);
        Assert.Contains(path, result.Errors, StringComparison.Ordinal);
        Assert.Contains(message, result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_caffemodel_when_cut_off_is_named()
    {
        byte[] whole = File.ReadAllBytes(SharedFiles.Weights("24net"));
        string path = _folder.Write("cut.caffemodel", whole[..(whole.Length / 2)]);

        Assert.Contains($"{path}: the NetParameter is truncated or damaged", MtcnnCommand.Run("inspect", path).Expecting(2).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_when_it_does_not_exist_or_a_folder_is_named()
    {
        Assert.Contains("there is no such file", MtcnnCommand.Run("inspect", _folder.At("none.prototxt")).Expecting(2).Errors, StringComparison.Ordinal);
        Assert.Contains("is a folder, not a file", MtcnnCommand.Run("inspect", _folder.Path).Expecting(2).Errors, StringComparison.Ordinal);
        Assert.Contains(
            "is not a prototxt", MtcnnCommand.Run("inspect", SharedFiles.Weights("12net"), Prototxt).Expecting(2).Errors, StringComparison.Ordinal);
    }

    // The cells of the table's row whose first cell is this.
    private static string[] CellsOf(CommandResult result, string firstCell)
    {
        string row = Assert.Single(result.Lines, line => line.StartsWith($"│ {firstCell} ", StringComparison.Ordinal));
        return [.. row.Trim('│').Split('│').Select(cell => cell.Trim())];
    }
}
