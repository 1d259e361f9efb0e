using System.Text.Json;
using Mtcnn.Imaging;

namespace Mtcnn.Extensions;

/// <summary>What OpenTelemetry calls <c>error.type</c>: one of few words for a failure.</summary>
internal static class FailureKind
{
    public const string Tag = "error.type";

    /// <summary>A kind of <see cref="ImageErrorKind"/> in snake case, or the exception's type.</summary>
    public static string Of(Exception failure) => failure switch
    {
        ImageException image => JsonNamingPolicy.SnakeCaseLower.ConvertName(image.Kind.ToString()),
        DetectionQueueFullException => "queue_full",
        OperationCanceledException => "canceled",
        _ => failure.GetType().FullName!,
    };
}
