using System.Text.Json.Serialization;
using Mtcnn.Training.Options;

namespace Mtcnn.Training.Crops;

/// <summary>Reads and writes the records of folders of crops.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true,
    UseStringEnumConverter = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(PreparationRecord))]
[JsonSerializable(typeof(CropOptions))]
[JsonSerializable(typeof(TrainedNet))]
internal sealed partial class CropJson : JsonSerializerContext;
