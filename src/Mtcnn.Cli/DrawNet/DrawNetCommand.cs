using System.CommandLine;
using System.CommandLine.Parsing;

using CaffeSharp;

using Mtcnn.Cli.Arguments;
using Mtcnn.Cli.Terminal;

namespace Mtcnn.Cli.DrawNet;

/// <summary>The arguments of `mtcnn draw-net`.</summary>
internal static class DrawNetCommand
{
    private static readonly string[] Phases = ["all", "train", "test"];

    private static readonly Dictionary<string, DrawingDirection> Directions = new(StringComparer.OrdinalIgnoreCase)
    {
        ["LR"] = DrawingDirection.LeftToRight,
        ["TB"] = DrawingDirection.TopToBottom,
        ["RL"] = DrawingDirection.RightToLeft,
        ["BT"] = DrawingDirection.BottomToTop,
    };

    public static Command Create(CancellationToken stop)
    {
        Argument<string> prototxt = new("NET") { Description = "The network's definition, a prototxt of any version of Caffe." };
        Option<string> output = new("--output", "-o")
        {
            Description = "The file to write: .svg or .png for an image, .dot or .gv for Graphviz's language.",
            HelpName = "FILE",
            Required = true,
        };
        Option<string> phase = new("--phase")
        {
            Description = "The phase whose layers are drawn. all: every layer, marked with its phase.",
            HelpName = string.Join('|', Phases),
            DefaultValueFactory = _ => Phases[0],
        };
        phase.AcceptOnlyFromAmong(Phases);
        Option<string[]> stages = new("--stage")
        {
            Description = "A stage for the layers' include and exclude rules, used together with --phase. Can be repeated.",
            HelpName = "NAME",
        };
        Option<DrawingDirection?> direction = new("--rankdir")
        {
            Description = "The direction of the layers: left to right, top to bottom, right to left or bottom to top. Default: LR.",
            HelpName = string.Join('|', Directions.Keys),
            CustomParser = ParseDirection,
        };
        Option<bool> shapes = new("--shapes")
        {
            Description = "Load the network and show the shapes of its blobs. The files and layer types that it names must exist.",
        };
        Option<bool> learningRates = new("--learning-rates")
        {
            Description = "Show the multipliers of the learning rate.",
        };
        ExampleCommand command = new("draw-net", "Draw a network: its layers, their parameters, and the blobs between them.")
        {
            Notes =
            [
                """
                Layers are boxes, blobs octagons. Rounded green boxes write over the blob they hang on (numbered where there are several);
                boxes with a double border are losses. Images are made by Graphviz (sudo apt-get install graphviz).
                """,
            ],
            Examples =
            [
                ("mtcnn draw-net train12.prototxt -o train12.png --phase train", "Draw the network of the training phase as a PNG image."),
                ("mtcnn draw-net 12net.prototxt -o 12net.svg --shapes --rankdir TB", "With the shapes of all blobs, from top to bottom."),
            ],
        };
        command.Add(prototxt);
        command.With(output, phase, stages, direction, shapes, learningRates);
        command.SetAction((parseResult, _) =>
        {
            NetDrawingOptions options = new()
            {
                Phase = ParsePhase(parseResult.GetRequiredValue(phase)),
                Stages = parseResult.GetValue(stages) ?? [],
                Direction = parseResult.GetValue(direction) ?? DrawingDirection.LeftToRight,
                ShowLearningRates = parseResult.GetValue(learningRates),
            };
            return DrawNetRun.RunAsync(
                parseResult.GetRequiredValue(prototxt), parseResult.GetRequiredValue(output), options, parseResult.GetValue(shapes), stop);
        });
        return command;
    }

    private static Phase? ParsePhase(string name) =>
        name == Phases[0] ? null : Enum.Parse<Phase>(name, ignoreCase: true);

    private static DrawingDirection? ParseDirection(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (!Directions.TryGetValue(text, out DrawingDirection direction))
        {
            result.AddError($"{NumberArguments.NameOf(result)} must be one of {string.Join(", ", Directions.Keys)} (got \"{text}\").");
        }

        return direction;
    }
}
