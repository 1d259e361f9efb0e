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
            Description = "jsonl (one JSON object per image, each on its own line), json (one array), csv (one row per face), or table (for reading).",
            HelpName = string.Join('|', OutputFormat.Names),
            DefaultValueFactory = _ => OutputFormat.Default,
        };
        format.AcceptOnlyFromAmong(OutputFormat.Names);
        Option<string?> output = new("--output", "-o")
        {
            Description = "Write the lines of JSON to this file instead. After an interruption, run the same command again: images that the file already contains are skipped.",
            HelpName = "FILE",
        };
        Option<Shard> shard = new("--shard")
        {
            Description = "Process only the i-th of n equal parts of the images. Use it to divide the same images among n processes or machines.",
            HelpName = "i/n",
            DefaultValueFactory = _ => Shard.Whole,
            CustomParser = result =>
            {
                string text = result.Tokens[0].Value;
                if (Shard.Parse(text) is { } part)
                {
                    return part;
                }

                result.AddError($"Invalid shard \"{text}\". Use i/n with 1 <= i <= n.");
                return Shard.Whole;
            },
        };
        Option<string?> draw = new("--draw")
        {
            Description = "Write a copy of each image, with its faces marked, to this folder.",
            HelpName = "DIR",
        };
        Option<string?> align = new("--align")
        {
            Description = "Write each face to this folder, rotated and scaled so that eyes, nose and mouth are where face recognition expects them.",
            HelpName = "DIR",
        };
        Option<int?> alignSize = new("--align-size")
        {
            Description = $"Side of an aligned face in pixels. Default: {DefaultAlignSize}.",
            HelpName = "N",
            CustomParser = NumberArguments.Whole(minimum: 16, maximum: 4096),
        };
        Option<bool> recursive = new("--recursive", "-r")
        {
            Description = "Include the subfolders of folders. Links to folders are not followed.",
        };
        Option<int?> jobs = new("--jobs", "-j")
        {
            Description = "The number of images that are processed at a time. Default: the number of cores.",
            HelpName = "N",
            CustomParser = NumberArguments.Whole(minimum: 1, maximum: 1024),
        };

        ExampleCommand command = new("detect", "Detect faces in images.")
        {
            Notes =
            [
                """
                Output: for each image, in the order given,
                  {"image": path, "width": W, "height": H, "faces": [{"box": [left, top, right, bottom], "score": s,
                   "landmarks": [[x, y], ...]}]}
                in pixels of the upright image. Landmarks: left eye, right eye, nose, left and right corner of the mouth, as seen by
                the viewer. A box may extend beyond the image. An image that cannot be read gives {"image": path, "error": why}, and
                the other images are still processed. From folders and patterns, only files with an image's extension are read. Files
                that are named are always read.
                """,
                "Exit codes: 0 success; 1 some images failed; 2 invalid arguments, or models are missing or corrupt; 130 stopped by Ctrl-C, after writing the finished results.",
            ],
            Examples =
            [
                ("mtcnn detect photo.jpg", "The faces of one photo, as a line of JSON."),
                ("mtcnn detect photos --recursive --format csv > faces.csv", "All photos in a folder and its subfolders, for a spreadsheet."),
                ("mtcnn detect photo.jpg --refine --draw marked", "Finer landmarks, and a copy of the photo with the faces marked in the folder marked."),
                ("mtcnn detect \"photos/*.jpg\" --align faces --select largest", "The largest face of each photo, aligned, 112 x 112."),
                ("mtcnn detect photos --shard 3/8 --output faces-3.jsonl", "The third of eight parts, resumable: for job arrays."),
                ("mtcnn detect - --min-face 60 < photo.jpg", "A photo from standard input, without faces smaller than 60 pixels."),
            ],
        };
        command.Add(paths);
        detector.AddTo(command);
        command.With(format, output, shard, draw, align, alignSize, recursive, jobs);
        command.Validators.Add(result =>
        {
            if (result.GetValue(output) is { } file && result.GetValue(format) is { } name && name != OutputFormat.Default)
            {
                result.AddError($"--output {file} cannot be combined with --format {name}: it writes lines of JSON. To write another format, redirect standard output: > {file}.");
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
