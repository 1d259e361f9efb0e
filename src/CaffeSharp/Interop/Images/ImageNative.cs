using System.Runtime.InteropServices;

namespace CaffeSharp.Interop;

/// <summary>image.h. A caffe_image_result is lent for the length of a callback, and so has no handle.</summary>
internal static unsafe partial class ImageNative
{
    [LibraryImport(NativeLibraryName.Import, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial CaffeStatus caffe_image_set_codec(
        string name,
        delegate* unmanaged[Cdecl]<byte*, long, int, nint, byte*, int, int*, void> decode,
        delegate* unmanaged[Cdecl]<NativeImage*, byte*, nint, byte*, int, int*, void> encode,
        delegate* unmanaged[Cdecl]<NativeImage*, NativeImage*, int, byte*, int, int*, void> resize);

    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_image_allocate(
        nint result, int height, int width, int channels, int depth, out NativeImage image);
}
