using System.IO.Compression;

namespace CaffeSharp;

/// <summary>NumPy's .npz files, several arrays by name, as np.savez writes and np.load reads them. Names may hold slashes,
/// as those of blobs do: np.load gives them back as they are.</summary>
public static class Npz
{
    /// <summary>Writes arrays as a file, which is replaced, and appears whole or not at all.</summary>
    /// <param name="path">The file; by custom it ends with .npz.</param>
    /// <param name="arrays">The arrays by their names.</param>
    /// <exception cref="ArgumentException">A name comes twice, or it or the path is empty.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, IEnumerable<KeyValuePair<string, NpyArray>> arrays)
    {
        ArgumentNullException.ThrowIfNull(arrays);
        using NpzWriter writer = new(path);
        foreach ((string name, NpyArray array) in arrays)
        {
            writer.Add(name, array.Values.Span, array.Shape);
        }

        writer.Complete();
    }

    /// <summary>Reads all arrays of a file, in its order, each as <see cref="Npy.Read(string)"/> does.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    /// <exception cref="InvalidDataException">It is no .npz file, is damaged, or holds something other than numbers.</exception>
    /// <exception cref="IOException">It cannot be read; a <see cref="FileNotFoundException"/> where it is not there.</exception>
    public static IReadOnlyDictionary<string, NpyArray> Read(string path)
    {
        using FileStream stream = ExistingFile.Open(path);
        OrderedDictionary<string, NpyArray> arrays = new(StringComparer.Ordinal);
        try
        {
            using ZipArchive archive = new(stream, ZipArchiveMode.Read);
            foreach (ZipArchiveEntry entry in archive.Entries)
            {
                using Stream content = entry.Open();
                string name = entry.FullName.EndsWith(".npy", StringComparison.Ordinal)
                    ? entry.FullName[..^4] : entry.FullName;
                arrays[name] = Npy.Read(content, entry.Length, $"{path}, array '{name}',");
            }
        }
        catch (InvalidDataException error) when (!error.Message.StartsWith(path, StringComparison.Ordinal))
        {
            throw new InvalidDataException($"{path} is no .npz file, or damaged: {error.Message}", error);
        }

        return arrays;
    }
}
