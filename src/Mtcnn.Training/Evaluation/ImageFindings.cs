using Mtcnn.Detection;
using Mtcnn.Faces;
using Mtcnn.Pixels;
using Mtcnn.Training.Annotations;

namespace Mtcnn.Training.Evaluation;

/// <summary>The findings of a detector in an image with marked faces.</summary>
/// <param name="Image">The image.</param>
/// <param name="Size">Its size.</param>
/// <param name="Detected">The detections, the best first.</param>
/// <param name="Evaluation">The matches of the detections with the marked faces.</param>
/// <param name="Stages">For 12net, 24net and 48net: the number of boxes that pass it, and the number of marked faces that at least one of them fits.</param>
public sealed record ImageFindings(
    AnnotatedImage Image, ImageSize Size, IReadOnlyList<Face> Detected, ImageEvaluation Evaluation, IReadOnlyList<StageCount> Stages)
{
    /// <summary>The detections as scored boxes.</summary>
    public IReadOnlyList<ScoredBox> DetectedBoxes => [.. Detected.Select(face => new ScoredBox(face.Box, face.Score))];

    /// <summary>Compares the result of the cascade with the marked faces.</summary>
    /// <param name="image">The image.</param>
    /// <param name="rule">The rule that matches a box with a marked face.</param>
    /// <param name="result">The result of the cascade.</param>
    public static ImageFindings Of(AnnotatedImage image, MatchRule rule, CascadeResult result) => new(
        image,
        result.Image,
        result.Faces,
        FaceMatcher.Match(image.Faces, result.Faces, rule),
        [
            Count(result.Proposed.Select(box => box.Box), image, rule),
            Count(result.Refined.Select(box => box.Box), image, rule),
            Count(result.Faces.Select(face => face.Box), image, rule),
        ]);

    /// <summary>Returns the boxes for average precision. All faces must have a box.</summary>
    internal ImageBoxes ToBoxes() => new([.. Image.Faces.Select(face => new MarkedBox(face.Box!.Value, face.IsIgnored))], DetectedBoxes);

    private static StageCount Count(IEnumerable<Box> boxes, AnnotatedImage image, MatchRule rule)
    {
        Box[] all = [.. boxes];
        return new StageCount(all.Length, image.Faces.Count(face => !face.IsIgnored && all.Any(box => FaceMatcher.Fits(face, box, rule))));
    }
}
