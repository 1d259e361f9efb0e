using System.IO.Compression;
using System.Numerics.Tensors;

namespace CaffeSharp;

/// <summary>Reads and writes tensors by name as NumPy's .npz files, as np.load and np.savez do. Names may hold slashes, as
/// those of blobs do: np.load gives them back as they are. All members may be called from any thread.</summary>
public static class Npz
{
    /// <summary>Writes tensors as a file of 32-bit floats, row-major, which is replaced, and appears whole or not at all.</summary>
    /// <param name="path">The file; by custom it ends with .npz.</param>
    /// <param name="tensors">The tensors by their names.</param>
    /// <exception cref="ArgumentException">A name comes twice, or it or the path is empty.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, IEnumerable<KeyValuePair<string, Tensor<float>>> tensors)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        using NpzWriter writer = new(path);
        foreach ((string name, Tensor<float> tensor) in tensors)
        {
            writer.Add(name, TensorShape.Values(tensor), TensorShape.Of(tensor.Lengths));
        }

        writer.Complete();
    }

    /// <summary>Reads all tensors of a file, in its order, each as <see cref="Npy.Read(string)"/> does.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    /// <exception cref="InvalidDataException">It is no .npz file, is damaged, or holds something other than numbers.</exception>
    /// <exception cref="IOException">It cannot be read; a <see cref="FileNotFoundException"/> if it does not exist.</exception>
    public static IReadOnlyDictionary<string, Tensor<float>> Read(string path)
    {
        using FileStream stream = ExistingFile.Open(path);
        OrderedDictionary<string, Tensor<float>> tensors = new(StringComparer.Ordinal);
        try
        {
            using ZipArchive archive = new(stream, ZipArchiveMode.Read);
            foreach (ZipArchiveEntry entry in archive.Entries)
            {
                using Stream content = entry.Open();
                string name = entry.FullName.EndsWith(".npy", StringComparison.Ordinal)
                    ? entry.FullName[..^4] : entry.FullName;
                tensors[name] = Npy.Read(content, entry.Length, $"{path}, array '{name}',");
            }
        }
        catch (InvalidDataException error) when (!error.Message.StartsWith(path, StringComparison.Ordinal))
        {
            throw new InvalidDataException($"{path} is no .npz file, or damaged: {error.Message}", error);
        }

        return tensors;
    }
}
