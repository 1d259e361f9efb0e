using Mtcnn.Faces;
using Mtcnn.Training.Annotations;

namespace Mtcnn.Training.Evaluation;

/// <summary>Matches detections with marked faces. Pure and thread-safe.</summary>
internal static class FaceMatcher
{
    /// <summary>The minimum intersection over union of <see cref="MatchRule.BoxOverlap"/>.</summary>
    public const double LeastOverlap = 0.4;

    /// <summary>
    /// Processes the detections from the most to the least probable. Each is matched with the best marked face that it
    /// fits and that is not matched yet; with an ignored face only if it fits no other.
    /// </summary>
    /// <param name="annotated">The marked faces of an image.</param>
    /// <param name="detected">The detections in it.</param>
    /// <param name="rule">The rule that matches a detection with a marked face.</param>
    /// <returns>A match for every marked face, in their order, and the detections that fit no marked face.</returns>
    public static ImageEvaluation Match(IReadOnlyList<AnnotatedFace> annotated, IReadOnlyList<Face> detected, MatchRule rule)
    {
        Face?[] takenBy = new Face?[annotated.Count];
        List<Face> others = [];
        foreach (Face face in detected.OrderByDescending(face => face.Score))
        {
            int[] fitting = [.. Enumerable.Range(0, annotated.Count).Where(index => Fits(annotated[index], face.Box, rule))];
            int best = fitting.Where(index => takenBy[index] is null)
                .OrderBy(index => annotated[index].IsIgnored)
                .ThenByDescending(index => Closeness(annotated[index], face.Box))
                .FirstOrDefault(-1);
            if (best >= 0)
            {
                takenBy[best] = face;
            }
            else if (fitting.Length == 0)
            {
                others.Add(face);
            }
        }

        return new ImageEvaluation([.. annotated.Zip(takenBy, (face, by) => new FaceMatch(face, by))], others);
    }

    /// <summary>Whether a box matches a marked face.</summary>
    internal static bool Fits(AnnotatedFace annotated, Box box, MatchRule rule) => rule switch
    {
        MatchRule.AroundMiddle => box.Contains(annotated.Middle),
        MatchRule.AroundPoints => annotated.Points.All(box.Contains),
        _ => annotated.Box is { } truth && truth.OverlapWith(box) >= LeastOverlap,
    };

    private static double Closeness(AnnotatedFace annotated, Box box) =>
        annotated.Box is { } truth ? truth.OverlapWith(box) : -annotated.Middle.DistanceTo(box.Center);
}
