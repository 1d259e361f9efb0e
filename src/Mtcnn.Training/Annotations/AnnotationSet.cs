namespace Mtcnn.Training.Annotations;

/// <summary>Images with marked faces, and when a detection counts as one of them.</summary>
/// <param name="Name">The file or folder it was read from.</param>
/// <param name="Rule">When a detected box counts as a marked face.</param>
/// <param name="Images">The images, in the file's order.</param>
public sealed record AnnotationSet(string Name, MatchRule Rule, IReadOnlyList<AnnotatedImage> Images)
{
    /// <summary>What was left out and why, a line a case with the file and the line: boxes without a size, faces that are marked twice.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];
}
