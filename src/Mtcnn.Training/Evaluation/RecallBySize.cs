using Mtcnn.Training.Annotations;

namespace Mtcnn.Training.Evaluation;

/// <summary>The recall of the marked faces in a range of sizes.</summary>
/// <param name="From">The minimum size in pixels.</param>
/// <param name="To">The exclusive maximum size in pixels; infinite for the last range.</param>
/// <param name="Faces">The number of marked faces.</param>
/// <param name="Found">The number of found faces.</param>
public sealed record RecallBySize(double From, double To, int Faces, int Found)
{
    private static readonly double[] EyeLimits = [0, 8, 12, 16, 24, double.PositiveInfinity];
    private static readonly double[] BoxLimits = [0, 10, 20, 30, 50, 100, 200, double.PositiveInfinity];

    /// <summary>The number of found faces divided by the number of marked faces, from 0 to 1.</summary>
    public double Recall => (double)Found / Faces;

    /// <summary>Counts matches by eye distance. Ranges without a face are omitted.</summary>
    internal static IReadOnlyList<RecallBySize> ByEyes(IReadOnlyCollection<FaceMatch> matches) => Of(matches, face => face.EyeDistance, EyeLimits);

    /// <summary>Counts matches by the longer side of the marked box. Ranges without a face are omitted.</summary>
    internal static IReadOnlyList<RecallBySize> ByBox(IReadOnlyCollection<FaceMatch> matches) =>
        Of(matches, face => face.Box is { } box ? Math.Max(box.Width, box.Height) : null, BoxLimits);

    private static IReadOnlyList<RecallBySize> Of(IReadOnlyCollection<FaceMatch> matches, Func<AnnotatedFace, double?> sizeOf, double[] limits) => [.. limits
        .Zip(limits.Skip(1), (from, to) => (from, to, inside: matches.Where(match => sizeOf(match.Annotated) is { } size && size >= from && size < to).ToArray()))
        .Where(size => size.inside.Length > 0)
        .Select(size => new RecallBySize(size.from, size.to, size.inside.Length, size.inside.Count(match => match.Detected is not null)))];
}
