using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

namespace CaffeSharp.Interop;

/// <summary>hdf5.h.</summary>
internal static partial class Hdf5Native
{
    [LibraryImport(NativeLibraryName.Import, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial CaffeStatus caffe_hdf5_open(string path, out Hdf5Handle file);

    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_hdf5_destroy(nint file);

    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_hdf5_count(Hdf5Handle file, out int count);

    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_hdf5_name(
        Hdf5Handle file, int index, [MarshalUsing(typeof(UnownedStringMarshaller))] out string name);

    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_hdf5_shape(Hdf5Handle file, int index, Span<int> shape, int capacity, out int axes);

    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_hdf5_read(Hdf5Handle file, int index, Span<float> values, long count);

    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_hdf5_image_create(out Hdf5ImageHandle image);

    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_hdf5_image_destroy(nint image);

    [LibraryImport(NativeLibraryName.Import, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial CaffeStatus caffe_hdf5_image_add(
        Hdf5ImageHandle image, string name, ReadOnlySpan<float> values, long count, ReadOnlySpan<int> shape, int axes);

    [LibraryImport(NativeLibraryName.Import)]
    internal static unsafe partial CaffeStatus caffe_hdf5_image_bytes(Hdf5ImageHandle image, out byte* bytes, out long length);
}
