using Mtcnn.Cli.Terminal;
using Mtcnn.Training.Annotations;
using Mtcnn.Training.Evaluation.Wider;

namespace Mtcnn.Cli.Evaluate;

/// <summary>A set of marked images as it was named on the command line.</summary>
/// <param name="Annotations">The images and faces.</param>
/// <param name="Names">For each image its name in result files, with forward slashes.</param>
/// <param name="Wider">The same images as WIDER FACE's lists have them; null where they are not WIDER FACE's.</param>
/// <param name="Fddb">The same images as FDDB's folds have them; null where they are not FDDB's.</param>
internal sealed record EvaluationSource(
    AnnotationSet Annotations, IReadOnlyList<string> Names, IReadOnlyList<WiderImage>? Wider = null, IReadOnlyList<FddbImage>? Fddb = null)
{
    private const string FddbSuffix = "ellipseList.txt";

    /// <summary>Reads a set. Throws <see cref="AnnotationException"/> or <see cref="CommandException"/>, also where images are missing.</summary>
    public static EvaluationSource Read(string path, string? images)
    {
        EvaluationSource source = IsWider(path) ? ReadWider(path, ImagesOf(path, images))
            : IsFddb(path) ? ReadFddb(path, ImagesOf(path, images))
            : Named(AnnotationReader.Read(path, images: images));
        return source.WithImages();
    }

    /// <summary>Takes a set that was read already. Throws <see cref="CommandException"/> where images are missing.</summary>
    public static EvaluationSource Of(AnnotationSet set) => Named(set).WithImages();

    private EvaluationSource WithImages()
    {
        IReadOnlyList<AnnotatedImage> listed = Annotations.Images;
        AnnotatedImage[] missing = [.. listed.Where(image => !File.Exists(image.Path))];
        return missing.Length == 0
            ? this
            : throw new CommandException(
                $"{Annotations.Name}: {missing.Length} of its {listed.Count} images are missing, the first is {missing[0].Path}.",
                "A figure over the rest would not compare with anything. Bring the images, or take them out of the list.");
    }

    private static bool IsWider(string path) => File.Exists(Path.Combine(path, WiderGroundTruth.BoxesFile));

    private static bool IsFddb(string path) => path.EndsWith(FddbSuffix, StringComparison.Ordinal)
        || (Directory.Exists(path) && Directory.EnumerateFiles(path, "*" + FddbSuffix).Any());

    private static string ImagesOf(string path, string? images) => images
        ?? throw new CommandException($"{path} does not say where its images are.", "Name their folder with --images DIR.");

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
