using CaffeSharp;
using CaffeSharp.Messages;
using CaffeSharp.Tests.Support;
using Mtcnn.Training;
using Mtcnn.Training.Layers;
using Mtcnn.Training.Options;

namespace Mtcnn.Tests.Training;

/// <summary>The training definitions and their layers.</summary>
public sealed class TrainingLayersTests
{
    private const string Distance = """
        force_backward: true
        layer { name: "in" type: "Input" top: "prediction" top: "truth"
                input_param { shape { dim: 3 dim: 4 dim: 1 dim: 1 } shape { dim: 3 dim: 4 } } }
        layer { name: "loss" type: "Python" bottom: "prediction" bottom: "truth" top: "loss" loss_weight: 0.5
                python_param { module: "mtcnn" layer: "Distance" } }
        """;

    private const string Hardest = """
        layer { name: "in" type: "Input" top: "score" top: "label" input_param { shape { dim: 6 dim: 2 } shape { dim: 6 dim: 1 } } }
        layer { name: "hardest" type: "Python" bottom: "score" bottom: "label" top: "hardest"
                python_param { module: "mtcnn" layer: "HardestRows" param_str: "0.5" } }
        """;

    public TrainingLayersTests() => TrainingLayers.Register();

    [Fact]
    public void Distance_counts_the_rows_with_a_target_alone_and_its_gradient_is_right()
    {
        using Net net = Net.FromText(Distance);
        net.Inputs["prediction"].CopyFrom([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
        net.Inputs["truth"].CopyFrom([0, 2, 3, 4, -1, -1, -1, -1, 9, 10, 11, 10]);

        Assert.Equal((1 + 4) / 2f / 2 * 0.5f, net.Forward(), 1e-6f);
        net.Backward();
        Assert.Equal([0.25f, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0.5f], net.Inputs["prediction"].Diff.Span.ToArray());
        GradientReport report = new GradientChecker().Check(net, "loss", "prediction");
        Assert.True(report.Passed, string.Join(", ", report.Differences));

        net.Inputs["truth"].MutableData.Span.Fill(-1);
        Assert.Equal(0, net.Forward());
    }

    [Fact]
    public void Hardest_rows_keep_the_labels_of_the_highest_losses()
    {
        using Net net = Net.FromText(Hardest);
        // The margin of the correct class: 2, -1, no label, 0, 3, no label.
        net.Inputs["score"].CopyFrom([2, 0, 0, -1, 9, 0, 1, 1, -1, 2, 0, 9]);
        net.Inputs["label"].CopyFrom([0, 1, -1, 0, 1, -1]);
        net.Forward();

        Assert.Equal([-1, 1, -1, 0, -1, -1], net.Blobs["hardest"].ToArray());
    }

    [Theory]
    [InlineData("0")]
    [InlineData("1.5")]
    [InlineData("many")]
    public void Hardest_rows_of_no_share_are_refused(string share)
    {
        RunException error = Assert.Throws<RunException>(() => Net.FromText(Hardest.Replace("0.5", share, StringComparison.Ordinal)));
        Assert.Contains($"above 0 and at most 1 (got \"{share}\")", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(TrainedNet.Proposal, "train12")]
    [InlineData(TrainedNet.Refinement, "train24")]
    [InlineData(TrainedNet.Output, "train48")]
    [InlineData(TrainedNet.Landmarks, "train-landmarks")]
    public void A_training_definition_has_the_layers_of_the_deploy_definition(TrainedNet which, string name)
    {
        TrainableNet net = TrainableNet.Of(which);
        Assert.Equal(File.ReadAllText(Repository.Folder("prototxt", $"{name}.prototxt")), net.ReadTrainPrototxt());
        NetParameter deploy = CaffeSharp.Prototxt.Parse<NetParameter>(net.Deploy.Prototxt);
        NetParameter train = CaffeSharp.Prototxt.Parse<NetParameter>(net.ReadTrainPrototxt());

        foreach (LayerParameter layer in deploy.Layer.Where(layer => layer.Type is not "Input" and not "Softmax"))
        {
            LayerParameter trained = train.Layer.Single(other => other.Name == layer.Name).Clone();
            // Fillers and dropout are not part of the deploy definition.
            trained.ConvolutionParam?.WeightFiller = null;
            trained.InnerProductParam?.WeightFiller = null;
            trained.InnerProductParam?.BiasFiller = null;
            trained.DropoutParam?.DropoutRatio = layer.DropoutParam.DropoutRatio;
            Assert.Equal(layer, trained);
        }
    }
}
