using CaffeSharp.Tests.Support;

namespace CaffeSharp.Tests.Nets;

/// <summary>Copying and sharing weights.</summary>
public sealed class WeightsTests : LeakGate
{
    [Fact]
    public void Report_names_the_layers_that_a_partial_file_leaves_out()
    {
        using Net net = Net.FromFile(Originals.Net12);
        float[] before = net.Parameters["conv4-2"][0].ToArray();
        WeightsReport report = net.CopyFrom(Originals.Path("models", "reference", "12net", "12net-cls-only.caffemodel"));
        Assert.Contains("conv1", report.CopiedLayers);
        Assert.NotEmpty(report.MissingLayers);
        Assert.Equal(net.Parameters.Keys.Order(), report.CopiedLayers.Concat(report.MissingLayers).Order());
        Assert.Equal(before, net.Parameters["conv4-2"][0].ToArray());
    }

    [Fact]
    public void Bytes_and_file_give_the_same_weights()
    {
        using Net fromFile = Net.FromFile(Originals.Net12, Originals.Weights12);
        using Net fromBytes = Net.FromFile(Originals.Net12);
        WeightsReport report = fromBytes.CopyFrom(File.ReadAllBytes(Originals.Weights12));
        Assert.Equal(fromFile.Parameters.Keys, report.CopiedLayers);
        Assert.Empty(report.MissingLayers);
        Assert.Equal(fromFile.Parameters["conv3"][0].ToArray(), fromBytes.Parameters["conv3"][0].ToArray());
    }

    [Fact]
    public void Later_file_wins()
    {
        using TemporaryFolder folder = new();
        using Net net = Net.FromFile(Originals.Net12, Originals.Weights12);
        net.Parameters["conv1"][1].MutableData[0] = 42;
        net.Save(folder.File("changed.caffemodel"));

        using Net copy = Net.FromFile(Originals.Net12);
        copy.CopyFrom(Originals.Weights12, folder.File("changed.caffemodel"));
        Assert.Equal(42, copy.Parameters["conv1"][1].Data[0]);
        copy.CopyFrom(folder.File("changed.caffemodel"), Originals.Weights12);
        Assert.NotEqual(42, copy.Parameters["conv1"][1].Data[0]);
    }

    [Fact]
    public void Shared_weights_are_one_memory()
    {
        using Net net = Net.FromFile(Originals.Net12, Originals.Weights12);
        using Net sharing = Net.FromFile(Originals.Net12);
        sharing.ShareWith(net);
        sharing.Parameters["conv1"][1].MutableData[3] = 42;
        Assert.Equal(42, net.Parameters["conv1"][1].Data[3]);
        net.CopyFrom(Originals.Weights12);
        Assert.NotEqual(42, sharing.Parameters["conv1"][1].Data[3]);
    }

    [Fact]
    public void Net_does_not_share_with_itself_or_a_net_of_other_shapes()
    {
        using Net net = Net.FromFile(Originals.Net12);
        using Net other = Net.FromFile(Originals.Net24);
        Assert.Contains(
            "A net cannot share parameters with itself.",
            Assert.Throws<ArgumentException>(() => net.ShareWith(net)).Message, StringComparison.Ordinal);
        CaffeException error = Assert.Throws<CaffeException>(() => net.ShareWith(other));
        Assert.Equal("conv1", error.LayerName);
        Assert.Contains("conv1", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => net.ShareWith(null!));
    }

    [Fact]
    public void Missing_argument_is_refused()
    {
        using Net net = Net.FromFile(Originals.Net12);
        Assert.Throws<ArgumentException>(() => net.CopyFrom());
        Assert.Throws<ArgumentException>(() => net.CopyFrom(string.Empty));
        Assert.Throws<ArgumentException>(() => net.CopyFrom("a\0b"));
        Assert.Throws<ArgumentNullException>(() => net.CopyFrom([null!]));
        Assert.Throws<ArgumentException>(() => net.CopyFrom(ReadOnlySpan<byte>.Empty));
        Assert.Throws<ArgumentNullException>(() => Net.FromFile(null!));
        Assert.Throws<ArgumentException>(() => Net.FromFile(string.Empty));
        Assert.Throws<ArgumentException>(() => Net.FromFile("a\0b"));
        Assert.Throws<ArgumentNullException>(() => Net.FromText(null!));
        Assert.Throws<ArgumentException>(() => Net.FromText(" \n"));
        Assert.Throws<ArgumentException>(() => new NetOptions { Stages = ["a\0b"] });
        Assert.Throws<ArgumentNullException>(() => new NetOptions { Stages = [null!] });
        Assert.Throws<ArgumentOutOfRangeException>(() => new NetOptions { Phase = (Phase)5 });
    }

    [Fact]
    public void Net_without_parameters_takes_any_weights()
    {
        using Net net = Net.FromText("""
            layer { name: "data" type: "Input" top: "data" input_param { shape { dim: 1 } } }
            layer { name: "power" type: "Power" bottom: "data" top: "power" }
            """);
        WeightsReport report = net.CopyFrom(Originals.Weights12);
        Assert.Empty(report.CopiedLayers);
        Assert.Empty(report.MissingLayers);
    }
}
