namespace Mtcnn.Training.Annotations;

/// <summary>An image with its marked faces.</summary>
/// <param name="Path">The image file.</param>
/// <param name="Faces">The faces, in the file's order; empty if no face is marked.</param>
public sealed record AnnotatedImage(string Path, IReadOnlyList<AnnotatedFace> Faces)
{
    /// <summary>The file and line that first name the image, as in <c>list.csv(7)</c>, for messages; null if unknown.</summary>
    public string? Place { get; init; }
}
