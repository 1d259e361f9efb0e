using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Mtcnn.Training.Options;

namespace Mtcnn.Training.Nets;

/// <summary>Reads and writes a training's options and its summary.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true, UseStringEnumConverter = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(NetTrainingOptions))]
[JsonSerializable(typeof(NetTrainingSummary))]
[JsonSerializable(typeof(JsonObject))]
internal sealed partial class NetTrainingJson : JsonSerializerContext;
