using System.Buffers;
using System.IO.Pipelines;

namespace Mtcnn.Samples.Service;

/// <summary>Reads the file that a request's body is. The server itself refuses a body of too many bytes.</summary>
internal static class UploadedPicture
{
    /// <summary>Reads it to its end.</summary>
    /// <exception cref="BadHttpRequestException">It has too many bytes, comes too slowly, ends early or is cut into bad chunks; its status code says which.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpRequest request, TimeSpan limit)
    {
        // A token would leave the server with a read that never ends, which it logs as an error of its own.
        await using Timer end = new(_ => request.BodyReader.CancelPendingRead(), state: null, limit, Timeout.InfiniteTimeSpan);
        try
        {
            return await ReadToEndAsync(request.BodyReader, request.ContentLength)
                ?? throw new BadHttpRequestException($"The picture was not here after {limit.TotalSeconds} s.", StatusCodes.Status408RequestTimeout);
        }
        catch (IOException failure) when (failure is not BadHttpRequestException)
        {
            // What Kestrel says of a chunk whose size is too large a number.
            throw new BadHttpRequestException(failure.Message, StatusCodes.Status400BadRequest, failure);
        }
    }

    private static async Task<ReadOnlyMemory<byte>?> ReadToEndAsync(PipeReader body, long? length)
    {
        // The first read refuses a length beyond the limit, so that nothing is allocated for a mere claim.
        ReadResult read = await body.ReadAsync();
        ArrayBufferWriter<byte> bytes = new(Math.Max((int)(length ?? read.Buffer.Length), 1));
        while (!read.IsCanceled)
        {
            foreach (ReadOnlyMemory<byte> part in read.Buffer)
            {
                bytes.Write(part.Span);
            }

            body.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
            {
                return bytes.WrittenMemory;
            }

            read = await body.ReadAsync();
        }

        body.AdvanceTo(read.Buffer.End);
        return null;
    }
}
