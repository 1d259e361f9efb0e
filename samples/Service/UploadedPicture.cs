namespace Mtcnn.Samples.Service;

/// <summary>Reads the file that a request's body is. The server itself refuses a body of too many bytes.</summary>
internal static class UploadedPicture
{
    /// <summary>Reads it to its end.</summary>
    /// <exception cref="BadHttpRequestException">It has too many bytes, comes too slowly, or ends early; its status code says which.</exception>
    /// <exception cref="OperationCanceledException">The client went away.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpRequest request, TimeSpan limit)
    {
        CancellationToken gone = request.HttpContext.RequestAborted;
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(gone);
        end.CancelAfter(limit);
        try
        {
            using MemoryStream bytes = new((int)(request.ContentLength ?? 0));
            await request.Body.CopyToAsync(bytes, end.Token);
            return bytes.GetBuffer().AsMemory(0, (int)bytes.Length);
        }
        catch (OperationCanceledException) when (!gone.IsCancellationRequested)
        {
            throw new BadHttpRequestException($"The picture was not here after {limit.TotalSeconds} s.", StatusCodes.Status408RequestTimeout);
        }
    }
}
