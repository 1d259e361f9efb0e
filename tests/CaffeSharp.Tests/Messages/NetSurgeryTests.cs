using CaffeSharp.Messages;
using CaffeSharp.Tests.Support;

namespace CaffeSharp.Tests.Messages;

/// <summary>Nets changed as messages.</summary>
public sealed class NetSurgeryTests : LeakGate
{
    private const string Chain = """
        name: "Chain"
        layer { name: "data" type: "Input" top: "data" input_param { shape { dim: 1 dim: 2 dim: 4 dim: 4 } } }
        layer {
          name: "conv" type: "Convolution" bottom: "data" top: "conv"
          convolution_param { num_output: 3 kernel_size: 2 weight_filler { type: "gaussian" std: 1 } }
        }
        layer { name: "relu" type: "ReLU" bottom: "conv" top: "conv" }
        layer { name: "power" type: "Power" bottom: "conv" top: "power" power_param { scale: 2 } }
        layer { name: "left" type: "Power" bottom: "power" top: "left" }
        layer { name: "right" type: "AbsVal" bottom: "power" top: "right" }
        layer { name: "sum" type: "Eltwise" bottom: "left" bottom: "right" top: "sum" }
        """;

    private readonly NetParameter _net = Prototxt.Parse<NetParameter>(Chain);

    [Fact]
    public void Renamed_layer_is_found_by_its_new_name_alone()
    {
        _net.RenameLayer("conv", "conv_new");
        Assert.Equal("Convolution", _net.FindLayer("conv_new").Type);
        KeyNotFoundException error = Assert.Throws<KeyNotFoundException>(() => _net.FindLayer("conv_ne"));
        Assert.Contains("'conv_new'", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => _net.RenameLayer("conv_new", "relu"));
        Assert.Throws<ArgumentException>(() => _net.RenameLayer("conv_new", string.Empty));
    }

    [Fact]
    public void Renamed_blob_is_renamed_wherever_it_is_made_and_read()
    {
        _net.RenameBlob("conv", "features");
        using Net net = Net.FromParameter(_net);
        Assert.Equal(["features"], net.Layers["relu"].TopNames);
        Assert.Equal(["features"], net.Layers["power"].BottomNames);
        Assert.False(net.Blobs.Contains("conv"));
        Assert.Throws<ArgumentException>(() => _net.RenameBlob("features", "sum"));
        Assert.Throws<KeyNotFoundException>(() => _net.RenameBlob("conv", "other"));
    }

    [Fact]
    public void Dropped_layer_is_bridged()
    {
        _net.DropLayer("power");
        Assert.Equal(["conv"], _net.FindLayer("left").Bottom);
        _net.DropLayer("relu");
        _net.DropLayer("sum");
        using Net net = Net.FromParameter(_net);
        Assert.Equal(["left", "right"], net.Outputs.Names);
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => _net.DropLayer("data"));
        Assert.Contains("'conv'", error.Message, StringComparison.Ordinal);
        Assert.Equal(4, _net.Layer.Count);
    }

    [Fact]
    public void Dropped_layer_gives_the_numbers_of_the_net_without_it()
    {
        using Net before = Net.FromParameter(_net, new NetOptions { Seed = 5 });
        NetParameter changed = before.ToParameter();
        changed.KeepUpTo("power");
        changed.DropLayer("power");
        using Net after = Net.FromParameter(changed);
        Fill(before);
        Fill(after);
        before.Forward();
        after.Forward();
        Assert.Equal(["data", "conv", "relu"], after.Layers.Names);
        Assert.Equal(
            before.Blobs["power"].Data.Span.ToArray().Select(value => value / 2), after.Blobs["conv"].Data.Span.ToArray());
    }

    [Fact]
    public void Spliced_layer_stands_between_its_neighbours()
    {
        _net.InsertAfter("power", new() { Name = "shift", Type = "Power", PowerParam = new() { Shift = 1 } });
        Assert.Equal(["power"], _net.FindLayer("shift").Bottom);
        Assert.Equal(["shift"], _net.FindLayer("left").Bottom);
        Assert.Equal(["shift"], _net.FindLayer("right").Bottom);
        using Net net = Net.FromParameter(_net);
        Fill(net);
        net.Forward();
        Assert.Equal(
            net.Blobs["power"].Data.Span.ToArray().Select(value => value + 1), net.Blobs["left"].Data.Span.ToArray());

        LayerParameter same = new() { Name = "shift", Type = "ReLU" };
        Assert.Throws<ArgumentException>(() => _net.InsertAfter("power", same));
        LayerParameter taken = new() { Name = "new", Type = "ReLU", Top = { "sum" } };
        Assert.Throws<ArgumentException>(() => _net.InsertAfter("power", taken));
        Assert.Throws<ArgumentException>(() => _net.InsertAfter("power", new() { Type = "ReLU" }));
        Assert.Throws<KeyNotFoundException>(() => _net.InsertAfter("none", taken));
    }

    [Fact]
    public void Kept_part_is_what_the_blob_needs()
    {
        _net.KeepUpTo("right");
        Assert.Equal(["data", "conv", "relu", "power", "right"], _net.Layer.Select(layer => layer.Name));
        Assert.Throws<KeyNotFoundException>(() => _net.KeepUpTo("sum"));
        Assert.Throws<ArgumentException>(() => _net.KeepUpTo());
    }

    [Fact]
    public void Weights_are_moved_between_layers()
    {
        using Net net = Net.FromParameter(_net, new NetOptions { Seed = 7 });
        NetParameter weights = net.ToParameter();
        Assert.Equal(["conv"], _net.TakeWeights(weights));
        _net.RenameLayer("conv", "other");
        _net.FindLayer("other").Blobs.Clear();
        Assert.Empty(_net.TakeWeights(weights));
        _net.TakeWeights("other", weights, "conv");
        using Net moved = Net.FromParameter(_net);
        Assert.Equal(net.Parameters["conv"][0].Data.Span.ToArray(), moved.Parameters["other"][0].Data.Span.ToArray());
        weights.FindLayer("conv").Blobs[0].Data[0] = 99;
        Assert.NotEqual(99, _net.FindLayer("other").Blobs[0].Data[0]);
    }

    private static void Fill(Net net)
    {
        Span<float> data = net.Blobs["data"].MutableData.Span;
        for (int index = 0; index < data.Length; index++)
        {
            data[index] = MathF.Sin(index);
        }
    }
}
