using Microsoft.IO;

namespace Mtcnn.Samples.Service;

/// <summary>The file that a request's body is, in memory that is used again. The server itself refuses a body of too many bytes.</summary>
internal sealed class UploadedImage : IDisposable
{
    // Photos are large objects to the garbage collector, which would come for each few of them.
    private static readonly RecyclableMemoryStreamManager s_memory = new(new RecyclableMemoryStreamManager.Options { MaximumLargePoolFreeBytes = 64 << 20 });

    private readonly RecyclableMemoryStream _stream;

    private UploadedImage(RecyclableMemoryStream stream) => _stream = stream;

    /// <summary>The file, until this is disposed.</summary>
    public ReadOnlyMemory<byte> Bytes => _stream.GetBuffer().AsMemory(0, (int)_stream.Length);

    /// <summary>Reads it to its end.</summary>
    /// <exception cref="BadHttpRequestException">It has too many bytes, comes too slowly, ends early or is cut into bad chunks; its status code says which.</exception>
    public static async Task<UploadedImage> ReadAsync(HttpRequest request, ServiceLimits limits)
    {
        long room = Math.Min(request.ContentLength ?? 0, limits.MaximumBytes);
        UploadedImage image = new(s_memory.GetStream(Guid.Empty, tag: null, room, asContiguousBuffer: true));
        try
        {
            // A token would leave the server with a read that never ends, which it logs as its own error.
            await using Timer end = new(_ => request.BodyReader.CancelPendingRead(), state: null, limits.UploadTime, Timeout.InfiniteTimeSpan);
            await request.BodyReader.CopyToAsync(image._stream);
            return image;
        }
        catch (Exception failure)
        {
            image.Dispose();
            if (RefusalOf(failure, limits) is { } refusal)
            {
                throw refusal;
            }

            throw;
        }
    }

    public void Dispose() => _stream.Dispose();

    private static BadHttpRequestException? RefusalOf(Exception failure, ServiceLimits limits) => failure switch
    {
        OperationCanceledException => new BadHttpRequestException(
            $"The upload did not finish within {limits.UploadTime.TotalSeconds} s.", StatusCodes.Status408RequestTimeout, failure),

        // What Kestrel says of a chunk whose size is too large a number.
        IOException and not BadHttpRequestException => new BadHttpRequestException(failure.Message, StatusCodes.Status400BadRequest, failure),
        _ => null,
    };
}
