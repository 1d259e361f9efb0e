namespace Mtcnn.Models;

/// <summary>A file that is being downloaded: beside its final place under another name, and gone when disposed unless moved there.</summary>
internal sealed class TemporaryModelFile : IDisposable
{
    private readonly string _finalPath;
    private readonly string _temporaryPath;
    private readonly FileStream _stream;

    /// <summary>Creates the folder and the file.</summary>
    /// <exception cref="ModelException">The folder cannot be written.</exception>
    public TemporaryModelFile(string finalPath)
    {
        _finalPath = finalPath;
        _temporaryPath = $"{finalPath}.{Path.GetRandomFileName()}.part";
        try
        {
            _ = Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(finalPath))!);
            _stream = new FileStream(_temporaryPath, FileMode.CreateNew, FileAccess.Write);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw NotWritable(exception);
        }
    }

    /// <summary>Appends to the file.</summary>
    /// <exception cref="ModelException">It cannot be written, as where the disk is full.</exception>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        try
        {
            await _stream.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
        }
        catch (IOException exception)
        {
            throw NotWritable(exception);
        }
    }

    /// <summary>Gives the complete file its final name.</summary>
    /// <exception cref="ModelException">It cannot be written or renamed.</exception>
    public void MoveIntoPlace()
    {
        try
        {
            _stream.Flush(flushToDisk: true);
            _stream.Dispose();
            File.Move(_temporaryPath, _finalPath);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw NotWritable(exception);
        }
    }

    /// <summary>Deletes what was not moved into place.</summary>
    public void Dispose()
    {
        _stream.Dispose();
        File.Delete(_temporaryPath);
    }

    private ModelException NotWritable(Exception cause) =>
        new(ModelErrorKind.FetchFailed, $"{_finalPath}: the file cannot be written: {cause.Message} Name another folder, or change its permissions.", _finalPath, cause);
}
