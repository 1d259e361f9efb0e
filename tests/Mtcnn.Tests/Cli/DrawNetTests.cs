using CaffeSharp.Tests.Support;
using Mtcnn.Tests.Cli.Support;

namespace Mtcnn.Tests.Cli;

/// <summary>`mtcnn draw-net`.</summary>
public sealed class DrawNetTests : IDisposable
{
    private static readonly string Prototxt = Repository.Folder("prototxt", "12net.prototxt");

    private readonly ImageFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_net_when_drawn_as_png_is_an_image()
    {
        CommandResult result = MtcnnCommand.Run("draw-net", Prototxt, "-o", _folder.At("net.png")).Expecting(0);

        Assert.Empty(result.Output);
        Assert.Contains("net.png is written", result.Errors, StringComparison.Ordinal);
        Assert.Equal([0x89, .. "PNG"u8], File.ReadAllBytes(_folder.At("net.png"))[..4]);
    }

    [Fact]
    public void Shapes_direction_and_learning_rates_when_wanted_are_drawn()
    {
        string dot = Draw(Prototxt, "--shapes", "--rankdir", "bt", "--learning-rates");

        Assert.Contains("rankdir=BT", dot, StringComparison.Ordinal);
        Assert.Contains("1 × 10 × 10 × 10", dot, StringComparison.Ordinal);
        Assert.Contains("lr_mult 1, 1", dot, StringComparison.Ordinal);
    }

    [Fact]
    public void A_phase_and_a_stage_when_given_choose_the_layers()
    {
        string path = _folder.Write(
            "net.prototxt",
            """
            layer { name: "train" type: "ReLU" bottom: "a" top: "a" include { phase: TRAIN } }
            layer { name: "deploy" type: "ReLU" bottom: "a" top: "b" include { phase: TEST stage: "deploy" } }
            """u8.ToArray());

        Assert.Contains("<B>deploy</B>", Draw(path), StringComparison.Ordinal);
        Assert.DoesNotContain("<B>deploy</B>", Draw(path, "--phase", "train"), StringComparison.Ordinal);
        string deployed = Draw(path, "--phase", "test", "--stage", "deploy");
        Assert.Contains("<B>deploy</B>", deployed, StringComparison.Ordinal);
        Assert.DoesNotContain("<B>train</B>", deployed, StringComparison.Ordinal);
    }

    [Fact]
    public void Graphviz_when_it_is_missing_is_named_with_its_package()
    {
        CommandResult result = new MtcnnCommand().With("PATH", _folder.Path)
            .RunWith("draw-net", Prototxt, "-o", _folder.At("net.svg")).Expecting(2);

        Assert.Contains("sudo apt-get install graphviz", result.Errors, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.At("net.svg")));
        new MtcnnCommand().With("PATH", _folder.Path).RunWith("draw-net", Prototxt, "-o", _folder.At("net.dot")).Expecting(0);
    }

    [Theory]
    [InlineData("--rankdir XY", "\"XY\" is not a direction: LR, TB, RL, BT are.")]
    [InlineData("--phase both", "both")]
    [InlineData("-o net.jpg", "net.jpg ends with none of .dot, .gv, .svg and .png")]
    public void Arguments_when_bad_are_named(string arguments, string message)
    {
        string[] given = ["draw-net", Prototxt, .. arguments.Split(' '), .. arguments.StartsWith("-o", StringComparison.Ordinal) ? Array.Empty<string>() : ["-o", "a.dot"]];

        Assert.Contains(message, MtcnnCommand.Run(given).Expecting(2).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_when_bad_are_named()
    {
        string none = _folder.At("none.prototxt");
        string broken = _folder.Write("broken.prototxt", "layer { nam: 1 }"u8.ToArray());
        string foreign = _folder.Write("foreign.prototxt", "layer { name: \"a\" type: \"Unheard\" top: \"a\" }"u8.ToArray());

        Assert.Contains(none, MtcnnCommand.Run("draw-net", none, "-o", _folder.At("a.dot")).Expecting(2).Errors, StringComparison.Ordinal);
        Assert.Contains($"{broken}:1:9", MtcnnCommand.Run("draw-net", broken, "-o", _folder.At("a.dot")).Expecting(2).Errors, StringComparison.Ordinal);
        Assert.Contains("Unheard", Draw(foreign), StringComparison.Ordinal);
        Assert.Contains(
            "Unheard", MtcnnCommand.Run("draw-net", foreign, "-o", _folder.At("b.dot"), "--shapes").Expecting(2).Errors, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.At("b.dot")));
    }

    private string Draw(string prototxt, params string[] arguments)
    {
        string path = _folder.At("net.dot");
        MtcnnCommand.Run(["draw-net", prototxt, "-o", path, .. arguments]).Expecting(0);
        return File.ReadAllText(path);
    }
}
