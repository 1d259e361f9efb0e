using System.CommandLine;

using Mtcnn.Cli.Terminal;
using Mtcnn.Training.Annotations;
using Mtcnn.Training.Preparation;

namespace Mtcnn.Cli.Prepare;

/// <summary>The options for reading annotations and cutting their crops.</summary>
internal sealed class SetArguments
{
    private const string FromPoints = "points";
    private const string AsMarked = "marked";

    private readonly Option<string?> _format = new("--format")
    {
        Description = "The format of the annotations. Default: detected from name and content.",
        HelpName = string.Join('|', AnnotationFormats.All),
    };

    private readonly Option<string?> _images = new("--images") { Description = "The folder that the photos' paths are relative to. Default: the folder of the annotations.", HelpName = "DIR" };
    private readonly Option<string[]> _allMarked = Sets("--all-marked", "One of the named sets, in which every face is marked, so that the rest is background. Can be repeated.");
    private readonly Option<string[]> _someUnmarked = Sets("--some-unmarked", "One of the named sets, in which some faces are unmarked, so that negatives must overlap marked faces. Can be repeated.");
    private readonly Option<string?> _boxes = new("--boxes")
    {
        Description = "Whether boxes are computed from the points, or the marked boxes are used. Default: computed from the points in sets with one face with five points per photo.",
        HelpName = $"{FromPoints}|{AsMarked}",
    };

    public SetArguments()
    {
        _format.AcceptOnlyFromAmong([.. AnnotationFormats.All.Select(format => format.Name)]);
        _boxes.AcceptOnlyFromAmong(FromPoints, AsMarked);
    }

    public void AddTo(Command command) => command.With(_format, _images, _allMarked, _someUnmarked, _boxes);

    public IReadOnlyList<CropSource> Read(ParseResult parseResult, IReadOnlyList<string> paths)
    {
        AnnotationFormat? format = parseResult.GetValue(_format) is { } name ? AnnotationFormats.Named(name) : null;
        string[] allMarked = NamedOf(parseResult, _allMarked, paths);
        string[] someUnmarked = NamedOf(parseResult, _someUnmarked, paths);
        string? boxes = parseResult.GetValue(_boxes);
        return [.. paths.Select(path =>
        {
            CropSource usual = CropSource.Of(AnnotationReader.Read(path, format, parseResult.GetValue(_images)));
            return usual with
            {
                EveryFaceIsMarked = allMarked.Contains(path) || (usual.EveryFaceIsMarked && !someUnmarked.Contains(path)),
                BoxesFromPoints = boxes is null ? usual.BoxesFromPoints : boxes == FromPoints,
            };
        })];
    }

    private static string[] NamedOf(ParseResult parseResult, Option<string[]> option, IReadOnlyList<string> paths)
    {
        string[] named = parseResult.GetValue(option) ?? [];
        return Array.Find(named, path => !paths.Contains(path)) is { } other
            ? throw new CommandException($"{option.Name} names {other}, which is not one of the sets: {string.Join(", ", paths)}.")
            : named;
    }

    private static Option<string[]> Sets(string name, string description) => new(name) { Description = description, HelpName = "PATH" };
}
