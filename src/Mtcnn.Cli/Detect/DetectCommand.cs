using System.CommandLine;

using Mtcnn.Cli.Arguments;
using Mtcnn.Cli.Inputs;
using Mtcnn.Cli.Terminal;

namespace Mtcnn.Cli.Detect;

/// <summary>The arguments of `mtcnn detect`.</summary>
internal static class DetectCommand
{
    private const int DefaultAlignSize = 112;

    public static Command Create(CancellationToken stop)
    {
        Argument<string[]> paths = PathArguments.Create(
            "Images: files, folders, patterns such as \"photos/**/*.jpg\" (in quotes), or - for one image on standard input.");
        DetectorArguments detector = new();
        Option<string> format = new("--format")
        {
            Description = "jsonl (one JSON object an image and line), json (one array), csv (one row a face), or a table for people.",
            HelpName = string.Join('|', OutputFormat.Names),
            DefaultValueFactory = _ => OutputFormat.Default,
        };
        format.AcceptOnlyFromAmong(OutputFormat.Names);
        Option<string?> output = new("--output", "-o")
        {
            Description = "Write the lines of JSON to this file instead. The same command continues where it was stopped or killed: what the file holds is not done again.",
            HelpName = "FILE",
        };
        Option<Shard> shard = new("--shard")
        {
            Description = "Only the i-th of n equal parts of the images, for n processes or machines that are given the same ones. Default: 1/1, all.",
            HelpName = "i/n",
            DefaultValueFactory = _ => Shard.Whole,
            CustomParser = result =>
            {
                string text = result.Tokens[0].Value;
                if (Shard.Parse(text) is { } part)
                {
                    return part;
                }

                result.AddError($"\"{text}\" is not a part of the images: such as 1/8 to 8/8 are.");
                return Shard.Whole;
            },
        };
        Option<string?> draw = new("--draw")
        {
            Description = "Write each image, with its faces marked, into this folder.",
            HelpName = "DIR",
        };
        Option<string?> align = new("--align")
        {
            Description = "Write each face, turned and scaled so that eyes, nose and mouth lie where face recognition expects them, into this folder.",
            HelpName = "DIR",
        };
        Option<int?> alignSize = new("--align-size")
        {
            Description = $"Side of an aligned face in pixels. Default: {DefaultAlignSize}.",
            HelpName = "N",
            CustomParser = NumberArguments.Whole("the side of an aligned face in pixels", minimum: 16, maximum: 4096),
        };
        Option<bool> recursive = new("--recursive", "-r")
        {
            Description = "Look into the subfolders of folders; links to folders are not followed.",
        };
        Option<int?> jobs = new("--jobs", "-j")
        {
            Description = "Images at a time. Default: the number of cores.",
            HelpName = "N",
            CustomParser = NumberArguments.Whole("a number of images at a time", minimum: 1, maximum: 1024),
        };

        ExampleCommand command = new("detect", "Find the faces of images.")
        {
            Notes =
            [
                """
                Output: for each image, in the order given,
                  {"image": path, "width": W, "height": H, "faces": [{"box": [left, top, right, bottom], "score": s,
                   "landmarks": [[x, y], ...]}]}
                in pixels of the upright image. Landmarks: left eye, right eye, nose, left and right corner of the mouth, as seen by
                the viewer. A box may leave the image. An image that cannot be read gives {"image": path, "error": why}, and the
                others continue. Files are taken by extension from folders and by patterns, and whatever their name where they are named.
                """,
                "Exit codes: 0 all well; 1 some images failed; 2 bad usage, or models missing or corrupt; 130 stopped by Ctrl-C, with what is done written.",
            ],
            Examples =
            [
                ("mtcnn detect photo.jpg", "The faces of one photo, as a line of JSON."),
                ("mtcnn detect photos --recursive --format csv > faces.csv", "All photos of a folder and its subfolders, as a spreadsheet."),
                ("mtcnn detect photo.jpg --refine --draw marked", "Finer landmarks, and a copy of the photo with the faces marked in the folder marked."),
                ("mtcnn detect \"photos/*.jpg\" --align faces --select largest", "The largest face of each photo, aligned, 112 x 112."),
                ("mtcnn detect photos --shard 3/8 --output faces-3.jsonl", "The third of eight parts, resumable: for job arrays."),
                ("mtcnn detect - --min-face 60 < photo.jpg", "From standard input, without faces smaller than 60 pixels."),
            ],
        };
        command.Add(paths);
        detector.AddTo(command);
        command.With(format, output, shard, draw, align, alignSize, recursive, jobs);
        command.Validators.Add(result =>
        {
            if (result.GetValue(output) is { } file && result.GetValue(format) is { } name && name != OutputFormat.Default)
            {
                result.AddError($"--output {file} holds lines of JSON, and --format {name} was asked for. Send other formats to a file by > {file}.");
            }
        });
        command.SetAction((parseResult, _) => new DetectRun(
            new DetectRequest
            {
                Paths = PathArguments.Read(parseResult, paths),
                Recursive = parseResult.GetValue(recursive),
                Shard = parseResult.GetRequiredValue(shard),
                OutputPath = parseResult.GetValue(output),
                Detector = detector.Read(parseResult),
                Format = parseResult.GetRequiredValue(format),
                DrawFolder = parseResult.GetValue(draw),
                AlignFolder = parseResult.GetValue(align),
                AlignSize = parseResult.GetValue(alignSize) ?? DefaultAlignSize,
                Jobs = parseResult.GetValue(jobs),
            },
            stop).RunAsync());
        return command;
    }
}
