using System.Text.Json;

using Mtcnn.Cli.Terminal;

namespace Mtcnn.Cli.Evaluate;

/// <summary>All figures of a run, as in figures.json.</summary>
/// <param name="Profile">The detector's profile.</param>
/// <param name="Models">The files of weights.</param>
/// <param name="Overlap">The minimum intersection over union in average precision.</param>
/// <param name="SmallestFace">The minimum size of a face in average precision.</param>
/// <param name="LandmarkUnit">The unit of landmark errors.</param>
/// <param name="Sets">The sets.</param>
internal sealed record EvaluationFigures(
    string Profile, IReadOnlyList<string> Models, double Overlap, double SmallestFace, string LandmarkUnit, IReadOnlyList<SetFigures> Sets)
{
    public static EvaluationFigures Of(EvaluateRequest request, IReadOnlyList<EvaluatedSet> sets) => new(
        request.Detector.Profile.Name,
        request.Detector.Models is { } models ? [.. new[] { models.Proposal, models.Refinement, models.Output, models.Landmarks }.OfType<string>()] : [],
        request.Measures.Overlap,
        request.Measures.SmallestFace,
        request.Measures.LandmarkUnit.ToString(),
        [.. sets.Select(SetFigures.Of)]);

    public string ToJson() => JsonSerializer.Serialize(this, EvaluationJson.Default.EvaluationFigures);

    /// <summary>Reads a file that <see cref="ToJson"/> wrote. Throws <see cref="CommandException"/> if it is another file.</summary>
    public static EvaluationFigures Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), EvaluationJson.Default.EvaluationFigures) is { Sets: not null } figures
                ? figures
                : throw new JsonException("the file contains no sets.");
        }
        catch (JsonException failure)
        {
            throw new CommandException(
                $"{path}: not the figures of an evaluation: {failure.Message}", "Name a figures.json that `mtcnn evaluate --report DIR` wrote.", failure);
        }
    }
}
