using System.Text.Json;

using CaffeSharp.Tests.Support;
using Mtcnn.Tests.Cli.Support;
using Mtcnn.Tests.Support;

namespace Mtcnn.Tests.Cli;

/// <summary>`mtcnn time`.</summary>
public sealed class TimeTests : IDisposable
{
    private static readonly string Prototxt = Repository.Folder("prototxt", "12net.prototxt");

    private readonly ImageFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_net_when_timed_shows_each_layer_and_the_passes()
    {
        CommandResult result = MtcnnCommand.Run("time", Prototxt, "--iterations", "2", "--weights", SharedFiles.Weights("12net")).Expecting(0);

        Assert.StartsWith($"{Prototxt}: net \"12net\", train phase, cpu, 2 iterations; milliseconds\n", result.Output, StringComparison.Ordinal);
        foreach (string row in new[] { "conv1 ", "PReLU1 ", "prob1 ", "Whole pass ", "Iteration ", "Total ", "Forward ", "Backward " })
        {
            Assert.Contains(row, result.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Json_when_asked_for_holds_the_same()
    {
        CommandResult result = MtcnnCommand.Run(
            "time", Prototxt, "--iterations", "3", "--phase", "test", "--forward-only", "--shape", "data=1x3x40x50", "--json").Expecting(0);

        JsonElement timing = Assert.Single(result.Objects);
        Assert.Equal("test", timing.GetProperty("phase").GetString());
        Assert.Equal("cpu", timing.GetProperty("device").GetString());
        Assert.Equal(3, timing.GetProperty("iterations").GetInt32());
        Assert.False(timing.TryGetProperty("backward_ms", out _));
        double forward = timing.GetProperty("forward_ms").GetDouble();
        double[] layers = [.. timing.GetProperty("layers").EnumerateArray().Select(layer => layer.GetProperty("forward_ms").GetDouble())];
        Assert.True(layers.Length > 8 && layers.All(layer => layer >= 0) && forward > 0);
        Assert.Equal("conv1", timing.GetProperty("layers")[1].GetProperty("name").GetString());
    }

    [Theory]
    [InlineData("--shape dta=1x3x12x12", "has no input 'dta' to reshape: its inputs are data.")]
    [InlineData("--shape data=1x4x12x12", "conv1")]
    [InlineData("--shape 1x3x12x12", "\"1x3x12x12\" is not a shape of an input: such as data=1x3x240x320 is")]
    [InlineData("--shape data=1x0x12x12", "\"data=1x0x12x12\" is not a shape of an input")]
    [InlineData("--shape data=1x-3x12x12", "\"data=1x-3x12x12\" is not a shape of an input")]
    [InlineData("--iterations 0", "\"0\" is not a number of iterations: a whole number of at least 1 is.")]
    [InlineData("--phase deploy", "Argument 'deploy' not recognized. Must be one of:")]
    [InlineData("--weights no.caffemodel", "no.caffemodel")]
    [InlineData("--device tpu", "'tpu' is not a device")]
    public void Arguments_when_they_do_not_fit_are_refused_in_words(string arguments, string message)
    {
        CommandResult result = MtcnnCommand.Run(["time", Prototxt, .. arguments.Split(' ')]).Expecting(2);

        Assert.Empty(result.Output);
        Assert.Contains(message, result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_layer_without_a_backward_pass_is_named_with_the_fix()
    {
        string net = _folder.Write(
            "best.prototxt",
            """
            layer { name: "data" type: "Input" top: "data" input_param { shape { dim: 2 dim: 4 } } }
            layer { name: "ip" type: "InnerProduct" bottom: "data" top: "ip" inner_product_param { num_output: 3 } }
            layer { name: "best" type: "ArgMax" bottom: "ip" top: "best" }
            """u8.ToArray());

        CommandResult result = MtcnnCommand.Run("time", net, "--iterations", "1").Expecting(2);

        Assert.Contains("best", result.Errors, StringComparison.Ordinal);
        Assert.Contains("--forward-only", result.Errors, StringComparison.Ordinal);
        Assert.Contains("ArgMax", MtcnnCommand.Run("time", net, "--forward-only", "--iterations", "1").Expecting(0).Output, StringComparison.Ordinal);
    }
}
