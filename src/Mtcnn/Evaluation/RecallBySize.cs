namespace Mtcnn.Evaluation;

/// <summary>How many of the marked faces of a size were found.</summary>
/// <param name="From">The least eye distance in pixels.</param>
/// <param name="To">The eye distance in pixels that is no longer in; infinite for the largest.</param>
/// <param name="Faces">How many faces were marked.</param>
/// <param name="Found">How many of them were found.</param>
public sealed record RecallBySize(double From, double To, int Faces, int Found)
{
    private static readonly double[] Limits = [0, 8, 12, 16, 24, double.PositiveInfinity];

    /// <summary>Found over marked faces, from 0 to 1.</summary>
    public double Recall => (double)Found / Faces;

    /// <summary>Counts matches by eye distance; sizes without a face are left out.</summary>
    internal static IReadOnlyList<RecallBySize> Of(IReadOnlyCollection<FaceMatch> matches) => [.. Limits
        .Zip(Limits.Skip(1), (from, to) => (from, to, inside: matches.Where(match => match.Annotated.EyeDistance is { } eyes && eyes >= from && eyes < to).ToArray()))
        .Where(size => size.inside.Length > 0)
        .Select(size => new RecallBySize(size.from, size.to, size.inside.Length, size.inside.Count(match => match.Detected is not null)))];
}
