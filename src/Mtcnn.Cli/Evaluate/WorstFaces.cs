using System.Globalization;

using Mtcnn.Training.Annotations;
using Mtcnn.Training.Evaluation;

namespace Mtcnn.Cli.Evaluate;

/// <summary>Selects the worst faces of a set for the report.</summary>
internal static class WorstFaces
{
    private const int MostOfAKind = 24;

    /// <summary>Returns the largest missed faces.</summary>
    public static IReadOnlyList<WorstFace> Missed(EvaluatedSet set) => [.. Matches(set)
        .Where(pair => pair.Match.Detected is null)
        .Select(pair => new WorstFace(pair.Image, pair.Match.Annotated, null, ""))
        .OrderByDescending(face => face.Region.Area)
        .Take(MostOfAKind)
        .Select(face => face with { Caption = Text($"{Math.Max(face.Region.Width, face.Region.Height):F0} px") })];

    /// <summary>Returns the most probable detections that fit no marked face.</summary>
    public static IReadOnlyList<WorstFace> Others(EvaluatedSet set) => [.. set.Findings
        .SelectMany(image => image.Evaluation.Others.Select(face => new WorstFace(image.Image, null, face, Text($"score {face.Score:F3}"))))
        .OrderByDescending(face => face.Detected!.Score)
        .Take(MostOfAKind)];

    /// <summary>Returns the faces with the largest landmark errors.</summary>
    public static IReadOnlyList<WorstFace> Landmarks(EvaluatedSet set) => [.. Matches(set)
        .Where(pair => pair.Match.LandmarkError is not null)
        .OrderByDescending(pair => pair.Match.LandmarkError)
        .Take(MostOfAKind)
        .Select(pair => new WorstFace(pair.Image, pair.Match.Annotated, pair.Match.Detected, Text($"error {pair.Match.LandmarkError:F3}")))];

    private static IEnumerable<(AnnotatedImage Image, FaceMatch Match)> Matches(EvaluatedSet set) => set.Findings
        .SelectMany(image => image.Evaluation.Matches.Where(match => !match.Annotated.IsIgnored).Select(match => (image.Image, match)));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
