using System.Text.Json;
using CaffeSharp.Messages;
using CaffeSharp.Tests.Support;

namespace CaffeSharp.Tests.Specification;

/// <summary>Nets specified in C# are, to the field, those that pycaffe's net_spec makes of the same words.</summary>
public sealed class NetSpecTests : LeakGate
{
    private static readonly Lazy<Dictionary<string, string>> s_pycaffe = new(() =>
        JsonSerializer.Deserialize<Dictionary<string, string>>(
            Pycaffe.RunScript("net_spec.py"))!);

    private static FillerParameter Xavier => new() { Type = "xavier" };

    [Fact]
    public void Named_lenet_is_pycaffes()
    {
        NetSpec n = Lenet();
        AssertPycaffes("lenet", n.ToProto());
        Assert.Equal(["data", "label", "conv1", "pool1", "conv2", "pool2", "ip1", "relu1", "ip2", "loss"], n.Names);
    }

    [Fact]
    public void Nameless_lenet_is_pycaffes()
    {
        (Top data, Top label) = L.DummyData(shape: [Shape.Of(8, 1, 28, 28), Shape.Of(8, 1, 1, 1)], ntop: 2);
        LayerSpec conv1 = L.Convolution(data, kernelSize: 5, numOutput: 20, weightFiller: Xavier);
        LayerSpec pool1 = L.Pooling(conv1, kernelSize: 2, stride: 2, pool: P.Pooling.Max);
        LayerSpec conv2 = L.Convolution(pool1, kernelSize: 5, numOutput: 50, weightFiller: Xavier);
        LayerSpec pool2 = L.Pooling(conv2, kernelSize: 2, stride: 2, pool: P.Pooling.Max);
        LayerSpec ip1 = L.InnerProduct(pool2, numOutput: 500, weightFiller: Xavier);
        LayerSpec relu1 = L.ReLU(ip1, inPlace: true);
        LayerSpec ip2 = L.InnerProduct(relu1, numOutput: 10, weightFiller: Xavier);
        Top loss = L.SoftmaxWithLoss([ip2, label]);
        AssertPycaffes("nameless_lenet", loss.ToProto());
    }

    [Fact]
    public void Layers_without_tops_are_pycaffes()
    {
        NetSpec n = new();
        (n["data"], n["data2"]) = L.DummyData(shape: Shape.Of(3), ntop: 2);
        n.Add("silence_data", L.Silence(n["data"], ntop: 0));
        n.Add("silence_data2", L.Silence(n["data2"], ntop: 0));
        AssertPycaffes("silent", n.ToProto());
        using Net net = Net.FromParameter(n.ToProto());
        Assert.True(net.Layers.Contains("silence_data2"));
    }

    [Fact]
    public void Shared_parameters_phases_and_many_tops_are_pycaffes()
    {
        NetSpec n = new();
        n["data"] = L.Input(
            shape: Shape.Of(2, 4, 6, 5),
            layerParameter: new() { Include = { new NetStateRule { Phase = CaffeSharp.Messages.Phase.Test } } });
        (Top left, Top right) = L.Slice(n["data"], axis: 1, slicePoint: 1, ntop: 2);
        n["a"] = L.Convolution(
            left, numOutput: 3, kernelSize: [3, 1], pad: [1, 0], biasTerm: true,
            param: [
                new ParamSpec { Name = "w", LrMult = 1, DecayMult = 1 }, new ParamSpec { Name = "b", LrMult = 2, DecayMult = 0 }]);
        n["b"] = L.Deconvolution(right, numOutput: 3, kernelSize: 3, pad: 1, biasTerm: false);
        n["sum"] = L.Eltwise([n["a"], n["b"]], operation: P.Eltwise.Sum, coeff: [1, -1]);
        n["out"] = L.Python(
            [n["sum"], n["a"]], module: "rules", layer: "Keep", paramStr: "{}", lossWeight: 0.5f,
            layerParameter: new() { Name = "keeper" });
        n["exp"] = L.Exp(n["sum"], @base: 2.5f, scale: 0.1f);
        n["norm"] = L.LRN(n["exp"], localSize: 3, normRegion: P.LRN.WithinChannel);
        AssertPycaffes("training", n.ToProto());
    }

    [Fact]
    public void Specified_net_runs_forward_and_backward()
    {
        using Net net = Net.FromParameter(Lenet().ToProto(), new NetOptions { Phase = CaffeSharp.Phase.Train, Seed = 3 });
        // Labels are zeros, so that the loss of ten classes is near log 10 before anything is learnt.
        Assert.InRange(net.Forward(), 2.0f, 2.7f);
        net.Backward();
        Assert.NotEqual(0, net.Parameters["ip2"][1].Diff.Span.ToArray().Max(Math.Abs));
    }

    [Fact]
    public void Layer_of_any_type_is_specified_by_its_name()
    {
        NetParameter net = L.Layer(
            "Frobnicate", L.Input(shape: Shape.Of(1, 2))).ToTop().ToProto();
        Assert.Equal(["Input1", "Frobnicate1"], net.Layer.Select(layer => layer.Name));
        Assert.Equal(["Input1"], net.Layer[1].Bottom);
    }

    [Fact]
    public void Fields_that_were_given_are_copied()
    {
        FillerParameter filler = new() { Type = "constant" };
        LayerParameter other = new() { Name = "mine" };
        Top top = L.Convolution(L.Input(shape: Shape.Of(1, 1, 5, 5)), weightFiller: filler, layerParameter: other);
        filler.Type = "gaussian";
        other.Name = "changed";
        LayerParameter layer = top.ToProto().Layer[1];
        Assert.Equal(("mine", "constant"), (layer.Name, layer.ConvolutionParam.WeightFiller.Type));
        Assert.False(layer.ConvolutionParam.HasNumOutput);
        layer.ConvolutionParam.WeightFiller.Type = "xavier";
        Assert.Equal("constant", top.ToProto().Layer[1].ConvolutionParam.WeightFiller.Type);
    }

    [Fact]
    public void Mistakes_are_reported_with_the_layers_type()
    {
        LayerSpec two = L.DummyData(shape: Shape.Of(3), ntop: 2);
        Assert.Contains("2 tops", Assert.Throws<InvalidOperationException>(() => L.ReLU(two)).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => (_, _, _) = two);
        Assert.Throws<ArgumentOutOfRangeException>(() => two[2]);
        Assert.Throws<ArgumentOutOfRangeException>(() => L.ReLU(two[0], ntop: -1));
        Assert.Contains(
            "Bottom 1", Assert.Throws<ArgumentException>(() => L.Eltwise([two[0], (Top)null!])).Message, StringComparison.Ordinal);
        Assert.Contains("ReLU", Assert.Throws<ArgumentException>(() => L.ReLU(inPlace: true)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => L.Layer(" "));
        Assert.Throws<ArgumentException>(() => NetSpec.ToProto());
        NetSpec n = new() { ["conv1"] = two[0] };
        KeyNotFoundException error = Assert.Throws<KeyNotFoundException>(() => n["conv2"]);
        Assert.Contains("'conv1'", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => n[string.Empty]);
    }

    [Fact]
    public void Name_that_is_given_again_keeps_its_place()
    {
        NetSpec n = new();
        n["data"] = L.Input(shape: Shape.Of(1, 1));
        n["top"] = L.ReLU(n["data"]);
        n["data"] = L.DummyData(shape: Shape.Of(2, 2));
        Assert.Equal(["data", "top"], n.Names);
        NetParameter net = n.ToProto();
        // The old data is still read, and has lost its name.
        Assert.Equal(["data", "Input1", "top"], net.Layer.Select(layer => layer.Name));
        Assert.Equal("DummyData", net.Layer[0].Type);
    }

    private static NetSpec Lenet()
    {
        NetSpec n = new();
        (n["data"], n["label"]) = L.DummyData(
            shape: [Shape.Of(8, 1, 28, 28), Shape.Of(8, 1, 1, 1)], ntop: 2,
            layerParameter: new() { TransformParam = new() { Scale = 1.0f / 255 } });
        n["conv1"] = L.Convolution(n["data"], kernelSize: 5, numOutput: 20, weightFiller: Xavier);
        n["pool1"] = L.Pooling(n["conv1"], kernelSize: 2, stride: 2, pool: P.Pooling.Max);
        n["conv2"] = L.Convolution(n["pool1"], kernelSize: 5, numOutput: 50, weightFiller: Xavier);
        n["pool2"] = L.Pooling(n["conv2"], kernelSize: 2, stride: 2, pool: P.Pooling.Max);
        n["ip1"] = L.InnerProduct(n["pool2"], numOutput: 500, weightFiller: Xavier);
        n["relu1"] = L.ReLU(n["ip1"], inPlace: true);
        n["ip2"] = L.InnerProduct(n["relu1"], numOutput: 10, weightFiller: Xavier);
        n["loss"] = L.SoftmaxWithLoss([n["ip2"], n["label"]]);
        return n;
    }

    private static void AssertPycaffes(string name, NetParameter net) =>
        Assert.Equal(Prototxt.Print(Prototxt.Parse<NetParameter>(s_pycaffe.Value[name])), Prototxt.Print(net));
}
