using CaffeSharp.Interop;

namespace CaffeSharp;

/// <summary>The library's count of what may have reshaped a blob or moved its memory, read without a call. The library must
/// be loaded.</summary>
internal static unsafe class BlobVersion
{
    private static readonly long* s_count = (long*)Find();

    internal static long Current => Volatile.Read(ref *s_count);

    private static nint Find()
    {
        BlobNative.caffe_blob_version(out nint version).ThrowIfFailed();
        return version;
    }
}
