namespace Mtcnn.Training.Annotations;

/// <summary>Images with marked faces, and the rule that matches detections with them.</summary>
/// <param name="Name">The file or folder that the set was read from.</param>
/// <param name="Rule">When a detected box counts as a marked face.</param>
/// <param name="Images">The images, in the file's order.</param>
public sealed record AnnotationSet(string Name, MatchRule Rule, IReadOnlyList<AnnotatedImage> Images)
{
    /// <summary>The faces that were left out and why: boxes without a size and duplicate faces. Each entry names the file and the line.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];
}
