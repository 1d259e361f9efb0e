using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Mtcnn.Extensions;
using Mtcnn.Imaging;

namespace Mtcnn.Samples.Service;

/// <summary>The answer for an image that cannot be processed: a status and a sentence, as RFC 9457 has it.</summary>
internal static class Problems
{
    /// <summary>The answer for an exception; null for one that is the service's own fault.</summary>
    public static ProblemHttpResult? Of(Exception failure, HttpResponse response)
    {
        if (failure is DetectionQueueFullException full)
        {
            response.Headers.RetryAfter = full.RetryAfter.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        }

        int? status = failure switch
        {
            ImageException image => StatusOf(image.Kind),
            BadHttpRequestException request => request.StatusCode,
            DetectionQueueFullException or ObjectDisposedException => StatusCodes.Status503ServiceUnavailable,
            _ => null,
        };
        return status is null ? null : TypedResults.Problem(failure.Message, statusCode: status);
    }

    private static int StatusOf(ImageErrorKind kind) => kind switch
    {
        ImageErrorKind.Empty => StatusCodes.Status400BadRequest,
        ImageErrorKind.NotAnImage or ImageErrorKind.UnsupportedFormat => StatusCodes.Status415UnsupportedMediaType,
        ImageErrorKind.TooLarge => StatusCodes.Status413PayloadTooLarge,
        _ => StatusCodes.Status422UnprocessableEntity,
    };
}
