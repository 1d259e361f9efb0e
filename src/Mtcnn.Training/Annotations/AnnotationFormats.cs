namespace Mtcnn.Training.Annotations;

/// <summary>The formats of annotations. A new one is a class and a line in <see cref="All"/>.</summary>
public static class AnnotationFormats
{
    /// <summary>All formats, in the order in which a file is tried.</summary>
    public static IReadOnlyList<AnnotationFormat> All { get; } =
    [
        new CsvFormat(),
        new PascalVocFormat(),
        new DlibFormat(),
        new FddbFormat(),
        new CelebAFormat(),
        new WiderFormat(),
        new BoxListFormat(),
    ];

    /// <summary>The format of a name.</summary>
    /// <exception cref="ArgumentException">There is none; the message lists the names.</exception>
    public static AnnotationFormat Named(string name) => All.FirstOrDefault(format => format.Name == name)
        ?? throw new ArgumentException($"There is no format of annotations \"{name}\"; there are {string.Join(", ", All)}.", nameof(name));

    /// <summary>The first format that a file or folder has.</summary>
    /// <exception cref="AnnotationException">It has none of them.</exception>
    internal static AnnotationFormat Detect(AnnotationSource source) => All.FirstOrDefault(format => format.Matches(source))
        ?? throw new AnnotationException(
            $"{source.Path}: this annotation format is unknown. Known formats are:\n{string.Join('\n', All.Select(format => $"  {format.Name}: {format.Description}"))}");
}
