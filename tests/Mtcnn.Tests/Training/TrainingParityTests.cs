using System.Globalization;
using System.Text.Json;
using CaffeSharp;
using CaffeSharp.Tests.Support;
using Mtcnn.Training.Batches;
using Mtcnn.Training.Nets;
using Mtcnn.Training.Options;

namespace Mtcnn.Tests.Training;

/// <summary>Compares this project's training definitions with pycaffe and Python layers, with the same batches and seeds.</summary>
public sealed class TrainingParityTests(SmallCropsFixture crops) : IClassFixture<SmallCropsFixture>
{
    // The lower bound of the losses in relative comparisons.
    private const double SmallestLoss = 0.01;

    [Theory]
    [InlineData(12, 500, BatchComposition.Mixed, Engine.Accelerated, 0.01f)]
    [InlineData(12, 100, BatchComposition.SingleTask, Engine.Caffe, 0.01f)]
    [InlineData(24, 60, BatchComposition.Mixed, Engine.Accelerated, 0.01f)]
    [InlineData(48, 20, BatchComposition.Mixed, Engine.Accelerated, 0.001f)]
    [InlineData(48, 6, BatchComposition.SingleTask, Engine.Caffe, 0.001f)]
    public void Losses_of_every_iteration_are_pycaffes(int side, int iterations, BatchComposition composition, Engine engine, float rate)
    {
        NetTrainingOptions options = new()
        {
            Net = SmallCrops.NetOf(side),
            Crops = [crops.Folder(side)],
            Iterations = iterations,
            Composition = composition,
            HardShare = 0.7,
            HeldOut = 0,
            Engine = engine,
            Learning = new() { Solver = "SGD", BaseRate = rate },
        };
        using TemporaryFolder folder = new();
        RecordedTraining.Write(folder.Path, options);
        Dictionary<string, List<float>> ours = Train(options, folder.Path);
        string answer = ToolRun.Output(
            "sh", ["-c", "echo \"$3\" | \"$1\" \"$2\" \"$4\"", "sh", Pycaffe.Python, Repository.Folder("tests", "pycaffe", "train.py"),
                iterations.ToString(CultureInfo.InvariantCulture), folder.Path]);
        JsonElement theirs = JsonElement.Parse(answer).GetProperty("losses");

        Assert.Equal(ours.Keys.Order(), theirs.EnumerateObject().Select(loss => loss.Name).Order());
        foreach ((string name, List<float> losses) in ours)
        {
            for (int iteration = 0; iteration < iterations; iteration++)
            {
                double expected = theirs.GetProperty(name)[iteration].GetDouble();
                double difference = Math.Abs(losses[iteration] - expected) / Math.Max(SmallestLoss, Math.Abs(expected));
                Assert.True(difference <= Allowed(iteration), $"{name}, iteration {iteration}: {losses[iteration]} and {expected}");
            }
        }

        Assert.Contains(ours.Values, losses => losses[^1] < losses[0]);
    }

    /// <summary>Rounding differs between two BLAS libraries; each update carries it into the weights, and training on a wrinkled surface spreads it.</summary>
    private static double Allowed(int iteration) => iteration switch
    {
        0 => 5e-6,
        < 10 => 1e-4,
        _ => 5e-3,
    };

    private static Dictionary<string, List<float>> Train(NetTrainingOptions options, string folder)
    {
        using PreparedStores stores = new(options.Crops, options.Net);
        using PreparedBatches batches = new(stores.ToTrain(options.HeldOut), options);
        using BatchQueue queue = new(batches, 0);
        using Solver solver = TrainingSolver.Make(options, folder, Path.Combine(folder, "snapshot"), queue);
        Dictionary<string, List<float>> losses = solver.Net.Outputs.Names.ToDictionary(name => name, _ => new List<float>());
        solver.GradientsReady += (_, _) =>
        {
            foreach ((string name, List<float> values) in losses)
            {
                values.Add(solver.Net.Outputs[name].Data.Span[0]);
            }
        };
        solver.Step(options.Iterations);
        return losses;
    }
}
