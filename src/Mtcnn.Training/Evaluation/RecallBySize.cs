using Mtcnn.Training.Annotations;

namespace Mtcnn.Training.Evaluation;

/// <summary>How many of the marked faces of a size were found.</summary>
/// <param name="From">The least size in pixels.</param>
/// <param name="To">The size in pixels that is no longer in; infinite for the largest.</param>
/// <param name="Faces">How many faces were marked.</param>
/// <param name="Found">How many of them were found.</param>
public sealed record RecallBySize(double From, double To, int Faces, int Found)
{
    private static readonly double[] EyeLimits = [0, 8, 12, 16, 24, double.PositiveInfinity];
    private static readonly double[] BoxLimits = [0, 10, 20, 30, 50, 100, 200, double.PositiveInfinity];

    /// <summary>Found over marked faces, from 0 to 1.</summary>
    public double Recall => (double)Found / Faces;

    /// <summary>Counts matches by eye distance; sizes without a face are left out.</summary>
    internal static IReadOnlyList<RecallBySize> ByEyes(IReadOnlyCollection<FaceMatch> matches) => Of(matches, face => face.EyeDistance, EyeLimits);

    /// <summary>Counts matches by the longer side of the marked box; sizes without a face are left out.</summary>
    internal static IReadOnlyList<RecallBySize> ByBox(IReadOnlyCollection<FaceMatch> matches) =>
        Of(matches, face => face.Box is { } box ? Math.Max(box.Width, box.Height) : null, BoxLimits);

    private static IReadOnlyList<RecallBySize> Of(IReadOnlyCollection<FaceMatch> matches, Func<AnnotatedFace, double?> sizeOf, double[] limits) => [.. limits
        .Zip(limits.Skip(1), (from, to) => (from, to, inside: matches.Where(match => sizeOf(match.Annotated) is { } size && size >= from && size < to).ToArray()))
        .Where(size => size.inside.Length > 0)
        .Select(size => new RecallBySize(size.from, size.to, size.inside.Length, size.inside.Count(match => match.Detected is not null)))];
}
