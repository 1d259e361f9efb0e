using Mtcnn.Faces;

namespace Mtcnn.Training.Evaluation.Wider;

/// <summary>
/// Computes the average precision of WIDER FACE like the official MATLAB evaluation (Yang et al., "WIDER FACE: A Face Detection Benchmark", 2016).
/// Pure and thread-safe.
/// </summary>
public static class WiderEvaluation
{
    /// <summary>The number of thresholds of the curve, from just below 1 to 0. Scores are normalized to 0 to 1 over the whole set.</summary>
    public const int Thresholds = 1000;

    /// <summary>The minimum intersection over union of a detection and its face, both measured in whole pixels, edges included.</summary>
    public const double LeastOverlap = 0.5;

    /// <summary>
    /// In each image a detection belongs to the marked face that it overlaps most. If the overlap is sufficient and the face is counted, the face is found; a second detection
    /// of it does not increase recall but is counted as a detection. Detections of faces that are not counted are ignored. An image without
    /// a marked face or without a detection adds neither faces nor false detections.
    /// </summary>
    /// <param name="images">The images (see <see cref="WiderGroundTruth"/>).</param>
    /// <param name="detected">The detections of each, in any order; scores of any range.</param>
    /// <param name="difficulty">The set of faces to count.</param>
    /// <returns>A point per threshold. If all scores are equal, they are replaced by 1, because the official evaluation gives no result then.</returns>
    /// <exception cref="ArgumentException">The number of lists of detections is not the number of images.</exception>
    public static PrecisionRecallCurve Of(
        IReadOnlyList<WiderImage> images, IReadOnlyList<IReadOnlyList<ScoredBox>> detected, WiderDifficulty difficulty)
    {
        if (images.Count != detected.Count)
        {
            throw new ArgumentException($"There are {detected.Count} lists of detections for {images.Count} images.", nameof(detected));
        }

        float[] scores = [.. detected.SelectMany(boxes => boxes).Select(box => box.Score)];
        double lowest = scores.Length == 0 ? 0 : scores.Min();
        double highest = scores.Length == 0 ? 0 : scores.Max();
        long[] found = new long[Thresholds];
        long[] counting = new long[Thresholds];
        int faces = 0;
        for (int i = 0; i < images.Count; i++)
        {
            IReadOnlyList<int> counted = images[i].Counted[difficulty];
            faces += counted.Count;
            ScoredBox[] falling = [.. detected[i].OrderByDescending(box => box.Score)];
            double[] stretched = Array.ConvertAll(falling, box => highest > lowest ? (box.Score - lowest) / (highest - lowest) : 1);
            AddImage(images[i].Boxes, [.. counted], falling, stretched, found, counting);
        }

        return new PrecisionRecallCurve(faces, [.. Enumerable.Range(0, Thresholds).Select(step => new PrecisionRecallPoint(
            ThresholdOf(step), faces == 0 ? 0 : (double)found[step] / faces, (double)found[step] / counting[step]))]);
    }

    private static void AddImage(
        IReadOnlyList<Box> boxes, HashSet<int> counted, ScoredBox[] detected, double[] scores, long[] found, long[] counting)
    {
        if (boxes.Count == 0)
        {
            return;
        }

        HashSet<int> taken = [];
        int counts = 0;
        int next = 0;
        for (int step = 0; step < Thresholds; step++)
        {
            for (; next < detected.Length && scores[next] >= ThresholdOf(step); next++)
            {
                (int face, double overlap) = Enumerable.Range(0, boxes.Count)
                    .Select(index => (index, overlap: OverlapInPixels(boxes[index], detected[next].Box)))
                    .MaxBy(pair => pair.overlap);
                bool isOfFace = overlap >= LeastOverlap;
                if (isOfFace && counted.Contains(face))
                {
                    taken.Add(face);
                }

                counts += isOfFace && !counted.Contains(face) ? 0 : 1;
            }

            found[step] += taken.Count;
            counting[step] += counts;
        }
    }

    private static double ThresholdOf(int step) => 1 - ((step + 1) / (double)Thresholds);

    private static double OverlapInPixels(Box first, Box second)
    {
        double width = Math.Min(first.Right, second.Right) - Math.Max(first.Left, second.Left) + 1;
        double height = Math.Min(first.Bottom, second.Bottom) - Math.Max(first.Top, second.Top) + 1;
        return width <= 0 || height <= 0 ? 0 : width * height / (Pixels(first) + Pixels(second) - (width * height));
    }

    private static double Pixels(Box box) => (box.Width + 1) * (box.Height + 1);
}
