using System.CommandLine;

using Mtcnn.Cli.Arguments;
using Mtcnn.Cli.Terminal;

namespace Mtcnn.Cli.Evaluate;

/// <summary>The arguments of `mtcnn evaluate`.</summary>
internal static class EvaluateCommand
{
    public static Command Create(CancellationToken stop)
    {
        Argument<string[]> sets = PathArguments.Create("Annotations: .csv files, dlib's .xml files, or folders of dlib's .xml files.");
        DetectorArguments detector = new();
        ExampleCommand command = new("evaluate", "Run the detector over photos whose faces are marked, and say what it finds.")
        {
            Notes =
            [
                """
                CSV files have a header and one row a face: image (a path relative to the file), and left, top, right, bottom, or
                left_eye_x, left_eye_y and so on, for right_eye, nose, left_mouth and right_mouth, or for right_eye, nose and mouth.
                A face is found: where boxes are marked alone, or by dlib, by a box with an IoU of at least 0.4; where five points are marked,
                by the best box around their middle (other faces may be unmarked); where four points are, by a box around all of them.
                Landmark error: the mean distance of the five landmarks over the eye distance. Others: boxes that fit no marked face.
                """,
            ],
            Examples =
            [
                ("mtcnn evaluate dlib-faces", "Recall, extra boxes and landmark error on dlib's annotated photos."),
                ("mtcnn evaluate faces5/validation.csv webfaces/validation.csv --refine", "On two sets, with the fourth network."),
            ],
        };
        command.Add(sets);
        detector.AddTo(command);
        command.SetAction((parseResult, _) =>
            new EvaluateRun(PathArguments.Read(parseResult, sets), detector.Read(parseResult), stop).RunAsync());
        return command;
    }
}
