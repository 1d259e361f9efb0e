using System.Text.Json.Serialization;

namespace Mtcnn.Training.Stages;

/// <summary>Reads and writes <see cref="StageRecord"/>.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, UseStringEnumConverter = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(StageRecord))]
internal sealed partial class StageRecordJson : JsonSerializerContext;
