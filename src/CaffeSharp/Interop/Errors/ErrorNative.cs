using System.Runtime.InteropServices;

namespace CaffeSharp.Interop;

/// <summary>error.h.</summary>
internal static partial class ErrorNative
{
    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_error_last(out NativeError error);
}
