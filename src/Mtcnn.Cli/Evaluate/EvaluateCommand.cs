using System.CommandLine;

using Mtcnn.Cli.Arguments;
using Mtcnn.Cli.Terminal;
using Mtcnn.Training.Evaluation;

namespace Mtcnn.Cli.Evaluate;

/// <summary>The arguments of `mtcnn evaluate`.</summary>
internal static class EvaluateCommand
{
    private static readonly Dictionary<string, LandmarkUnit> Units = new()
    {
        ["eyes"] = LandmarkUnit.EyeDistance,
        ["box"] = LandmarkUnit.BoxDiagonal,
    };

    public static Command Create(CancellationToken stop)
    {
        Argument<string[]> sets = PathArguments.Create(
            "Annotations: the folder of WIDER FACE's .mat lists, FDDB's *ellipseList.txt or their folder, or any other format that `mtcnn prepare` reads.");
        Option<string?> images = Folder("--images", "The folder of WIDER FACE's or FDDB's images, or the folder that the paths of other lists are relative to. Default: the folder of the annotations.");
        Option<double?> smallest = new("--smallest")
        {
            Description = "The smallest face counted in average precision: the longer side of its box in pixels. Default: all faces.",
            HelpName = "N",
            CustomParser = NumberArguments.Number(),
        };
        Option<double?> overlap = new("--overlap")
        {
            Description = "The minimum intersection over union of a detection and its face in average precision. Default: 0.5.",
            HelpName = "F",
            CustomParser = NumberArguments.Number(maximum: 1),
        };
        Option<string> unit = new("--landmark-unit")
        {
            Description = "The unit of landmark errors: the distance between the eyes, or the diagonal of the box.",
            HelpName = string.Join('|', Units.Keys),
            DefaultValueFactory = _ => "eyes",
        };
        unit.AcceptOnlyFromAmong([.. Units.Keys]);
        Option<string?> report = Folder("--report", "Write report.html with curves and the worst faces, plots (PNG, SVG), curves (CSV) and figures.json to this folder.");
        Option<string?> wider = Folder("--write-wider", "Write the detections to this folder, in the format that WIDER FACE's evaluation reads.");
        Option<string?> fddb = new("--write-fddb")
        {
            Description = "Write the detections to this new file, in the format that FDDB's evaluation reads.",
            HelpName = "FILE",
        };
        Option<string?> compareWith = new("--compare-with")
        {
            Description = "Show the figures of another run beside the figures of this run: the figures.json of its report.",
            HelpName = "FILE",
        };
        DetectorArguments detector = new();
        ExampleCommand command = new("evaluate", "Measure a detector on photos with marked faces.")
        {
            Notes =
            [
                """
                CSV files have a header and one row per face: image (a path relative to the file), and left, top, right, bottom, or
                left_eye_x, left_eye_y and so on, for right_eye, nose, left_mouth and right_mouth, or for right_eye, nose and mouth.
                A face is found: where boxes are marked alone, or by dlib, by a box with an IoU of at least 0.4; where five points are marked,
                by the best box around their middle (other faces may be unmarked); where four points are, by a box around all of them.
                Landmark error: the mean distance of the five landmarks over the eye distance. Others: boxes that fit no marked face.
                After 12net, 24net, 48net: the faces that still have a box that fits. AP: average precision, where every face has a box.
                """,
            ],
            Examples =
            [
                ("mtcnn evaluate dlib-faces", "Recall, extra boxes and landmark error on dlib's annotated photos."),
                ("mtcnn evaluate faces5/validation.csv webfaces/validation.csv --refine", "On two sets, with the fourth network."),
                ("mtcnn evaluate crowds.csv --smallest 20 --report report", "Average precision of faces of 20 pixels and more, with a report."),
                ("mtcnn evaluate ground_truth --images WIDER_val/images", "WIDER FACE's easy, medium and hard, from its official lists."),
                ("mtcnn evaluate faces.csv --models mine --compare-with report/figures.json", "Compare other weights with those of an earlier report."),
            ],
        };
        command.Add(sets);
        command.With(images, smallest, overlap, unit, report, wider, fddb, compareWith);
        detector.AddTo(command);
        command.SetAction((parseResult, _) => new EvaluateRun(
            new EvaluateRequest
            {
                Sources = [.. PathArguments.Read(parseResult, sets).Select(path => EvaluationSource.Read(path, parseResult.GetValue(images)))],
                Measures = new EvaluationOptions
                {
                    Overlap = parseResult.GetValue(overlap) ?? new EvaluationOptions().Overlap,
                    SmallestFace = parseResult.GetValue(smallest) ?? 0,
                    LandmarkUnit = Units[parseResult.GetRequiredValue(unit)],
                },
                Report = parseResult.GetValue(report),
                WriteWider = parseResult.GetValue(wider),
                WriteFddb = NewFile(parseResult.GetValue(fddb)),
                CompareWith = parseResult.GetValue(compareWith),
                Detector = detector.Read(parseResult),
            },
            stop).RunAsync());
        return command;
    }

    private static Option<string?> Folder(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "DIR",
    };

    private static string? NewFile(string? path) => path is null || !Path.Exists(path)
        ? path
        : throw new CommandException($"{path} exists.", "Name a new file, or delete this one first: the detections of each set are appended.");
}
