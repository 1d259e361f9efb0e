using System.Runtime.InteropServices;

namespace CaffeSharp.Interop;

/// <summary>net_hook.h.</summary>
internal static unsafe partial class NetHookNative
{
    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_net_set_hook(
        NetHandle net, int moment, delegate* unmanaged[Cdecl]<long, int, int, byte*, int, int*, void> callback, long context);
}
