using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;
using Mtcnn.Extensions;

namespace Mtcnn.Samples.Service;

/// <summary><c>POST /detect</c>: an image in, its faces out.</summary>
internal static class DetectEndpoint
{
    /// <summary>Adds the endpoint and what its description says of it.</summary>
    public static void MapDetect(this IEndpointRouteBuilder routes) => routes
        .MapPost("/detect", DetectAsync)
        .WithName("detect")
        .WithSummary("Finds the faces in an image.")
        .WithDescription("The body is the file: JPEG, PNG, WebP, GIF, BMP, TIFF, PNM or JPEG 2000. The format is detected from the content.")
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status408RequestTimeout)
        .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
        .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
        .ProducesProblem(StatusCodes.Status504GatewayTimeout)
        .AddOpenApiOperationTransformer((operation, _, _) =>
        {
            OpenApiMediaType file = new() { Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" } };
            operation.RequestBody = new OpenApiRequestBody { Required = true, Content = new Dictionary<string, OpenApiMediaType> { ["image/*"] = file } };
            return Task.CompletedTask;
        });

    private static async Task<Results<Ok<DetectionAnswer>, ProblemHttpResult>> DetectAsync(
        HttpContext context, IFaceDetectionService detection, IOptions<ServiceLimits> limits)
    {
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        try
        {
            using UploadedImage image = await UploadedImage.ReadAsync(context.Request, limits.Value);
            end.CancelAfter(limits.Value.DetectionTime);
            return TypedResults.Ok(DetectionAnswer.Of(await detection.DetectAsync(image.Bytes, end.Token)));
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            return TypedResults.Problem(
                $"The faces were not found within {limits.Value.DetectionTime.TotalSeconds} s.", statusCode: StatusCodes.Status504GatewayTimeout);
        }
        catch (OperationCanceledException)
        {
            // The client is gone, and reads no answer.
            return TypedResults.Problem(statusCode: StatusCodes.Status499ClientClosedRequest);
        }
        catch (Exception failure) when (Problems.Of(failure, context.Response) is { } problem)
        {
            return problem;
        }
    }
}
