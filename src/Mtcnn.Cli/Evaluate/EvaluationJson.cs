using System.Text.Json.Serialization;

namespace Mtcnn.Cli.Evaluate;

/// <summary>Serializes figures as JSON.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(EvaluationFigures))]
internal sealed partial class EvaluationJson : JsonSerializerContext;
