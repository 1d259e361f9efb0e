using CaffeSharp.Tests.Support;
using Microsoft.Extensions.Logging;

namespace CaffeSharp.Tests.Nets;

/// <summary>All faults of a definition are reported at once, and accuracies and losses left in a net for deployment do not stop it.</summary>
[Collection(AloneCollection.Name)]
public sealed class DefinitionFaultTests : LeakGate
{
    private const string Input = "layer { name: 'in' type: 'Input' top: 'data' input_param { shape { dim: 2 dim: 3 } } } ";
    private const string Product = "layer { name: 'ip' type: 'InnerProduct' bottom: 'data' top: 'ip' inner_product_param { num_output: 4 } } ";

    [Fact]
    public void Faults_of_several_layers_when_loaded_are_in_one_message()
    {
        CaffeException error = Assert.Throws<CaffeException>(() => Net.FromText(
            Input +
            "layer { name: 'a' type: 'Convolutoin' bottom: 'data' top: 'a' } " +
            "layer { name: 'b' type: 'ReLU' bottom: 'nothing' top: 'b' } " +
            "layer { name: 'c' type: 'ReLU' bottom: 'nothing' top: 'c' } " +
            "layer { name: 'd' type: 'ImageData' top: 'd' top: 'e' image_data_param { source: 'missing.txt' } }"));

        string[] lines = error.Message.Split('\n');
        Assert.Equal(3, lines.Length);
        Assert.Contains("layer 'a' (Convolutoin): unknown layer type 'Convolutoin'", lines[0], StringComparison.Ordinal);
        Assert.Contains("layer 'd' (ImageData): its source 'missing.txt' does not exist", lines[1], StringComparison.Ordinal);
        Assert.Contains("layer 'b' (ReLU): unknown bottom blob 'nothing'", lines[2], StringComparison.Ordinal);
        Assert.Equal("a", error.LayerName);
    }

    [Fact]
    public void Twenty_faults_when_there_are_more_are_followed_by_the_number_of_the_others()
    {
        CaffeException error = Assert.Throws<CaffeException>(() => Net.FromText(
            Input + string.Concat(Enumerable.Range(0, 30).Select(i => $"layer {{ name: 'n{i}' type: 'Nope' bottom: 'data' top: 't{i}' }} "))));

        Assert.Equal(21, error.Message.Split('\n').Length);
        Assert.EndsWith("and 10 more faults", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bottom_that_a_layer_of_the_other_phase_makes_when_missing_is_explained()
    {
        CaffeException error = Assert.Throws<CaffeException>(() => Net.FromText(
            "layer { name: 'source' type: 'DummyData' top: 'data' include { phase: TRAIN } dummy_data_param { shape { dim: 2 dim: 3 } } } " + Product));

        Assert.Contains(
            "unknown bottom blob 'data': no layer before it has a top of that name; layer 'source', which makes it, is not for the phase TEST",
            error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Measures_left_in_a_net_for_deployment_are_left_out_with_a_warning()
    {
        RecordingLogger logger = new();
        CaffeRuntime.UseLogger(logger, LogLevel.Warning);
        try
        {
            using Net net = Net.FromText(
                Input + Product +
                "layer { name: 'accuracy' type: 'Accuracy' bottom: 'ip' bottom: 'label' top: 'accuracy' } " +
                "layer { name: 'loss' type: 'SoftmaxWithLoss' bottom: 'ip' bottom: 'label' top: 'loss' } " +
                "layer { name: 'prob' type: 'Softmax' bottom: 'ip' top: 'prob' }");

            net.Forward();

            Assert.Equal(["in", "ip", "prob"], net.Layers.Select(layer => layer.Name));
            Assert.Equal(0.25f, net.Blobs["prob"].Data.Span[0]);
        }
        finally
        {
            CaffeRuntime.UseLogger(null);
        }

        Assert.Contains(logger.Lines, line => line.Text.Contains("layer 'accuracy' (Accuracy): the layer is left out: the net has no blob 'label'", StringComparison.Ordinal));
        Assert.Contains(logger.Lines, line => line.Text.Contains("layer 'loss' (SoftmaxWithLoss): the layer is left out", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(Phase.Train, "")]
    [InlineData(Phase.Test, "layer { name: 'reader' type: 'Power' bottom: 'loss' top: 'read' }")]
    public void Measures_without_labels_when_trained_or_read_are_a_fault(Phase phase, string reader)
    {
        CaffeException error = Assert.Throws<CaffeException>(() => Net.FromText(
            Input + Product + "layer { name: 'loss' type: 'SoftmaxWithLoss' bottom: 'ip' bottom: 'label' top: 'loss' } " + reader,
            new NetOptions { Phase = phase }));

        Assert.Contains("layer 'loss' (SoftmaxWithLoss): unknown bottom blob 'label'", error.Message, StringComparison.Ordinal);
    }
}
