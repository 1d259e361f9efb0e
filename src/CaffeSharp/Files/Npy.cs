using System.Runtime.InteropServices;

namespace CaffeSharp;

/// <summary>NumPy's .npy files, as np.save writes and np.load reads them.</summary>
public static class Npy
{
    /// <summary>Writes 32-bit floats, row-major, as a file, which is replaced, and appears whole or not at all.</summary>
    /// <param name="path">The file; by custom it ends with .npy.</param>
    /// <param name="values">The values, row-major.</param>
    /// <param name="shape">Lengths of the axes, outermost first; none for a scalar.</param>
    /// <exception cref="ArgumentException">The shape has another number of elements, or the path is empty.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, ReadOnlySpan<float> values, params ReadOnlySpan<int> shape)
    {
        CheckFilled(values, shape);
        using WholeFile file = new(path);
        Write(file.Stream, values, shape);
        file.Complete();
    }

    /// <summary>Writes 32-bit floats, row-major, to a stream.</summary>
    /// <param name="stream">The stream, which stays open.</param>
    /// <param name="values">The values, row-major.</param>
    /// <param name="shape">Lengths of the axes, outermost first; none for a scalar.</param>
    /// <exception cref="ArgumentException">The shape has another number of elements.</exception>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    public static void Write(Stream stream, ReadOnlySpan<float> values, params ReadOnlySpan<int> shape)
    {
        ArgumentNullException.ThrowIfNull(stream);
        CheckFilled(values, shape);
        stream.Write(NpyHeader.ForFloats(shape));
        stream.Write(MemoryMarshal.AsBytes(values));
    }

    /// <summary>Reads a file of floats of 16, 32 or 64 bits, integers or booleans, of either byte order, row-major or
    /// column-major, as 32-bit floats, row-major.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    /// <exception cref="InvalidDataException">It is no .npy file, is truncated, or holds no numbers.</exception>
    /// <exception cref="IOException">It cannot be read; a <see cref="FileNotFoundException"/> where it is not there.</exception>
    public static NpyArray Read(string path)
    {
        using FileStream stream = ExistingFile.Open(path);
        return Read(stream, stream.Length, path);
    }

    /// <summary>Reads an array that fills a stream of known length; messages call it by name.</summary>
    internal static NpyArray Read(Stream stream, long length, string name)
    {
        try
        {
            NpyHeader header = NpyHeader.Read(stream, name);
            long expected = header.Length + ((long)header.Count * header.Type.Size);
            if (length != expected)
            {
                throw new InvalidDataException(
                    $"{name} has {length} bytes; an array of {header.Count} values of type {header.Type.Name} has {expected}.");
            }

            byte[] bytes = new byte[header.Count * (long)header.Type.Size];
            stream.ReadExactly(bytes);
            float[] values = header.Type.ToFloats(bytes);
            return new(header.IsColumnMajor ? RowMajor(values, header.Shape) : values, header.Shape);
        }
        catch (EndOfStreamException)
        {
            throw new InvalidDataException($"{name} is truncated: it ends within its header or values.");
        }
    }

    private static void CheckFilled(ReadOnlySpan<float> values, ReadOnlySpan<int> shape)
    {
        if (BlobShape.CheckedCount(shape) != values.Length)
        {
            throw new ArgumentException(
                $"{values.Length} values do not fill the shape {BlobShape.Describe(shape)}.", nameof(values));
        }
    }

    private static float[] RowMajor(float[] columnMajor, ReadOnlySpan<int> shape)
    {
        float[] rowMajor = new float[columnMajor.Length];
        int[] indices = new int[shape.Length];
        for (int target = 0; target < rowMajor.Length; target++)
        {
            int source = 0;
            for (int axis = shape.Length - 1; axis >= 0; axis--)
            {
                source = (source * shape[axis]) + indices[axis];
            }

            rowMajor[target] = columnMajor[source];
            for (int axis = shape.Length - 1; axis >= 0 && ++indices[axis] == shape[axis]; axis--)
            {
                indices[axis] = 0;
            }
        }

        return rowMajor;
    }
}
