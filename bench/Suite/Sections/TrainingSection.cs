using System.Globalization;
using CaffeSharp;
using Mtcnn.Suite.Reports;
using Mtcnn.Suite.Rivals;
using Mtcnn.Tests.Training;
using Mtcnn.Training.Options;

namespace Mtcnn.Suite.Sections;

/// <summary>Iterations of training, from the same batches and seeds, here and in pycaffe with Python layers.</summary>
internal static class TrainingSection
{
    private const int Threads = 2;
    private const int IterationsOfTurn = 50;
    private const double Goal = 3;

    // Where a loss is near 0, its difference is taken of this.
    private const double SmallestLoss = 0.01;

    public static SectionResult Run(int rounds)
    {
        List<IReadOnlyList<string>> rows = [];
        List<Goal> goals = [];
        foreach (TrainedNet net in (TrainedNet[])[TrainedNet.Proposal, TrainedNet.Refinement, TrainedNet.Output])
        {
            string name = net.Definition().Name;
            // Each way runs once unmeasured.
            NetTrainingOptions options = new()
            {
                Net = net,
                Crops = [MadeCrops.Write(net)],
                Iterations = IterationsOfTurn * (rounds + 1),
                HeldOut = 0,
                HardShare = 0.7,
                Threads = Threads,
                Learning = new() { Solver = "SGD", BaseRate = 0.001f },
            };
            string folder = Path.Combine(BenchmarkFolders.Work, $"training-{name}");
            RecordedTraining.Write(folder, options);
            CaffeRuntime.BlasThreads = Threads;
            using PycaffeTraining onOne = new(folder, threads: 1);
            using PycaffeTraining onTwo = new(folder, threads: Threads);
            using OwnTraining caffe = new(options with { Engine = Engine.Caffe }, folder);
            using OwnTraining fast = new(options, folder);
            double[] medians = Turns.Medians(
                rounds,
                [() => onOne.Step(IterationsOfTurn), () => onTwo.Step(IterationsOfTurn), () => caffe.Step(IterationsOfTurn), () => fast.Step(IterationsOfTurn)]);
            double times = Math.Min(medians[0], medians[1]) / medians[3];
            rows.Add(
            [
                name, .. medians.Select(time => (1000 / time).ToString("F1", CultureInfo.InvariantCulture)), times.ToString("F2", CultureInfo.InvariantCulture),
                Difference(onTwo.Losses, onOne), Difference(caffe.Losses, onOne), Difference(fast.Losses, onOne),
            ]);
            goals.Add(new Goal($"{name}: iterations a second of Engine.Accelerated, of pycaffe's", Goal, true, times));
        }

        return new SectionResult(
            "Training",
            $"Iterations a second at batch 64 of all tasks, hard examples 0.7, SGD; 2 cores. pycaffe reads its batches from a file, this library makes them. The losses of all {IterationsOfTurn * (rounds + 1)} " +
            "iterations are held against those of pycaffe with 1 thread: the largest relative difference (of 0.01, where a loss is below). Rounding grows from iteration to iteration, and decides which " +
            "examples are the hardest: pycaffe with 2 threads, whose BLAS adds up in another order, says how far.",
            [new ResultTable(
                ["net", "pycaffe, 1 BLAS thread", "pycaffe, 2", "Engine.Caffe", "Engine.Accelerated", "of the faster pycaffe", "losses, pycaffe, 2", "losses, Engine.Caffe", "losses, Engine.Accelerated"], rows)],
            [],
            goals);
    }

    private static string Difference(Dictionary<string, List<float>> ours, PycaffeTraining theirs) => ours
        .SelectMany(output => output.Value.Zip(theirs.Losses[output.Key], (left, right) => Math.Abs(left - right) / Math.Max(SmallestLoss, Math.Abs(right))))
        .Max()
        .ToString("E1", CultureInfo.InvariantCulture);
}
