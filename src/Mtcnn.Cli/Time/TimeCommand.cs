using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

using CaffeSharp;

using Mtcnn.Cli.Arguments;
using Mtcnn.Cli.Terminal;

namespace Mtcnn.Cli.Time;

/// <summary>The arguments of `mtcnn time`.</summary>
internal static class TimeCommand
{
    private static readonly string[] Phases = ["train", "test"];

    public static Command Create(CancellationToken stop)
    {
        Argument<string> prototxt = new("NET") { Description = "The network's definition, a prototxt of any version of Caffe." };
        Option<string?> weights = new("--weights")
        {
            Description = "Weights, a caffemodel or HDF5. Default: the weights that the fillers set. Weights hardly change the times.",
            HelpName = "FILE",
        };
        Option<int?> iterations = new("--iterations")
        {
            Description = $"How many times each pass is timed, after one pass that is not counted. Default: {NetTiming.DefaultIterations}.",
            HelpName = "N",
            CustomParser = NumberArguments.Whole(minimum: 1),
        };
        Option<string> phase = new("--phase")
        {
            Description = "Time the network of this phase, like caffe time, which uses train.",
            HelpName = string.Join('|', Phases),
            DefaultValueFactory = _ => Phases[0],
        };
        phase.AcceptOnlyFromAmong(Phases);
        Option<int?> level = new("--level")
        {
            Description = "The level for the layers' include and exclude rules. Default: 0.",
            HelpName = "N",
            CustomParser = NumberArguments.Whole(minimum: int.MinValue),
        };
        Option<string[]> stages = new("--stage")
        {
            Description = "A stage for the layers' include and exclude rules. Can be repeated.",
            HelpName = "NAME",
        };
        Option<InputShape[]> shapes = new("--shape")
        {
            Description = "The shape of an input, such as data=1x3x240x320, instead of the shape in the definition. Can be repeated.",
            HelpName = "INPUT=NxCxHxW",
            CustomParser = ParseShapes,
            Arity = ArgumentArity.OneOrMore,
        };
        Option<bool> forwardOnly = new("--forward-only")
        {
            Description = "Omit the backward passes, which some layers do not support.",
        };
        Option<bool> json = new("--json") { Description = "Write one JSON object instead of a table." };
        DeviceArgument device = new();
        ExampleCommand command = new("time", "Time the layers of a network, forward and backward, as caffe time does.")
        {
            Notes =
            [
                """
                Times are averages in milliseconds, of each layer by itself; of a data layer it is what the network waits for. Inputs hold
                zeros. Layers of type Split are Caffe's own, where several layers read one blob.
                """,
            ],
            Examples =
            [
                ("mtcnn time 12net.prototxt --shape data=1x3x240x320 --forward-only --phase test", "12net on a whole image, as the detector runs it."),
                ("mtcnn time train_val.prototxt --iterations 10 --device gpu --json", "Time a training network on the first CUDA device, and write JSON."),
            ],
        };
        command.Add(prototxt);
        command.With(weights, iterations, phase, level, stages, shapes, forwardOnly, device.Option, json);
        command.SetAction((parseResult, _) => new TimeRun(
            parseResult.GetRequiredValue(prototxt),
            parseResult.GetValue(weights),
            new NetOptions
            {
                Phase = Enum.Parse<Phase>(parseResult.GetRequiredValue(phase), ignoreCase: true),
                Level = parseResult.GetValue(level) ?? 0,
                Stages = parseResult.GetValue(stages) ?? [],
                Device = device.Read(parseResult),
            },
            parseResult.GetValue(shapes) ?? [],
            parseResult.GetValue(iterations) ?? NetTiming.DefaultIterations,
            !parseResult.GetValue(forwardOnly),
            parseResult.GetValue(json),
            stop).RunAsync());
        return command;
    }

    private static InputShape[]? ParseShapes(ArgumentResult result)
    {
        List<InputShape> shapes = [];
        foreach (Token token in result.Tokens)
        {
            int equals = token.Value.LastIndexOf('=');
            string[] lengths = token.Value[(equals + 1)..].Split('x');
            int[] shape = new int[lengths.Length];
            bool isShape = equals > 0;
            for (int axis = 0; axis < shape.Length && isShape; axis++)
            {
                isShape = int.TryParse(lengths[axis], NumberStyles.None, CultureInfo.InvariantCulture, out shape[axis]) && shape[axis] > 0;
            }

            if (!isShape)
            {
                result.AddError($"Invalid shape \"{token.Value}\". Use INPUT=SHAPE, such as data=1x3x240x320, with lengths of at least 1.");
                return null;
            }

            shapes.Add(new InputShape(token.Value[..equals], shape));
        }

        return [.. shapes];
    }
}
