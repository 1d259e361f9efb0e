using System.Text.Json;
using System.Text.Json.Serialization;
using Mtcnn.Training.Options;

namespace Mtcnn.Training.Cascade;

/// <summary>Reads <see cref="CascadeConfiguration"/>: comments are allowed, unknown names are not.</summary>
[JsonSourceGenerationOptions(
    UseStringEnumConverter = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    ReadCommentHandling = JsonCommentHandling.Skip,
    AllowTrailingCommas = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(CascadeConfiguration))]
[JsonSerializable(typeof(CropOptions))]
[JsonSerializable(typeof(NetTrainingOptions))]
internal sealed partial class CascadeConfigurationJson : JsonSerializerContext;
