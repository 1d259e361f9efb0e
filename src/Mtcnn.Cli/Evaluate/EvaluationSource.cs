using Mtcnn.Cli.Terminal;
using Mtcnn.Training.Annotations;
using Mtcnn.Training.Evaluation.Wider;

namespace Mtcnn.Cli.Evaluate;

/// <summary>A set of annotated images that the command line names.</summary>
/// <param name="Annotations">The images and faces.</param>
/// <param name="Names">The name of each image in result files, with forward slashes.</param>
/// <param name="Wider">The same images as in WIDER FACE's lists; null if the set is not WIDER FACE.</param>
/// <param name="Fddb">The same images as in FDDB's folds; null if the set is not FDDB.</param>
internal sealed record EvaluationSource(
    AnnotationSet Annotations, IReadOnlyList<string> Names, IReadOnlyList<WiderImage>? Wider = null, IReadOnlyList<FddbImage>? Fddb = null)
{
    private const string FddbSuffix = "ellipseList.txt";

    /// <summary>Reads a set. Throws <see cref="AnnotationException"/> or <see cref="CommandException"/>, also if images are missing.</summary>
    public static EvaluationSource Read(string path, string? images)
    {
        EvaluationSource source = IsWider(path) ? ReadWider(path, ImagesOf(path, images))
            : IsFddb(path) ? ReadFddb(path, ImagesOf(path, images))
            : Named(AnnotationReader.Read(path, images: images));
        return source.WithImages();
    }

    /// <summary>Creates the source from a set that was already read. Throws <see cref="CommandException"/> if images are missing.</summary>
    public static EvaluationSource Of(AnnotationSet set) => Named(set).WithImages();

    private EvaluationSource WithImages()
    {
        IReadOnlyList<AnnotatedImage> listed = Annotations.Images;
        AnnotatedImage[] missing = [.. listed.Where(image => !File.Exists(image.Path))];
        return missing.Length == 0
            ? this
            : throw new CommandException(
                $"{Annotations.Name}: {missing.Length} of its {listed.Count} images are missing, the first is {missing[0].Path}.",
                "Figures over the other images cannot be compared with published ones. Add the missing images, or remove them from the list.");
    }

    private static bool IsWider(string path) => File.Exists(Path.Combine(path, WiderGroundTruth.BoxesFile));

    private static bool IsFddb(string path) => path.EndsWith(FddbSuffix, StringComparison.Ordinal)
        || (Directory.Exists(path) && Directory.EnumerateFiles(path, "*" + FddbSuffix).Any());

    private static string ImagesOf(string path, string? images) => images
        ?? throw new CommandException($"{path}: the annotations do not name the folder of their images.", "Name the folder with --images DIR.");

    private static EvaluationSource Named(AnnotationSet set) => new(set, [.. set.Images.Select(image => NameOf(image.Path))]);

    // As in WIDER FACE: the folder that the file is in, and its name.
    private static string NameOf(string path) => $"{Path.GetFileName(Path.GetDirectoryName(path))}/{Path.GetFileName(path)}";

    private static EvaluationSource ReadWider(string path, string images)
    {
        IReadOnlyList<WiderImage> listed = WiderGroundTruth.Read(path);
        AnnotatedImage[] annotated = [.. listed.Select(image => new AnnotatedImage(
            Path.Combine(images, image.RelativePath),
            [.. image.Boxes.Select((box, index) => new AnnotatedFace(box, [], null, !image.Counted[WiderDifficulty.Hard].Contains(index)))]))];
        return new EvaluationSource(
            new AnnotationSet(path, MatchRule.BoxOverlap, annotated), [.. listed.Select(image => image.RelativePath)], Wider: listed);
    }

    private static EvaluationSource ReadFddb(string path, string images)
    {
        IReadOnlyList<FddbImage> listed = FddbFolds.Read(path);
        AnnotatedImage[] annotated = [.. listed.Select(image => new AnnotatedImage(
            Path.Combine(images, image.RelativePath), [.. image.Faces.Select(face => new AnnotatedFace(face.Bounds, [], null))]))];
        return new EvaluationSource(
            new AnnotationSet(path, MatchRule.BoxOverlap, annotated), [.. listed.Select(image => image.RelativePath)], Fddb: listed);
    }
}
