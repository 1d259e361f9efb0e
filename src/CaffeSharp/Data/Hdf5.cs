using System.Numerics.Tensors;
using CaffeSharp.Interop;

namespace CaffeSharp;

/// <summary>Reads and writes tensors as the arrays of HDF5 files, as HDF5Data layers read and HDF5Output layers write them. An
/// array in a group has the group's name before its own: "data/conv1/0". All members may be called from any thread.</summary>
public static class Hdf5
{
    /// <summary>Writes tensors as arrays of 32-bit floats into a file, which is replaced, and appears whole or not at all. An HDF5Data
    /// layer reads the arrays of its tops' names; the first axis is that of the examples.</summary>
    /// <param name="path">The file; by custom it ends with .h5.</param>
    /// <param name="tensors">The tensors by their names.</param>
    /// <exception cref="ArgumentException">There are no tensors; a name comes twice, is empty, or is another's group; or the
    /// path is empty.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public static void Write(string path, IEnumerable<KeyValuePair<string, Tensor<float>>> tensors)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        using Hdf5Writer writer = new();
        foreach ((string name, Tensor<float> tensor) in tensors)
        {
            writer.Add(name, tensor);
        }

        if (writer.IsEmpty)
        {
            throw new ArgumentException("There are no tensors to write.", nameof(tensors));
        }

        using WholeFile file = new(path);
        writer.WriteTo(file.Stream);
        file.Complete();
    }

    /// <summary>Reads arrays as 32-bit floats: floats of 16, 32 or 64 bits and integers of 8 to 64, of either byte order, as
    /// HDF5Data layers do, by the same library and within the same limits.</summary>
    /// <param name="path">The file.</param>
    /// <param name="names">Names of the arrays to read; none for all.</param>
    /// <returns>Dense tensors by name: those that were asked for in that order, all in the order of their names. A scalar
    /// becomes a tensor of the shape 1.</returns>
    /// <exception cref="ArgumentException">The path or a name is empty.</exception>
    /// <exception cref="KeyNotFoundException">There is no such array; the message has the nearest name.</exception>
    /// <exception cref="InvalidDataException">It is not an HDF5 file, is damaged, or an array holds no numbers, more than a blob
    /// can have, or refers to numbers in another file.</exception>
    /// <exception cref="IOException">It cannot be read; a <see cref="FileNotFoundException"/> if it does not exist.</exception>
    public static IReadOnlyDictionary<string, Tensor<float>> Read(string path, params IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        ExistingFile.Open(path).Dispose();
        try
        {
            Hdf5Native.caffe_hdf5_open(path, out Hdf5Handle handle).ThrowIfFailed();
            using Hdf5Handle file = handle;
            OrderedDictionary<string, int> indices = Indices(file);
            OrderedDictionary<string, Tensor<float>> tensors = new(StringComparer.Ordinal);
            foreach (string name in names.Count == 0 ? [.. indices.Keys] : names)
            {
                ArgumentException.ThrowIfNullOrEmpty(name, nameof(names));
                tensors[name] = indices.TryGetValue(name, out int index)
                    ? ReadArray(file, index)
                    : throw new KeyNotFoundException(
                        $"There is no array '{name}' in {path}.{NearestName.Suggestion(name, indices.Keys)}");
            }

            return tensors;
        }
        catch (CaffeException error) when (error.Kind == CaffeErrorKind.Format)
        {
            throw new InvalidDataException(error.Message, error);
        }
    }

    /// <summary>Writes the list of files that an HDF5Data layer's <c>source</c> names, with absolute paths, so that the net
    /// may be made from any folder.</summary>
    /// <param name="path">The list, which is replaced, and appears whole or not at all.</param>
    /// <param name="files">The HDF5 files, seen from the current folder.</param>
    /// <exception cref="ArgumentException">There are no files; or a path is empty or, made absolute, has white space in it,
    /// at which Caffe would cut it.</exception>
    /// <exception cref="CaffeException">The list cannot be written.</exception>
    public static void WriteList(string path, params IReadOnlyList<string> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        if (files.Count == 0)
        {
            throw new ArgumentException("A list without files is of no use.", nameof(files));
        }

        string[] absolute = [.. files.Select(file => Path.GetFullPath(NativeText.CheckedPath(file, nameof(files))))];
        if (absolute.FirstOrDefault(file => file.Any(char.IsWhiteSpace)) is { } cut)
        {
            throw new ArgumentException($"The path '{cut}' has white space in it, at which Caffe would cut it.", nameof(files));
        }

        MessageFile.Write(path, [.. absolute.SelectMany(file => System.Text.Encoding.UTF8.GetBytes(file + '\n'))]);
    }

    private static OrderedDictionary<string, int> Indices(Hdf5Handle file)
    {
        Hdf5Native.caffe_hdf5_count(file, out int count).ThrowIfFailed();
        OrderedDictionary<string, int> indices = new(StringComparer.Ordinal);
        for (int index = 0; index < count; index++)
        {
            Hdf5Native.caffe_hdf5_name(file, index, out string name).ThrowIfFailed();
            indices[name] = index;
        }

        return indices;
    }

    private static Tensor<float> ReadArray(Hdf5Handle file, int index)
    {
        Span<int> shape = stackalloc int[Blob.MaxAxes];
        Hdf5Native.caffe_hdf5_shape(file, index, shape, shape.Length, out int axes).ThrowIfFailed();
        shape = shape[..axes];
        float[] values = new float[BlobShape.Count(shape)];
        Hdf5Native.caffe_hdf5_read(file, index, values, values.Length).ThrowIfFailed();
        return TensorShape.Wrap(values, shape);
    }
}
