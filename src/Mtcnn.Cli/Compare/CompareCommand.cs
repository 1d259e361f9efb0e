using System.CommandLine;

using Mtcnn.Cli.Arguments;
using Mtcnn.Cli.Terminal;

namespace Mtcnn.Cli.Compare;

/// <summary>The arguments of `mtcnn compare`.</summary>
internal static class CompareCommand
{
    private const double DefaultTolerance = 1e-5;

    public static Command Create(CancellationToken stop)
    {
        Argument<string[]> paths = PathArguments.Create("Images: files, folders, patterns in quotes, or - for standard input.");
        DetectorArguments detector = new();
        Option<double?> tolerance = new("--tolerance")
        {
            Description = "The largest accepted difference, absolute or relative to the largest value of the blob. Default: 1e-5.",
            HelpName = "T",
            CustomParser = NumberArguments.Number(),
        };
        Option<string?> python = new("--python")
        {
            Description = $"A Python that can import caffe. Default: ${PycaffeLocation.Variable}, or the one that tests/pycaffe/setup-prefix.sh unpacks.",
            HelpName = "PATH",
        };
        ExampleCommand command = new("compare", "Compare every blob of the networks with pycaffe's, on the inputs that the networks get in the cascade.")
        {
            Notes =
            [
                """
                The cascade runs over the images. Each input of 12net (every level of the pyramid, of large ones the last tile), 24net, 48net
                and, with --refine, the fourth network goes through pycaffe as well. Relative is the difference as a share of the blob's
                largest value. The faces are those that CaffeSharp's and pycaffe's answers of 48net give.
                """,
                "Exit codes: 0 all differences are within the tolerance; 1 a difference is above it, the faces differ, or an image cannot be read; 2 pycaffe or the models are missing.",
            ],
            Examples =
            [
                ("mtcnn compare photo.jpg", "Compare on the inputs of the profile authors. Both profiles use the same networks."),
                ("mtcnn compare photo.jpg --profile mtcnn-caffe --python ~/caffe/python", "With your own pycaffe."),
            ],
        };
        command.Add(paths);
        detector.AddTo(command);
        command.With(tolerance, python);
        command.SetAction((parseResult, _) => new CompareRun(
            PathArguments.Read(parseResult, paths),
            detector.Read(parseResult),
            parseResult.GetValue(tolerance) ?? DefaultTolerance,
            parseResult.GetValue(python),
            stop).RunAsync());
        return command;
    }
}
