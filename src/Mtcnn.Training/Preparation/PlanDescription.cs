using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Mtcnn.Faces;
using Mtcnn.Models;
using Mtcnn.Training.Annotations;
using Mtcnn.Training.Crops;
using Mtcnn.Training.Records;

namespace Mtcnn.Training.Preparation;

/// <summary>Describes all options and files that determine the crops of a plan, as JSON, to compare a folder with the current plan.</summary>
internal static class PlanDescription
{
    /// <exception cref="ModelException">A file of weights cannot be read.</exception>
    public static JsonObject Of(CropPlan plan) => new()
    {
        ["net"] = JsonSerializer.SerializeToNode(plan.Net, CropJson.Default.TrainedNet),
        ["seed"] = plan.Seed,
        ["landmarks"] = plan.CutsLandmarks,
        ["options"] = JsonSerializer.SerializeToNode(plan.Options, CropJson.Default.CropOptions),
        ["weights"] = new JsonArray([.. plan.Weights.Select(path => (JsonNode)HashOfFile(path))]),
        ["annotations"] = new JsonArray([.. plan.Sources.Select(source => (JsonNode)Of(source))]),
    };

    private static JsonObject Of(CropSource source) => new()
    {
        ["name"] = Path.GetFileName(source.Annotations.Name),
        ["everyFaceIsMarked"] = source.EveryFaceIsMarked,
        ["boxesFromPoints"] = source.BoxesFromPoints,
        ["images"] = source.Annotations.Images.Count,
        ["sha256"] = HashOf(source.Annotations),
    };

    private static string HashOf(AnnotationSet annotations)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (AnnotatedImage image in annotations.Images)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(Path.GetFileName(image.Path)));
            foreach (AnnotatedFace face in image.Faces)
            {
                StringBuilder text = new();
                _ = text.Append(CultureInfo.InvariantCulture, $"{face.Box?.Left},{face.Box?.Top},{face.Box?.Right},{face.Box?.Bottom},{face.IsIgnored}");
                foreach (ImagePoint point in face.Points)
                {
                    _ = text.Append(CultureInfo.InvariantCulture, $",{point.X},{point.Y}");
                }

                hash.AppendData(Encoding.UTF8.GetBytes(text.ToString()));
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static string HashOfFile(string path)
    {
        try
        {
            return FileHash.Of(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ModelException(ModelErrorKind.Missing, $"{path}: the weights cannot be read: {exception.Message}", path, exception);
        }
    }
}
