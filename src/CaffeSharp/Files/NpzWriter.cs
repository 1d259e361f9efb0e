using System.IO.Compression;
using CaffeSharp.Interop;

namespace CaffeSharp;

/// <summary>Writes an .npz file array by array, uncompressed as np.savez does.</summary>
internal sealed class NpzWriter : IDisposable
{
    private readonly WholeFile _file;
    private readonly ZipArchive _archive;
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    internal NpzWriter(string path)
    {
        _file = new(path);
        _archive = new(_file.Stream, ZipArchiveMode.Create, leaveOpen: true);
    }

    internal void Add(string name, ReadOnlySpan<float> values, ReadOnlySpan<int> shape)
    {
        NativeText.CheckedPath(name);
        if (!_names.Add(name))
        {
            throw new ArgumentException($"Two arrays are named '{name}'.", nameof(name));
        }

        using Stream content = _archive.CreateEntry(name + ".npy", CompressionLevel.NoCompression).Open();
        Npy.Write(content, values, shape);
    }

    internal void Complete()
    {
        _archive.Dispose();
        _file.Complete();
    }

    public void Dispose()
    {
        _archive.Dispose();
        _file.Dispose();
    }
}
