using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using CaffeSharp.Interop;

namespace CaffeSharp;

/// <summary>Where Caffe calls the hooks of a net.</summary>
#pragma warning disable CA1031 // Nothing managed may be thrown through native frames.
internal static unsafe class NetHookBridge
{
    /// <summary>Lets the net call its hooks at a moment, or not any more.</summary>
    internal static void Set(NetHandle net, HookMoment moment, bool isSet, GCHandle hooks) =>
        NetHookNative.caffe_net_set_hook(net, (int)moment, isSet ? &Run : null, GCHandle.ToIntPtr(hooks)).ThrowIfFailed();

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Run(long context, int moment, int layer, byte* message, int capacity, int* status)
    {
        // The net's handle, which owns the hooks, is in use by the call that runs the net.
        NetHooks hooks = (NetHooks)GCHandle.FromIntPtr((nint)context).Target!;
        try
        {
            hooks.Run((HookMoment)moment, layer);
            *status = (int)CaffeStatus.Ok;
        }
        catch (Exception error)
        {
            string where = $"a {(HookMoment)moment} hook";
            *status = KeptException.Keep(error, hooks.LayerName(layer), where, message, capacity);
        }
    }
}
#pragma warning restore CA1031
