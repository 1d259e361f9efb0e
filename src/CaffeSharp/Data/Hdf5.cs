using System.Globalization;
using System.Numerics;
using System.Numerics.Tensors;
using CaffeSharp.Interop;
using PureHDF;
using PureHDF.VOL.Native;

namespace CaffeSharp;

/// <summary>HDF5 files of arrays, as HDF5Data layers read and HDF5Output layers write them. An array in a group has the
/// group's name before its own: "data/conv1/0". All members may be called from any thread.</summary>
public static class Hdf5
{
    private const char Separator = '/';

    /// <summary>Writes arrays as 32-bit floats into a file, which is replaced, and appears whole or not at all. An HDF5Data
    /// layer reads the arrays of its tops' names; the first axis is that of the examples.</summary>
    /// <param name="path">The file; by custom it ends with .h5.</param>
    /// <param name="arrays">The arrays by their names.</param>
    /// <exception cref="ArgumentException">There are no arrays; a name comes twice, is empty, or is another's group; or the
    /// path is empty.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public static void Write(string path, IEnumerable<KeyValuePair<string, NpyArray>> arrays)
    {
        ArgumentNullException.ThrowIfNull(arrays);
        H5File content = [];
        foreach ((string name, NpyArray array) in arrays)
        {
            Add(content, name, array);
        }

        if (content.Count == 0)
        {
            throw new ArgumentException("There are no arrays to write.", nameof(arrays));
        }

        using WholeFile file = new(path);
        content.Write(file.Stream);
        file.Complete();
    }

    /// <summary>Reads arrays as 32-bit floats: floats of 16, 32 or 64 bits and integers of 8 to 64, of either byte order, as
    /// HDF5Data layers do.</summary>
    /// <param name="path">The file.</param>
    /// <param name="names">Names of the arrays to read; none for all.</param>
    /// <returns>The arrays by name: those that were asked for in that order, all in the file's.</returns>
    /// <exception cref="ArgumentException">The path or a name is empty.</exception>
    /// <exception cref="KeyNotFoundException">There is no such array; the message has the nearest name.</exception>
    /// <exception cref="InvalidDataException">It is no HDF5 file, is damaged, or an array holds no numbers or more than a blob
    /// can have.</exception>
    /// <exception cref="IOException">It cannot be read; a <see cref="FileNotFoundException"/> where it is not there.</exception>
    public static IReadOnlyDictionary<string, NpyArray> Read(string path, params IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        using FileStream stream = ExistingFile.Open(path);
        OrderedDictionary<string, NpyArray> arrays = new(StringComparer.Ordinal);
        try
        {
            using NativeFile file = H5File.Open(stream, leaveOpen: true);
            OrderedDictionary<string, IH5Dataset> datasets = new(StringComparer.Ordinal);
            Collect(file, string.Empty, datasets);
            foreach (string name in names.Count == 0 ? [.. datasets.Keys] : names)
            {
                ArgumentException.ThrowIfNullOrEmpty(name, nameof(names));
                arrays[name] = datasets.TryGetValue(name, out IH5Dataset? dataset)
                    ? ToArray(path, name, dataset)
                    : throw new KeyNotFoundException(
                        $"There is no array '{name}' in {path}.{NearestName.Suggestion(name, datasets.Keys)}");
            }
        }
        catch (Exception error) when (error is not (
            InvalidDataException or KeyNotFoundException or ArgumentException { ParamName: nameof(names) } or OutOfMemoryException))
        {
            // The reader has no exception of its own for a file that is not what it should be.
            throw new InvalidDataException($"{path} is no HDF5 file, or a damaged one: {error.Message}", error);
        }

        return arrays;
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

    private static void Add(H5File content, string name, NpyArray array)
    {
        string[] parts = NativeText.CheckedPath(name).Split(Separator);
        H5Group group = content;
        foreach (string part in parts[..^1])
        {
            if (!group.TryGetValue(part, out object? inner))
            {
                group[part] = inner = new H5Group();
            }

            group = inner as H5Group
                ?? throw new ArgumentException($"The array '{name}' is in a group that is an array itself.", nameof(name));
        }

        if (parts.Any(part => part is "" or "." or ".."))
        {
            throw new ArgumentException($"The array's name '{name}' has a part that names nothing.", nameof(name));
        }

        if (!group.TryAdd(parts[^1], ToDataset(array)))
        {
            throw new ArgumentException($"Two arrays, or an array and a group, are named '{name}'.", nameof(name));
        }
    }

    private static H5Dataset ToDataset(NpyArray array) => array.Shape.IsEmpty
        ? new H5Dataset(array.Values.Span[0])
        : new H5Dataset(
            array.Values.ToArray(), fileDims: Array.ConvertAll(array.Shape.ToArray(), dimension => (ulong)dimension));

    private static void Collect(IH5Group group, string prefix, OrderedDictionary<string, IH5Dataset> datasets)
    {
        foreach (IH5Object child in group.Children())
        {
            if (child is IH5Dataset dataset)
            {
                datasets[prefix + child.Name] = dataset;
            }
            else if (child is IH5Group inner)
            {
                Collect(inner, prefix + child.Name + Separator, datasets);
            }
        }
    }

    private static NpyArray ToArray(string path, string name, IH5Dataset dataset)
    {
        ulong[] dimensions = dataset.Space.Dimensions;
        string shape = string.Join(" x ", dimensions.Select(dimension => dimension.ToString(CultureInfo.InvariantCulture)));
        BigInteger count = dimensions.Aggregate(BigInteger.One, (product, dimension) => product * dimension);
        if (count > int.MaxValue || dimensions.Any(dimension => dimension > int.MaxValue) ||
            dimensions.Length > BlobNative.MaxAxes)
        {
            throw new InvalidDataException($"{path}: the array '{name}' has the shape {shape}, which no blob can have.");
        }

        float[] values = count.IsZero ? [] : ReadFloats(dataset)
            ?? throw new InvalidDataException(
                $"{path}: the array '{name}' holds values of the type {dataset.Type.Class}, {dataset.Type.Size} bytes each, " +
                "which are no numbers that a blob can have.");
        return values.Length == (int)count
            ? new(values, Array.ConvertAll(dimensions, dimension => (int)dimension))
            : throw new InvalidDataException($"{path}: the array '{name}' has the shape {shape} and {values.Length} values.");
    }

    /// <summary>The values as floats; null where they are no numbers.</summary>
    private static float[]? ReadFloats(IH5Dataset dataset)
    {
        IH5DataType type = dataset.Type;
        bool signed = type.Class == H5DataTypeClass.FixedPoint && type.FixedPoint.IsSigned;
        return (type.Class, type.Size, signed) switch
        {
            (H5DataTypeClass.FloatingPoint, 4, _) => dataset.Read<float[]>(),
            (H5DataTypeClass.FloatingPoint, 8, _) => Read<double>(dataset),
            (H5DataTypeClass.FloatingPoint, 2, _) => Read<Half>(dataset),
            (H5DataTypeClass.FixedPoint, 1, false) => Read<byte>(dataset),
            (H5DataTypeClass.FixedPoint, 1, true) => Read<sbyte>(dataset),
            (H5DataTypeClass.FixedPoint, 2, false) => Read<ushort>(dataset),
            (H5DataTypeClass.FixedPoint, 2, true) => Read<short>(dataset),
            (H5DataTypeClass.FixedPoint, 4, false) => Read<uint>(dataset),
            (H5DataTypeClass.FixedPoint, 4, true) => Read<int>(dataset),
            (H5DataTypeClass.FixedPoint, 8, false) => Read<ulong>(dataset),
            (H5DataTypeClass.FixedPoint, 8, true) => Read<long>(dataset),
            _ => null,
        };
    }

    private static float[] Read<T>(IH5Dataset dataset)
        where T : unmanaged, INumberBase<T>
    {
        T[] values = dataset.Read<T[]>();
        float[] floats = new float[values.Length];
        TensorPrimitives.ConvertTruncating<T, float>(values, floats);
        return floats;
    }
}
