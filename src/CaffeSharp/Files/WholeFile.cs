using CaffeSharp.Interop;

namespace CaffeSharp;

/// <summary>A file that appears whole or not at all: written under another name, and moved into place when complete.</summary>
internal sealed class WholeFile : IDisposable
{
    private readonly string _path;
    private readonly string _unfinished;

    /// <exception cref="ArgumentException">The path is empty.</exception>
    /// <exception cref="IOException">No file can be written there.</exception>
    internal WholeFile(string path)
    {
        _path = Path.GetFullPath(NativeText.CheckedPath(path));
        if (Directory.Exists(_path))
        {
            throw new IOException($"{path} is a folder; a file is to be written there.");
        }

        _unfinished = $"{_path}.{Guid.NewGuid():N}.part";
        Stream = new FileStream(_unfinished, FileMode.CreateNew, FileAccess.ReadWrite);
    }

    internal FileStream Stream { get; }

    internal void Complete()
    {
        Stream.Dispose();
        File.Move(_unfinished, _path, overwrite: true);
    }

    /// <summary>Removes what was not completed.</summary>
    public void Dispose()
    {
        Stream.Dispose();
        File.Delete(_unfinished);
    }
}
