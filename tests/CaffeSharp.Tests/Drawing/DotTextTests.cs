using CaffeSharp.Messages;
using CaffeSharp.Tests.Support;

namespace CaffeSharp.Tests.Drawing;

/// <summary>Nets as DOT text, without Graphviz.</summary>
public sealed class DotTextTests : LeakGate
{
    private const string Small = """
        name: "small"
        layer { name: "data" type: "Data" top: "data" top: "label" include { phase: TRAIN } data_param { source: "faces" batch_size: 64 } }
        layer { name: "input" type: "Input" top: "data" include { phase: TEST } input_param { shape { dim: 1 dim: 3 dim: 12 dim: 12 } } }
        layer {
          name: "conv" type: "Convolution" bottom: "data" top: "conv" param { lr_mult: 1 } param { lr_mult: 2.5 }
          convolution_param { num_output: 8 kernel_h: 3 kernel_w: 5 stride: 2 pad: 1 dilation: 2 group: 4 bias_term: false weight_filler { type: "xavier" } }
        }
        layer { name: "bn" type: "BatchNorm" bottom: "conv" top: "conv" }
        layer { name: "relu" type: "ReLU" bottom: "conv" top: "conv" relu_param { negative_slope: 0.25 } }
        layer { name: "pool" type: "Pooling" bottom: "conv" top: "pool" pooling_param { pool: AVE kernel_size: 3 stride: 2 } }
        layer { name: "fc" type: "InnerProduct" bottom: "pool" top: "fc" inner_product_param { num_output: 2 } }
        layer { name: "loss" type: "SoftmaxWithLoss" bottom: "fc" bottom: "label" top: "loss" loss_weight: 0.5 include { phase: TRAIN } }
        layer { name: "prob" type: "Softmax" bottom: "fc" top: "prob" exclude { phase: TRAIN } }
        """;

    [Fact]
    public void Layers_when_drawn_say_type_and_parameters()
    {
        string dot = NetDrawing.ToDot(Prototxt.Parse<NetParameter>(Small), new() { Direction = DrawingDirection.TopToBottom });

        Assert.StartsWith("digraph \"small\" {\n  graph [rankdir=TB,", dot, StringComparison.Ordinal);
        Assert.Contains(
            "label=<<B>conv</B><BR/>Convolution" + Small10("num_output 8, kernel 3 × 5, stride 2") + Small10("pad 1, dilation 2, group 4, no bias") + ">",
            dot, StringComparison.Ordinal);
        Assert.Contains(
            "label=<<B>pool</B><BR/>Pooling AVE" + Small10("kernel 3, stride 2, pad 0") + ">", dot, StringComparison.Ordinal);
        Assert.Contains("<B>relu</B><BR/>ReLU" + Small10("negative_slope 0.25"), dot, StringComparison.Ordinal);
        Assert.Contains("<B>fc</B><BR/>InnerProduct" + Small10("num_output 2"), dot, StringComparison.Ordinal);
        Assert.Contains("<B>data</B><BR/>Data<BR/><I>TRAIN</I>" + Small10("source faces, batch_size 64"), dot, StringComparison.Ordinal);
        Assert.Contains("<B>input</B><BR/>Input<BR/><I>TEST</I>" + Small10("shape 1 × 3 × 12 × 12"), dot, StringComparison.Ordinal);
        Assert.Contains("<B>prob</B><BR/>Softmax<BR/><I>not TRAIN</I>>", dot, StringComparison.Ordinal);
    }

    [Fact]
    public void Losses_when_drawn_have_two_borders_and_their_weight()
    {
        string dot = NetDrawing.ToDot(Prototxt.Parse<NetParameter>(Small));

        string loss = Assert.Single(dot.Split('\n'), line => line.Contains("peripheries=2", StringComparison.Ordinal));
        Assert.Contains("<B>loss</B><BR/>SoftmaxWithLoss<BR/><I>TRAIN</I>" + Small10("loss, weight 0.5"), loss, StringComparison.Ordinal);
    }

    [Fact]
    public void Layers_in_place_when_drawn_hang_on_their_blob_in_order()
    {
        string[] lines = NetDrawing.ToDot(Prototxt.Parse<NetParameter>(Small)).Split('\n', StringSplitOptions.TrimEntries);

        string blob = NodeOf(lines, "label=<conv>");
        string convolution = NodeOf(lines, "<B>conv</B>");
        Assert.Contains($"{blob} -> {NodeOf(lines, "<B>bn</B>")} [dir=both, label=\" 1 \"];", lines);
        Assert.Contains($"{blob} -> {NodeOf(lines, "<B>relu</B>")} [dir=both, label=\" 2 \"];", lines);
        Assert.Contains($"{convolution} -> {blob} [weight=4];", lines);
        Assert.Contains($"{blob} -> {NodeOf(lines, "<B>pool</B>")} [weight=4];", lines);
        Assert.DoesNotContain($"{NodeOf(lines, "<B>relu</B>")} -> {blob} [weight=4];", lines);
        Assert.Contains("rounded", lines.Single(line => line.Contains("<B>relu</B>", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Phase.Train, "data", "input")]
    [InlineData(Phase.Train, "loss", "prob")]
    [InlineData(Phase.Test, "input", "data")]
    [InlineData(Phase.Test, "prob", "loss")]
    public void A_phase_when_drawn_has_its_layers_alone(Phase phase, string there, string notThere)
    {
        string dot = NetDrawing.ToDot(Prototxt.Parse<NetParameter>(Small), new() { Phase = phase });

        Assert.Contains($"<B>{there}</B>", dot, StringComparison.Ordinal);
        Assert.DoesNotContain($"<B>{notThere}</B>", dot, StringComparison.Ordinal);
        Assert.DoesNotContain("<I>", dot, StringComparison.Ordinal);
    }

    [Fact]
    public void Levels_and_stages_when_given_choose_as_Caffe_does()
    {
        NetParameter net = Prototxt.Parse<NetParameter>("""
            layer { name: "a" type: "Input" top: "a" input_param { shape { dim: 1 } } }
            layer { name: "deep" type: "ReLU" bottom: "a" top: "deep" include { min_level: 2 max_level: 3 } }
            layer { name: "deploy" type: "ReLU" bottom: "a" top: "deploy" include { stage: "deploy" not_stage: "debug" } }
            layer { name: "undeployed" type: "ReLU" bottom: "a" top: "undeployed" exclude { stage: "deploy" } }
            """);

        foreach ((int level, string[] stages) in new (int, string[])[] { (0, []), (2, ["deploy"]), (3, ["deploy", "debug"]), (4, ["debug"]) })
        {
            string dot = NetDrawing.ToDot(net, new() { Phase = Phase.Test, Level = level, Stages = stages });
            using Net loaded = Net.FromParameter(net, new() { Phase = Phase.Test, Level = level, Stages = stages });

            Assert.All(
                ["deep", "deploy", "undeployed"],
                name => Assert.Equal(loaded.Layers.Contains(name), dot.Contains($"<B>{name}</B>", StringComparison.Ordinal)));
        }

        Assert.Contains("<I>level ≥ 2, level ≤ 3</I>", NetDrawing.ToDot(net), StringComparison.Ordinal);
        Assert.Contains("<I>stage deploy, no stage debug</I>", NetDrawing.ToDot(net), StringComparison.Ordinal);
    }

    [Fact]
    public void A_layer_with_rules_of_both_kinds_when_a_phase_is_drawn_is_refused()
    {
        NetParameter net = Prototxt.Parse<NetParameter>(
            "layer { name: \"both\" type: \"ReLU\" include { phase: TRAIN } exclude { phase: TEST } }");

        CaffeException error = Assert.Throws<CaffeException>(() => NetDrawing.ToDot(net, new() { Phase = Phase.Train }));

        Assert.Equal((CaffeErrorKind.Check, "both"), (error.Kind, error.LayerName));
        Assert.Contains("<B>both</B>", NetDrawing.ToDot(net), StringComparison.Ordinal);
    }

    [Fact]
    public void Learning_rates_when_wanted_are_written_where_one_is_not_zero()
    {
        NetParameter net = Prototxt.Parse<NetParameter>(Small);
        net.FindLayer("fc").Param.Add([new ParamSpec { LrMult = 0 }, new ParamSpec { LrMult = 0 }]);

        string dot = NetDrawing.ToDot(net, new() { ShowLearningRates = true });

        Assert.Contains("lr_mult 1, 2.5", dot, StringComparison.Ordinal);
        Assert.Single(dot.Split('\n'), line => line.Contains("lr_mult", StringComparison.Ordinal));
        Assert.DoesNotContain("lr_mult", NetDrawing.ToDot(net), StringComparison.Ordinal);
    }

    [Fact]
    public void A_loaded_net_when_drawn_has_shapes_and_no_splits_of_Caffes()
    {
        using Net net = Net.FromFile(Originals.Net12);
        net.Inputs[0].Reshape(2, 3, 30, 20);
        net.Reshape();

        string dot = NetDrawing.ToDot(net);

        Assert.Contains("label=<conv3<BR/><FONT POINT-SIZE=\"10\">2 × 32 × 10 × 5</FONT>>", dot, StringComparison.Ordinal);
        Assert.Contains(net.Layers, layer => layer.Type == "Split");
        Assert.DoesNotContain("plit", dot, StringComparison.Ordinal);
        string[] lines = dot.Split('\n', StringSplitOptions.TrimEntries);
        string conv3 = NodeOf(lines, "label=<conv3<BR/>");
        Assert.Contains($"{conv3} -> {NodeOf(lines, "<B>conv4-1</B>")} [weight=4];", lines);
        Assert.Contains($"{conv3} -> {NodeOf(lines, "<B>conv4-2</B>")} [weight=4];", lines);
    }

    [Fact]
    public void A_net_of_the_first_formats_when_drawn_is_brought_to_todays()
    {
        NetParameter net = Prototxt.Parse<NetParameter>("""
            name: "old" input: "data" input_dim: 1 input_dim: 3 input_dim: 8 input_dim: 8
            layers { layer { name: "conv" type: "conv" num_output: 4 kernelsize: 3 } bottom: "data" top: "conv" }
            layers { layer { name: "relu" type: "relu" } bottom: "conv" top: "conv" }
            """);

        string dot = NetDrawing.ToDot(net);

        Assert.Contains("<BR/>Convolution", dot, StringComparison.Ordinal);
        Assert.Contains("shape 1 × 3 × 8 × 8", dot, StringComparison.Ordinal);
        Assert.Single(net.Input);
    }

    [Fact]
    public void A_net_without_layers_when_drawn_is_refused()
    {
        CaffeException empty = Assert.Throws<CaffeException>(() => NetDrawing.ToDot(new NetParameter { Name = "empty" }));
        CaffeException filtered = Assert.Throws<CaffeException>(() => NetDrawing.ToDot(
            Prototxt.Parse<NetParameter>("name: \"train\" layer { name: \"a\" type: \"ReLU\" include { phase: TRAIN } }"),
            new() { Phase = Phase.Test }));

        Assert.Equal("There is nothing to draw: the net 'empty' has no layers.", empty.Message);
        Assert.Equal("There is nothing to draw: the net 'train' has no layers in phase Test.", filtered.Message);
    }

    [Fact]
    public void Options_when_impossible_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new NetDrawingOptions { Phase = (Phase)7 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new NetDrawingOptions { Direction = (DrawingDirection)9 });
        Assert.Throws<ArgumentNullException>(() => new NetDrawingOptions { Stages = null! });
        Assert.Throws<ArgumentNullException>(() => NetDrawing.ToDot((NetParameter)null!));
        Assert.Throws<ArgumentNullException>(() => NetDrawing.ToDot((Net)null!));
        Assert.Throws<ArgumentException>(() => NetDrawing.FormatOf("net.jpeg"));
        Assert.Equal(DrawingFormat.Dot, NetDrawing.FormatOf("a.GV"));
    }

    private static string Small10(string text) => $"<BR/><FONT POINT-SIZE=\"10\">{text}</FONT>";

    private static string NodeOf(string[] lines, string label) =>
        lines.Single(line => line.Contains("shape=", StringComparison.Ordinal) && line.Contains(label, StringComparison.Ordinal)).Split(' ')[0];
}
