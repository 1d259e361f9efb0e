using System.CommandLine;

using CaffeSharp;

using Mtcnn.Cli.Arguments;
using Mtcnn.Cli.Terminal;
using Mtcnn.Cli.TrainCascade;
using Mtcnn.Training.Options;

namespace Mtcnn.Cli.Train;

/// <summary>The arguments of `mtcnn train`.</summary>
internal static class TrainCommand
{
    private const int DefaultIterations = 30_000;

    public static Command Create(CancellationToken stop)
    {
        TrainedNetArgument net = new("The network to train");
        Option<string[]> data = new("--data")
        {
            Description = "A folder that `mtcnn prepare` made for this network; may be given again.",
            HelpName = "DIR",
            Required = true,
        };
        Option<string> output = new("--out")
        {
            Description = "Where weights, log, curves and snapshots go. A training that was stopped there continues.",
            HelpName = "DIR",
            Required = true,
        };
        Option<string[]> validation = new("--validation")
        {
            Description = "A prepared folder of other photos to validate with; may be given again. Default: a share of the data, --hold-out.",
            HelpName = "DIR",
        };
        Option<int?> iterations = Whole("--iterations", "batches", 1, $"How many batches it learns from. Default: {DefaultIterations}.");
        Option<string?> weights = new("--weights")
        {
            Description = "A caffemodel to begin with; layers are taken by name, the others begin at random.",
            HelpName = "FILE",
        };
        Option<int?> validateEvery = Whole("--validate-every", "batches", 1, "The batches between two validations. Default: 1000.");
        Option<int?> snapshotEvery = Whole("--snapshot-every", "batches", 0, "The batches between two snapshots; 0 for none but on Ctrl-C. Default: 5000.");
        Option<double?> holdOut = new("--hold-out")
        {
            Description = "The share of the data to validate with, where there is no --validation. Default: 0.02.",
            HelpName = "F",
            CustomParser = NumberArguments.Number("a share", maximum: 0.99),
        };
        Option<int?> seed = Whole("--seed", "a seed", 0, "Of everything random: the same seed gives the same weights. Default: 1.");
        Option<int?> threads = Whole("--threads", "threads", 1, "Threads to compute with. Default: one per processor. The weights do not depend on it.");
        Option<bool> caffe = new("--caffe-engine") { Description = "Train by Caffe's own kernels: several times slower, and bit for bit Caffe." };
        BatchArguments batches = new();
        SolverArguments solver = new();
        ExampleCommand command = new("train", "Train one of the networks from prepared crops.")
        {
            Notes =
            [
                """
                The same command continues where it was stopped, to the same weights. Ctrl-C writes a snapshot and ends. In the folder:
                NET.caffemodel, the weights, which `mtcnn detect --models` takes; log.csv; curves and losses (PNG, SVG); training.json, which is
                written last; options.json; snapshots. docs/training.md says more of every option.
                """,
            ],
            Examples =
            [
                ("mtcnn train 12net --data crops12 --out trained", "Train 12net with the defaults."),
                ("mtcnn train 48net --data crops48 --data landmarks48 --out trained48 --shares 3,1,1,3 --hard-share 0.7", "More landmarks; only the hardest 70 % of faces and non-faces count."),
                ("mtcnn train landmarks --data patches --out trained-landmarks --iterations 10000 --policy poly --weight-decay 0.0002 --brightness 0.1 --contrast 0.25 --loss-weights 0,0,5", "The landmark net."),
                ("mtcnn train 12net --data crops12 --out as-published --reference", "As the reference trains: one task per batch, SGD, its rates."),
            ],
        };
        command.Add(net.Argument);
        command.With(data, output, validation, iterations, weights, validateEvery, snapshotEvery, holdOut, seed, threads, caffe);
        batches.AddTo(command);
        solver.AddTo(command);
        command.SetAction((parseResult, _) => new TrainRun(
            solver.Apply(parseResult, batches.Apply(parseResult, new NetTrainingOptions
            {
                Net = net.Read(parseResult),
                Crops = parseResult.GetRequiredValue(data),
                ValidationCrops = parseResult.GetValue(validation) ?? [],
                HeldOut = parseResult.GetValue(holdOut) ?? 0.02,
                Iterations = parseResult.GetValue(iterations) ?? DefaultIterations,
                InitialWeights = parseResult.GetValue(weights),
                ValidationInterval = parseResult.GetValue(validateEvery) ?? 1_000,
                SnapshotInterval = parseResult.GetValue(snapshotEvery) ?? 5_000,
                Seed = (uint)(parseResult.GetValue(seed) ?? 1),
                Threads = parseResult.GetValue(threads),
                Engine = parseResult.GetValue(caffe) ? Engine.Caffe : Engine.Accelerated,
            })),
            parseResult.GetRequiredValue(output),
            stop).RunAsync());
        command.Add(CascadeCommand.Create(stop));
        return command;
    }

    private static Option<int?> Whole(string name, string what, int minimum, string description) => new(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = NumberArguments.Whole(what, minimum),
    };
}
