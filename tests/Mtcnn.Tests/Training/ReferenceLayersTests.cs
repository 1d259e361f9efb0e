using System.Globalization;
using System.Numerics.Tensors;
using CaffeSharp;
using CaffeSharp.Tests.Support;
using Mtcnn.Tests.Support;
using Mtcnn.Training;
using Mtcnn.Training.Layers;

namespace Mtcnn.Tests.Training;

/// <summary>The reference's training definitions, unchanged, and the layers that they name.</summary>
[Collection(AloneCollection.Name)]
public sealed class ReferenceLayersTests
{
    // Two builds with two BLAS libraries agree to rounding, not bit for bit.
    private const double Tolerance = 2e-5;

    // Seeds dropout, and the layers without copied weights.
    private const uint Seed = 12;

    private const string Bridge = """
        force_backward: true
        layer { name: "in" type: "Input" top: "prediction" top: "label"
                input_param { shape { dim: 5 dim: 2 dim: 1 dim: 1 } shape { dim: 5 dim: 1 } } }
        layer { name: "bridge" type: "Python" bottom: "prediction" bottom: "label" top: "valid" top: "label-valid"
                python_param { module: "pythonLayer" layer: "cls_Layer_fc" } }
        """;

    private const string Regression = """
        force_backward: true
        layer { name: "in" type: "Input" top: "prediction" top: "truth"
                input_param { shape { dim: 3 dim: 4 } shape { dim: 3 dim: 4 } } }
        layer { name: "loss" type: "Python" bottom: "prediction" bottom: "truth" top: "loss" loss_weight: 0.5
                python_param { module: "pythonLayer" layer: "regression_Layer" } }
        """;

    [Theory]
    [InlineData(12, 0)]
    [InlineData(12, 1)]
    [InlineData(12, 2)]
    [InlineData(24, 0)]
    [InlineData(48, 1)]
    public void Original_training_net_gives_pycaffes_losses_and_gradients(int side, int task)
    {
        string folder = $"{side}net";
        string prototxt = SharedFiles.Of($"models/reference/{folder}/train{side}.prototxt");
        string weights = SharedFiles.Weights(folder);
        using TemporaryFolder batch = new();
        ReferenceLayers.Register();
        using IDisposable feed = ReferenceLayers.Feed(new RandomBatches(side, task));
        using Net net = Net.FromFile(prototxt, weights, new() { Phase = Phase.Train, Seed = Seed });
        float loss = net.Forward();
        net.Backward();
        foreach (Blob top in net.Layers["PythonLayer"].Tops)
        {
            top.SaveNpy(batch.File($"{top.Name}.npy"));
        }

        IReadOnlyDictionary<string, Tensor<float>> expected = Expected(prototxt, weights, batch.Path);

        Assert.True(loss > 0, $"the loss is {loss}");
        foreach (Blob output in net.Outputs)
        {
            ReadOnlySpan<float> values = expected[$"data/{output.Name}"].Values();
            double difference = Close.Difference(values, output.Data);
            Assert.True(difference <= Tolerance * Math.Max(1, values[0]), $"{output.Name}: {difference} from {values[0]}");
        }

        bool anyGradient = false;
        foreach ((string layer, IReadOnlyList<Blob> parameters) in net.Parameters)
        {
            for (int at = 0; at < parameters.Count; at++)
            {
                ReadOnlySpan<float> gradient = parameters[at].Diff;
                double difference = Close.Difference(expected[$"param_diff/{layer}/{at}"].Values(), gradient);
                Assert.True(difference <= Tolerance, $"{layer}[{at}]: {difference}");
                anyGradient |= gradient.ContainsAnyExcept(0f);
            }
        }

        Assert.True(anyGradient);
    }

    [Fact]
    public void Bridge_moves_labelled_rows_to_the_front_and_its_gradient_is_right()
    {
        ReferenceLayers.Register();
        using Net net = Net.FromText(Bridge);
        net.Inputs["prediction"].CopyFrom([0.1f, 0.2f, 0.3f, 0.4f, 0.5f, 0.6f, 0.7f, 0.8f, 0.9f, 1f]);
        net.Inputs["label"].CopyFrom([-1, 1, -1, 0, 1]);
        net.Forward();
        Assert.Equal([0.3f, 0.4f, 0.7f, 0.8f, 0.9f, 1f, 0, 0, 0, 0], net.Blobs["valid"].ToArray());
        Assert.Equal([1, 0, 1, 0, 0], net.Blobs["label-valid"].ToArray());
        Assert.Equal([5, 2, 1, 1], net.Blobs["valid"].Shape.ToArray());

        GradientReport report = new GradientChecker().Check(net, "bridge", "prediction");
        Assert.True(report.Passed, string.Join(", ", report.Differences));
        Assert.Equal(10, report.CheckedValues);
        Assert.Equal([0, 0], net.Blobs["prediction"].Diff.Span[..2].ToArray());
    }

    [Fact]
    public void Regression_is_half_the_mean_squared_distance_and_nothing_without_targets()
    {
        ReferenceLayers.Register();
        using Net net = Net.FromText(Regression);
        net.Inputs["prediction"].CopyFrom([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
        net.Inputs["truth"].CopyFrom([0, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 10]);
        Assert.Equal((1 + 4) / 3f / 2 * 0.5f, net.Forward(), 1e-6f);

        // Gradients are checked with targets that cannot become -1, which would disable the loss.
        GradientReport report = new GradientChecker().Check(net, "loss");
        Assert.True(report.Passed, string.Join(", ", report.Differences));
        Assert.Equal(24, report.CheckedValues);

        net.Inputs["truth"].MutableData.Span.Fill(-1);
        Assert.Equal(0, net.Forward());
        net.Backward();
        Assert.False(net.Inputs["prediction"].Diff.Span.ContainsAnyExcept(0f));
    }

    [Fact]
    public void Net_without_batches_or_with_shapes_that_do_not_fit_is_refused_in_words()
    {
        ReferenceLayers.Register();
        string prototxt = SharedFiles.Of("models/reference/12net/train12.prototxt");
        InvalidOperationException unfed = Assert.Throws<InvalidOperationException>(() => Net.FromFile(prototxt));
        Assert.Contains("Create the net inside ReferenceLayers.Feed", unfed.Message, StringComparison.Ordinal);

        string narrow = Regression.Replace("dim: 3 dim: 4 } shape { dim: 3 dim: 4", "dim: 3 dim: 4 } shape { dim: 3 dim: 10", StringComparison.Ordinal);
        RunException misfit = Assert.Throws<RunException>(() => Net.FromText(narrow));
        Assert.Contains("'loss' (regression_Layer) compares", misfit.Message, StringComparison.Ordinal);
    }

    /// <summary>The same in Python, tests/pycaffe/pythonLayer.py, which reads the batch from the folder.</summary>
    private static IReadOnlyDictionary<string, Tensor<float>> Expected(string prototxt, string weights, string batch)
    {
        const string Variable = "CAFFESHARP_TRAINING_BATCH";
        Environment.SetEnvironmentVariable(Variable, batch);
        try
        {
            return Pycaffe.Forward(
                "--prototxt", prototxt, "--weights", weights, "--phase", "train", "--backward", "--seed",
                Seed.ToString(CultureInfo.InvariantCulture));
        }
        finally
        {
            Environment.SetEnvironmentVariable(Variable, null);
        }
    }
}
