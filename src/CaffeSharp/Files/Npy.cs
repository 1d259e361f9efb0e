using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace CaffeSharp;

/// <summary>Reads and writes tensors as NumPy's .npy files, as np.load and np.save do. All members may be called from any
/// thread.</summary>
public static class Npy
{
    /// <summary>Writes a tensor as a file of 32-bit floats, row-major. The file is replaced, and appears whole or not at
    /// all.</summary>
    /// <param name="path">The file; by custom it ends with .npy.</param>
    /// <param name="tensor">The tensor. One that is not dense, as a slice, is copied first.</param>
    /// <exception cref="ArgumentException">The tensor has a shape no blob can have, or the path is empty.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, in ReadOnlyTensorSpan<float> tensor) =>
        Write(path, TensorShape.Values(tensor), TensorShape.Of(tensor.Lengths, nameof(tensor)));

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
    /// column-major.</summary>
    /// <param name="path">The file.</param>
    /// <returns>A dense tensor of 32-bit floats, row-major. A scalar becomes a tensor of the shape 1.</returns>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    /// <exception cref="InvalidDataException">It is no .npy file, is truncated, or holds no numbers.</exception>
    /// <exception cref="IOException">It cannot be read; a <see cref="FileNotFoundException"/> if it does not exist.</exception>
    public static Tensor<float> Read(string path)
    {
        using FileStream stream = ExistingFile.Open(path);
        return Read(stream, stream.Length, path);
    }

    /// <summary>Reads an array that fills a stream of known length; messages call it by name.</summary>
    internal static Tensor<float> Read(Stream stream, long length, string name)
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
            return TensorShape.Wrap(header.IsColumnMajor ? RowMajor(values, header.Shape) : values, header.Shape);
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
