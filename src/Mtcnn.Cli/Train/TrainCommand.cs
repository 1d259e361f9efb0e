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
            Description = "A folder that `mtcnn prepare` created for this network. Can be repeated.",
            HelpName = "DIR",
            Required = true,
        };
        Option<string> output = new("--out")
        {
            Description = "The folder for weights, log, curves and snapshots. An interrupted training in this folder is resumed.",
            HelpName = "DIR",
            Required = true,
        };
        Option<string[]> validation = new("--validation")
        {
            Description = "A prepared folder of other photos for validation. Can be repeated. Default: a share of the data, see --hold-out.",
            HelpName = "DIR",
        };
        Option<int?> iterations = Whole("--iterations", 1, $"The number of training batches. Default: {DefaultIterations}.");
        Option<string?> weights = new("--weights")
        {
            Description = "A caffemodel with initial weights, copied by layer name. Other layers are initialized randomly.",
            HelpName = "FILE",
        };
        Option<int?> validateEvery = Whole("--validate-every", 1, "The number of batches between two validations. Default: 1000.");
        Option<int?> snapshotEvery = Whole("--snapshot-every", 0, "The number of batches between two snapshots; 0 for a snapshot only on Ctrl-C. Default: 5000.");
        Option<double?> holdOut = new("--hold-out")
        {
            Description = "The share of the data for validation, if --validation is not given. Default: 0.02.",
            HelpName = "F",
            CustomParser = NumberArguments.Number(maximum: 0.99),
        };
        Option<int?> seed = Whole("--seed", 0, "The random seed. The same seed gives the same weights. Default: 1.");
        Option<int?> threads = Whole("--threads", 1, "The number of threads. Default: one per processor. It does not change the weights.");
        Option<bool> caffe = new("--caffe-engine") { Description = "Train with Caffe's own kernels. This is several times slower, and gives Caffe's results bit for bit." };
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
                ("mtcnn train 48net --data crops48 --data landmarks48 --out trained48 --shares 3,1,1,3 --hard-share 0.7", "Use more landmark crops, and only the hardest 70 % of faces and non-faces."),
                ("mtcnn train landmarks --data patches --out trained-landmarks --iterations 10000 --policy poly --weight-decay 0.0002 --brightness 0.1 --contrast 0.25 --loss-weights 0,0,5", "Train the landmark network."),
                ("mtcnn train 12net --data crops12 --out as-published --reference", "Train like the reference: one task per batch, SGD, and its learning rates."),
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

    private static Option<int?> Whole(string name, int minimum, string description) => new(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = NumberArguments.Whole(minimum),
    };
}
