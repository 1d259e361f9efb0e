namespace Mtcnn.Training.Annotations;

/// <summary>An image with its marked faces.</summary>
/// <param name="Path">The image file.</param>
/// <param name="Faces">The faces, in the file's order; none where the image has none.</param>
public sealed record AnnotatedImage(string Path, IReadOnlyList<AnnotatedFace> Faces)
{
    /// <summary>Where it is first named, as in <c>list.csv(7)</c>, for messages; null where nobody said.</summary>
    public string? Place { get; init; }
}
