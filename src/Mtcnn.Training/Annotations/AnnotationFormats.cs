namespace Mtcnn.Training.Annotations;

/// <summary>The formats of annotations. To add a format, add a class and a line in <see cref="All"/>.</summary>
public static class AnnotationFormats
{
    /// <summary>All formats, in the order in which detection tries them.</summary>
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

    /// <summary>Gets the format with a name.</summary>
    /// <exception cref="ArgumentException">There is no such format; the message lists the names.</exception>
    public static AnnotationFormat Named(string name) => All.FirstOrDefault(format => format.Name == name)
        ?? throw new ArgumentException($"There is no annotation format \"{name}\". Formats are {string.Join(", ", All)}.", nameof(name));

    /// <summary>Gets the first format that a file or folder matches.</summary>
    /// <exception cref="AnnotationException">The file or folder matches no format.</exception>
    internal static AnnotationFormat Detect(AnnotationSource source) => All.FirstOrDefault(format => format.Matches(source))
        ?? throw new AnnotationException(
            $"{source.Path}: this annotation format is unknown. Known formats are:\n{string.Join('\n', All.Select(format => $"  {format.Name}: {format.Description}"))}");
}
