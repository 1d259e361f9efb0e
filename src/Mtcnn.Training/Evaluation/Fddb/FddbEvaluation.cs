using Mtcnn.Faces;

namespace Mtcnn.Training.Evaluation.Fddb;

/// <summary>
/// Computes FDDB's curves like the official evaluation (Jain and Learned-Miller, "FDDB: A Benchmark for Face Detection in Unconstrained Settings",
/// 2010). Pure and thread-safe.
/// </summary>
public static class FddbEvaluation
{
    /// <summary>The overlap above which a face counts as found in the discrete score.</summary>
    public const double DiscreteOverlap = 0.5;

    /// <summary>
    /// For every score that occurs, the detections of at least that score are paired with the ellipses of their image so that the sum of the
    /// intersections over union is largest; the overlaps are counted in pixels.
    /// </summary>
    /// <param name="images">All images, also those without a face or a detection.</param>
    /// <returns>The points of both curves, from the highest score to the lowest.</returns>
    public static IReadOnlyList<FddbRocPoint> Of(IReadOnlyList<FddbDetections> images)
    {
        int faces = images.Sum(image => image.Image.Faces.Count);
        (int Image, Tally Tally)[] events = [.. images
            .SelectMany((image, index) => TalliesOf(image).Select(tally => (index, tally)))
            .OrderByDescending(change => change.tally.Score)];
        Tally[] current = new Tally[images.Count];
        Tally sum = default;
        List<FddbRocPoint> points = [];
        for (int i = 0; i < events.Length; i++)
        {
            (int image, Tally tally) = events[i];
            sum = sum.With(tally, current[image]);
            current[image] = tally;
            if (i + 1 == events.Length || events[i + 1].Tally.Score < tally.Score)
            {
                points.Add(new FddbRocPoint(
                    tally.Score, sum.False, faces == 0 ? 0 : (double)sum.Found / faces, faces == 0 ? 0 : sum.Overlap / faces));
            }
        }

        return points;
    }

    private static IEnumerable<Tally> TalliesOf(FddbDetections image)
    {
        ScoredBox[] falling = [.. image.Detected.OrderByDescending(box => box.Score)];
        double[][] overlaps = EllipseOverlap.Of(image.Size, falling, image.Image.Faces);
        for (int count = 1; count <= falling.Length; count++)
        {
            if (count == falling.Length || falling[count].Score < falling[count - 1].Score)
            {
                yield return TallyOf(falling[count - 1].Score, overlaps[..count]);
            }
        }
    }

    private static Tally TallyOf(float score, double[][] overlaps)
    {
        double[] pairs = [.. MaximumMatching.Of(overlaps).Select((column, row) => column < 0 ? 0 : overlaps[row][column])];
        int found = pairs.Count(overlap => overlap > DiscreteOverlap);
        return new Tally(score, overlaps.Length - found, found, pairs.Sum());
    }

    private readonly record struct Tally(double Score, int False, int Found, double Overlap)
    {
        // The earlier contribution of the image is replaced.
        public Tally With(Tally now, Tally before) =>
            new(now.Score, False + now.False - before.False, Found + now.Found - before.Found, Overlap + now.Overlap - before.Overlap);
    }
}
