using CaffeSharp.Tests.Support;

namespace CaffeSharp.Tests.Nets;

/// <summary>What a net says about itself.</summary>
public sealed class StructureTests : LeakGate
{
    [Fact]
    public void Original_12net_has_its_layers_blobs_and_parameters_in_order()
    {
        SharedFolder.RequireOriginals();
        using Net net = Net.FromFile(Originals.Net12, Originals.Weights12);

        Assert.Equal("12Net", net.Name);
        Assert.Equal(Phase.Test, net.Phase);
        Assert.Equal(Device.Cpu, net.Device);
        Assert.Equal(["data"], net.Inputs.Names);
        Assert.Equal(["conv4-2", "prob1"], net.Outputs.Names.Order());
        Assert.Equal(
            ["conv1", "PReLU1", "pool1", "conv2", "PReLU2", "conv3", "PReLU3", "conv4-1", "conv4-2", "prob1"],
            net.Layers.Where(layer => layer.Type is not "Input" and not "Split").Select(layer => layer.Name));
        Assert.Equal(
            ["conv1", "PReLU1", "conv2", "PReLU2", "conv3", "PReLU3", "conv4-1", "conv4-2"], net.Parameters.Keys);
        Assert.Equal([10, 3, 3, 3], net.Parameters["conv1"][0].Shape.ToArray());
        Assert.Equal([10], net.Parameters["conv1"][1].Shape.ToArray());
        Assert.Equal("conv1[1]", net.Parameters["conv1"][1].Name);
        Assert.Equal([1, 3, 12, 12], net.Inputs[0].Shape.ToArray());
        Assert.Same(net.Blobs["data"], net.Inputs["data"]);
        Assert.Same(net.Parameters["conv1"][0], net.Layers["conv1"].Parameters[0]);
    }

    [Fact]
    public void Layer_knows_its_place_type_wiring_and_definition()
    {
        using Net net = Net.FromFile(Originals.Net12);
        Layer layer = net.Layers["conv2"];

        Assert.Same(layer, net.Layers[layer.Index]);
        Assert.Equal("Convolution", layer.Type);
        Assert.Equal(["pool1"], layer.BottomNames);
        Assert.Equal(["conv2"], layer.TopNames);
        Assert.Same(net.Blobs["pool1"], Assert.Single(layer.Bottoms));
        Assert.Same(net.Blobs["conv2"], Assert.Single(layer.Tops));
        Assert.Contains("num_output: 16", layer.Definition, StringComparison.Ordinal);
        Assert.DoesNotContain("blobs", layer.Definition, StringComparison.Ordinal);
        Assert.Equal(["conv2"], net.Layers["PReLU2"].BottomNames);
    }

    [Fact]
    public void Definitions_of_the_layers_make_the_same_net_again()
    {
        using Net net = Net.FromFile(Originals.Net24, Originals.Weights24);
        string again = string.Concat(net.Layers.Select(layer => $"layer {{ {layer.Definition} }}\n"));
        using Net same = Net.FromText(again);
        same.ShareWith(net);
        float[] face = Photo.Face(24, 24);
        net.Inputs[0].CopyFrom(face);
        same.Inputs[0].CopyFrom(face);
        net.Forward();
        same.Forward();
        Assert.Equal(net.Blobs["prob1"].ToArray(), same.Blobs["prob1"].ToArray());
    }

    [Fact]
    public void Name_that_does_not_exist_is_answered_with_the_nearest()
    {
        SharedFolder.RequireOriginals();
        using Net net = Net.FromFile(Originals.Net12);

        KeyNotFoundException blob = Assert.Throws<KeyNotFoundException>(() => net.Blobs["prob"]);
        Assert.StartsWith(
            "There is no blob 'prob' in net '12Net'. Did you mean 'prob1'? There are: data, ", blob.Message,
            StringComparison.Ordinal);
        KeyNotFoundException layer = Assert.Throws<KeyNotFoundException>(() => net.Layers["prelu1"]);
        Assert.Contains("Did you mean 'PReLU1'?", layer.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "Did you mean", Assert.Throws<KeyNotFoundException>(() => net.Inputs["something else"]).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => net.Blobs[null!]);
        Assert.Throws<ArgumentOutOfRangeException>(() => net.Blobs[net.Blobs.Count]);
        Assert.Throws<ArgumentOutOfRangeException>(() => net.Blobs[-1]);
        Assert.False(net.Blobs.TryGetValue("prob", out _));
        Assert.True(net.Blobs.TryGetValue("prob1", out Blob? found));
        Assert.Same(net.Blobs["prob1"], found);
        Assert.True(net.Blobs.Contains("data"));
    }

    [Fact]
    public void Loss_weight_is_the_definitions()
    {
        using Net net = Net.FromText(SmallNets.EuclideanLoss);
        Assert.Equal(2, net.LossWeight("loss"));
        Assert.Equal(0, net.LossWeight("ip"));
        Assert.Throws<KeyNotFoundException>(() => net.LossWeight("los"));
    }

    [Theory]
    [InlineData(Phase.Train, 0, null, "train_only")]
    [InlineData(Phase.Test, 0, null, "")]
    [InlineData(Phase.Test, 3, null, "from_level_3")]
    [InlineData(Phase.Test, 0, "deploy", "staged")]
    [InlineData(Phase.Train, 3, "deploy", "train_only,from_level_3,staged")]
    public void Rules_choose_layers_by_phase_level_and_stage(Phase phase, int level, string? stage, string layers)
    {
        const string Definition = """
            layer { name: "data" type: "Input" top: "data" input_param { shape { dim: 1 } } }
            layer { name: "train_only" type: "Power" bottom: "data" top: "a" include { phase: TRAIN } }
            layer { name: "from_level_3" type: "Power" bottom: "data" top: "b" include { min_level: 3 } }
            layer { name: "staged" type: "Power" bottom: "data" top: "c" include { stage: "deploy" } }
            """;
        NetOptions options = new() { Phase = phase, Level = level, Stages = stage is null ? [] : ["other", stage] };
        using Net net = Net.FromText(Definition, options);
        Assert.Equal(phase, net.Phase);
        Assert.Equal(
            layers.Split(',', StringSplitOptions.RemoveEmptyEntries),
            net.Layers.Names.Where(name => name is "train_only" or "from_level_3" or "staged"));
    }

    [Theory]
    [InlineData("A", "A,AorB")]
    [InlineData("B", "B,AorB")]
    [InlineData("A,B", "A,B,AorB,AandB")]
    public void Stages_of_one_rule_are_required_all_and_rules_one(string stages, string layers)
    {
        const string Definition = """
            layer { name: "data" type: "Input" top: "data" input_param { shape { dim: 1 } } }
            layer { name: "A" type: "Power" bottom: "data" top: "A" include { stage: "A" } }
            layer { name: "B" type: "Power" bottom: "data" top: "B" include { stage: "B" } }
            layer { name: "AorB" type: "Power" bottom: "data" top: "AorB" include { stage: "A" } include { stage: "B" } }
            layer { name: "AandB" type: "Power" bottom: "data" top: "AandB" include { stage: "A" stage: "B" } }
            """;
        using Net net = Net.FromText(Definition, new() { Stages = stages.Split(',') });
        Assert.Equal(layers.Split(','), net.Blobs.Names.Where(name => !name.StartsWith("data", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(Phase.Train, "train", "loss")]
    [InlineData(Phase.Test, "val", "loss")]
    [InlineData(Phase.Test, "deploy", "pred")]
    public void Training_validation_and_deployment_come_from_one_definition(Phase phase, string stage, string output)
    {
        const string Definition = """
            layer {
              name: "train_data" type: "DummyData" top: "data" top: "label" include { phase: TRAIN stage: "train" }
              dummy_data_param { shape { dim: 1 dim: 1 dim: 10 dim: 10 } shape { dim: 1 } }
            }
            layer {
              name: "val_data" type: "DummyData" top: "data" top: "label" include { phase: TEST stage: "val" }
              dummy_data_param { shape { dim: 1 dim: 1 dim: 10 dim: 10 } shape { dim: 1 } }
            }
            layer {
              name: "deploy_data" type: "Input" top: "data" include { phase: TEST stage: "deploy" }
              input_param { shape { dim: 1 dim: 1 dim: 10 dim: 10 } }
            }
            layer { name: "ip" type: "InnerProduct" bottom: "data" top: "ip" inner_product_param { num_output: 2 } }
            layer {
              name: "loss" type: "SoftmaxWithLoss" bottom: "ip" bottom: "label" top: "loss"
              include { phase: TRAIN stage: "train" } include { phase: TEST stage: "val" }
            }
            layer { name: "pred" type: "Softmax" bottom: "ip" top: "pred" include { phase: TEST stage: "deploy" } }
            """;
        using Net net = Net.FromText(Definition, new() { Phase = phase, Stages = [stage] });
        Assert.Equal([1, 1, 10, 10], net.Blobs["data"].Shape.ToArray());
        Assert.Equal([output], net.Outputs.Names);
    }

    [Fact]
    public void Legacy_dimensions_are_those_of_the_first_four_axes()
    {
        using Net net = Net.FromFile(Originals.Net48);
        Blob data = net.Blobs["data"];
        Assert.Equal((1, 3, 48, 48), (data.Num, data.Channels, data.Height, data.Width));
        net.Forward();
        Assert.Equal((1, 2, 1), (net.Blobs["prob1"].Num, net.Blobs["prob1"].Channels, net.Blobs["prob1"].Height));
    }
}
