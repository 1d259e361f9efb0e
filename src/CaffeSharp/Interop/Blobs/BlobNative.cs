using System.Runtime.InteropServices;

namespace CaffeSharp.Interop;

/// <summary>blob.h.</summary>
internal static partial class BlobNative
{
    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_blob_create(ReadOnlySpan<int> shape, int axes, out BlobHandle blob);

    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_blob_destroy(nint blob);

    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_blob_shape(
        BlobHandle blob, Span<int> shape, int capacity, out int axes);

    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_blob_count(BlobHandle blob, out long count);

    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_blob_reshape(BlobHandle blob, ReadOnlySpan<int> shape, int axes);

    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_blob_data(BlobHandle blob, out nint data, out long count);

    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_blob_mutable_data(BlobHandle blob, out nint data, out long count);

    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_blob_overwrite_data(BlobHandle blob, out nint data, out long count);

    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_blob_diff(BlobHandle blob, out nint diff, out long count);

    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_blob_mutable_diff(BlobHandle blob, out nint diff, out long count);

    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_blob_memory(
        BlobHandle blob, int part, int isMutable, Span<int> shape, int capacity, out int axes, out nint memory,
        out long version);

    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_blob_version(out nint version);

    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_blob_gpu_data(BlobHandle blob, out nint data);

    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_blob_mutable_gpu_data(BlobHandle blob, out nint data);

    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_blob_gpu_diff(BlobHandle blob, out nint diff);

    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_blob_mutable_gpu_diff(BlobHandle blob, out nint diff);
}
