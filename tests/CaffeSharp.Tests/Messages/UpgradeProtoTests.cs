using CaffeSharp.Messages;
using CaffeSharp.Tests.Support;

namespace CaffeSharp.Tests.Messages;

/// <summary>Messages of older Caffes become today's, by Caffe's own rules.</summary>
public sealed class UpgradeProtoTests : LeakGate
{
    private const string V0 = """
        name: "Old"
        input: "data"
        input_dim: 1
        input_dim: 3
        input_dim: 9
        input_dim: 9
        layers {
          layer { name: "pad1" type: "padding" pad: 2 }
          bottom: "data" top: "pad1"
        }
        layers {
          layer {
            name: "conv1" type: "conv" num_output: 4 kernelsize: 3 stride: 2
            weight_filler { type: "gaussian" std: 0.01 }
            blobs_lr: 1 blobs_lr: 2 weight_decay: 1 weight_decay: 0
          }
          bottom: "pad1" top: "conv1"
        }
        layers { layer { name: "pool1" type: "pool" pool: MAX kernelsize: 3 stride: 2 } bottom: "conv1" top: "pool1" }
        layers { layer { name: "prob" type: "softmax" } bottom: "pool1" top: "prob" }
        """;

    private const string V1 = """
        name: "Old"
        input: "data"
        input_dim: 1
        input_dim: 3
        input_dim: 9
        input_dim: 9
        layers {
          name: "conv1" type: CONVOLUTION bottom: "data" top: "conv1"
          blobs_lr: 1 blobs_lr: 2 weight_decay: 1 weight_decay: 0
          convolution_param { num_output: 4 pad: 2 kernel_size: 3 stride: 2 weight_filler { type: "gaussian" std: 0.01 } }
        }
        layers {
          name: "pool1" type: POOLING bottom: "conv1" top: "pool1" pooling_param { pool: MAX kernel_size: 3 stride: 2 }
        }
        layers { name: "prob" type: SOFTMAX bottom: "pool1" top: "prob" }
        """;

    private const string Today = """
        name: "Old"
        layer { name: "input" type: "Input" top: "data" input_param { shape { dim: 1 dim: 3 dim: 9 dim: 9 } } }
        layer {
          name: "conv1" type: "Convolution" bottom: "data" top: "conv1"
          param { lr_mult: 1 decay_mult: 1 } param { lr_mult: 2 decay_mult: 0 }
          convolution_param { num_output: 4 pad: 2 kernel_size: 3 stride: 2 weight_filler { type: "gaussian" std: 0.01 } }
        }
        layer {
          name: "pool1" type: "Pooling" bottom: "conv1" top: "pool1" pooling_param { pool: MAX kernel_size: 3 stride: 2 }
        }
        layer { name: "prob" type: "Softmax" bottom: "pool1" top: "prob" }
        """;

    public static TheoryData<string> Ages => [V0, V1, Today];

    [Theory]
    [MemberData(nameof(Ages))]
    public void Net_of_any_age_becomes_todays(string text)
    {
        NetParameter old = Prototxt.Parse<NetParameter>(text);
        NetParameter before = old.Clone();
        Assert.Equal(Prototxt.Parse<NetParameter>(Today), UpgradeProto.Net(old));
        Assert.Equal(before, old);
    }

    [Theory]
    [MemberData(nameof(Ages))]
    public void Net_of_any_age_runs_from_its_message(string text)
    {
        using Net net = Net.FromParameter(Prototxt.Parse<NetParameter>(text));
        Assert.Equal(["input", "conv1", "pool1", "prob"], net.Layers.Names);
        Assert.Equal([1, 4, 6, 6], net.Blobs["conv1"].Shape);
        Assert.Equal([1, 4, 3, 3], net.Blobs["prob"].Shape);
    }

    [Fact]
    public void Data_transformations_move_into_their_message()
    {
        NetParameter net = UpgradeProto.Net(Prototxt.Parse<NetParameter>(
            """layers { name: "d" type: DATA top: "d" data_param { source: "s" batch_size: 2 scale: 0.5 crop_size: 7 mirror: true } }"""));
        LayerParameter layer = Assert.Single(net.Layer);
        Assert.Equal(("Data", 0.5f, 7u, true), (layer.Type, layer.TransformParam.Scale, layer.TransformParam.CropSize,
            layer.TransformParam.Mirror));
        Assert.False(layer.DataParam.HasScale);
    }

    [Fact]
    public void Batch_norm_loses_its_outdated_parameters()
    {
        NetParameter net = UpgradeProto.Net(Prototxt.Parse<NetParameter>(
            """
            layer { name: "bn" type: "BatchNorm" bottom: "a" top: "b" param { lr_mult: 1 } param { lr_mult: 1 } param { lr_mult: 1 } }
            """));
        Assert.Equal([0f, 0f, 0f], net.Layer[0].Param.Select(param => param.LrMult));
    }

    [Fact]
    public void Weights_go_along()
    {
        NetParameter old = Prototxt.Parse<NetParameter>(V1);
        old.Layers[0].Blobs.Add(new BlobProto { Num = 1, Channels = 1, Height = 1, Width = 2, Data = { 1.5f, -2f } });
        LayerParameter upgraded = UpgradeProto.Net(old).FindLayer("conv1");
        Assert.Equal([1.5f, -2f], Assert.Single(upgraded.Blobs).Data);
    }

    [Fact]
    public void Numbered_solver_type_becomes_a_name()
    {
        SolverParameter solver = UpgradeProto.Solver(Prototxt.Parse<SolverParameter>("net: \"n\" solver_type: ADAGRAD"));
        Assert.Equal("net: \"n\"\ntype: \"AdaGrad\"\n", Prototxt.Print(solver));
        Assert.Equal(solver, UpgradeProto.Solver(solver));
    }

    [Fact]
    public void What_has_no_counterpart_is_refused()
    {
        CaffeException both = Assert.Throws<CaffeException>(() => UpgradeProto.Net(Prototxt.Parse<NetParameter>(
            """
            layer { name: "a" type: "Input" top: "a" }
            layers { name: "b" type: RELU bottom: "a" top: "b" }
            """)));
        Assert.Contains("inconsistent", both.Message, StringComparison.Ordinal);
        Assert.ThrowsAny<CaffeException>(() => UpgradeProto.Solver(
            Prototxt.Parse<SolverParameter>("type: \"SGD\" solver_type: ADAGRAD")));
    }
}
