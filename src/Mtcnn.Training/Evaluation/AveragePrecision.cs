using Mtcnn.Faces;

namespace Mtcnn.Training.Evaluation;

/// <summary>
/// Computes precision over recall by the rules of PASCAL VOC (Everingham et al., "The PASCAL Visual Object Classes Challenge: A Retrospective", 2015).
/// Pure and thread-safe.
/// </summary>
internal static class AveragePrecision
{
    /// <summary>The usual minimum intersection over union of a detection and its face.</summary>
    public const double DefaultOverlap = 0.5;

    /// <summary>
    /// Processes the detections of all images in order of decreasing score. Each belongs to the marked face that it overlaps most. If that overlap is
    /// sufficient, the first detection of a face finds it, and every further one is false; detections of ignored faces are not counted. If it is not,
    /// the detection is false.
    /// </summary>
    /// <param name="images">All images of the set.</param>
    /// <param name="overlap">The minimum intersection over union, above 0 and at most 1.</param>
    /// <param name="smallest">
    /// The minimum size of a face in pixels, the longer side of its box. Smaller faces are ignored. Smaller detections that fit no face are also ignored, because they may be
    /// correct if small faces are not marked.
    /// </param>
    /// <returns>A point for every score of a counted detection. Detections with the same score give one point.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The overlap or the size is out of range.</exception>
    public static PrecisionRecallCurve Of(IEnumerable<ImageBoxes> images, double overlap = DefaultOverlap, double smallest = 0)
    {
        if (!(overlap is > 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(overlap), overlap, "The minimum overlap must be above 0 and at most 1.");
        }

        ArgumentOutOfRangeException.ThrowIfNegative(smallest);
        int faces = 0;
        List<(float Score, bool IsRight)> scored = [];
        foreach (ImageBoxes image in images)
        {
            MarkedBox[] marked = [.. image.Marked.Select(face => face with { IsIgnored = face.IsIgnored || Size(face.Box) < smallest })];
            faces += marked.Count(face => !face.IsIgnored);
            ScoreDetections(marked, image.Detected, overlap, smallest, scored);
        }

        return new PrecisionRecallCurve(faces, PointsOf(scored, faces));
    }

    private static void ScoreDetections(
        MarkedBox[] marked, IReadOnlyList<ScoredBox> detected, double overlap, double smallest, List<(float Score, bool IsRight)> scored)
    {
        bool[] found = new bool[marked.Length];
        foreach (ScoredBox detection in detected.OrderByDescending(detection => detection.Score))
        {
            double[] overlaps = Array.ConvertAll(marked, face => face.Box.OverlapWith(detection.Box));
            double common = overlaps.DefaultIfEmpty(0).Max();
            int face = Array.IndexOf(overlaps, common);
            if (common < overlap)
            {
                if (Size(detection.Box) >= smallest)
                {
                    scored.Add((detection.Score, false));
                }
            }
            else if (!marked[face].IsIgnored)
            {
                scored.Add((detection.Score, !found[face]));
                found[face] = true;
            }
        }
    }

    private static List<PrecisionRecallPoint> PointsOf(List<(float Score, bool IsRight)> scored, int faces)
    {
        List<PrecisionRecallPoint> points = [];
        int right = 0;
        int all = 0;
        foreach (IGrouping<float, (float Score, bool IsRight)> level in scored.GroupBy(detection => detection.Score).OrderByDescending(level => level.Key))
        {
            all += level.Count();
            right += level.Count(detection => detection.IsRight);
            points.Add(new PrecisionRecallPoint(level.Key, faces == 0 ? 0 : (double)right / faces, (double)right / all));
        }

        return points;
    }

    private static double Size(Box box) => Math.Max(box.Width, box.Height);
}
