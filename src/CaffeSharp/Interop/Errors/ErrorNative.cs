using System.Runtime.InteropServices;

namespace CaffeSharp.Interop;

/// <summary>error.h.</summary>
internal static partial class ErrorNative
{
    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_error_last(out NativeError error);

    [LibraryImport(NativeLibraryName.Import, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial CaffeStatus caffe_error_nearest_name(string name, string[] candidates, int count, out int index);
}
