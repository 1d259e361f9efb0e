using System.Numerics.Tensors;
using CaffeSharp.Interop;

namespace CaffeSharp;

/// <summary>An HDF5 file in memory, to which arrays are added. One thread at a time.</summary>
internal sealed class Hdf5Writer : IDisposable
{
    private const char Separator = '/';

    private readonly Hdf5ImageHandle _image;
    private readonly HashSet<string> _arrays = new(StringComparer.Ordinal);
    private readonly HashSet<string> _groups = new(StringComparer.Ordinal);

    internal Hdf5Writer() => Hdf5Native.caffe_hdf5_image_create(out _image).ThrowIfFailed();

    internal bool IsEmpty => _arrays.Count == 0;

    /// <exception cref="ArgumentException">The name comes twice, is empty, or is another's group.</exception>
    internal void Add(string name, Tensor<float> tensor)
    {
        string[] parts = NativeText.CheckedPath(name).Split(Separator);
        if (parts.Any(part => part is "" or "." or ".."))
        {
            throw new ArgumentException($"The array's name '{name}' has a part that names nothing.", nameof(name));
        }

        for (int part = 1; part < parts.Length; part++)
        {
            string group = string.Join(Separator, parts[..part]);
            if (_arrays.Contains(group))
            {
                throw new ArgumentException($"The array '{name}' is in a group that is an array itself.", nameof(name));
            }

            _groups.Add(group);
        }

        if (_groups.Contains(name) || !_arrays.Add(name))
        {
            throw new ArgumentException($"Two arrays, or an array and a group, are named '{name}'.", nameof(name));
        }

        ReadOnlySpan<float> values = TensorShape.Values(tensor);
        int[] shape = TensorShape.Of(tensor.Lengths);
        Hdf5Native.caffe_hdf5_image_add(_image, name, values, values.Length, shape, shape.Length).ThrowIfFailed();
    }

    /// <summary>Writes the whole file.</summary>
    internal unsafe void WriteTo(Stream stream)
    {
        Hdf5Native.caffe_hdf5_image_bytes(_image, out byte* bytes, out long length).ThrowIfFailed();
        for (long at = 0; at < length; at += int.MaxValue)
        {
            stream.Write(new ReadOnlySpan<byte>(bytes + at, (int)Math.Min(int.MaxValue, length - at)));
        }
    }

    public void Dispose() => _image.Dispose();
}
