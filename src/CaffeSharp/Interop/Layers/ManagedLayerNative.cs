using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

namespace CaffeSharp.Interop;

/// <summary>managed_layer.h. A caffe_managed_call is lent for the length of a callback, and so has no handle.</summary>
internal static unsafe partial class ManagedLayerNative
{
    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_managed_set_callbacks(
        delegate* unmanaged[Cdecl]<byte*, byte*, long*, byte*, int, int*, void> create,
        delegate* unmanaged[Cdecl]<long, int, nint, byte*, int, int*, void> run,
        delegate* unmanaged[Cdecl]<long, void> destroy);

    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_managed_describe(nint call, out NativeManagedDescription description);

    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_managed_bottom(
        nint call, int bottom, [MarshalUsing(typeof(UnownedStringMarshaller))] out string name, out BlobHandle blob);

    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_managed_top(
        nint call, int top, [MarshalUsing(typeof(UnownedStringMarshaller))] out string name, out BlobHandle blob);

    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_managed_propagates_down(nint call, int bottom, out int propagates);

    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_managed_add_parameter(
        nint call, ReadOnlySpan<int> shape, int axes, out BlobHandle blob);
}
