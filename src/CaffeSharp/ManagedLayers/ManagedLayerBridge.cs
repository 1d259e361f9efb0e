using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using CaffeSharp.Interop;

namespace CaffeSharp;

/// <summary>Where Caffe calls the layers in C#.</summary>
#pragma warning disable CA1031 // Nothing managed may be thrown through native frames.
internal static unsafe class ManagedLayerBridge
{
    /// <summary>Tells the library, which must be loaded, where to call.</summary>
    internal static void Install() =>
        ManagedLayerNative.caffe_managed_set_callbacks(&Create, &Run, &Destroy).ThrowIfFailed();

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Create(byte* module, byte* layer, long* id, byte* message, int capacity, int* status)
    {
        try
        {
            ManagedLayer made = ManagedLayers.Create(
                UnownedStringMarshaller.ConvertToManaged(module), UnownedStringMarshaller.ConvertToManaged(layer));
            // A strong handle: the layer lives until Caffe destroys its own half.
            *id = GCHandle.ToIntPtr(GCHandle.Alloc(made));
            *status = (int)CaffeStatus.Ok;
        }
        catch (UnregisteredLayerException error)
        {
            *status = (int)CaffeStatus.ErrorFormat;
            KeptException.Write(error.Message, message, capacity);
        }
        catch (Exception error)
        {
            *status = KeptException.Keep(error, "its constructor", message, capacity);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Run(long id, int method, nint call, byte* message, int capacity, int* status)
    {
        ManagedLayer layer = Layer(id);
        try
        {
            using ManagedLayerCall scope = new(layer, call);
            scope.Run((ManagedMethod)method);
            *status = (int)CaffeStatus.Ok;
        }
        catch (Exception error)
        {
            *status = KeptException.Keep(error, layer.Name, ((ManagedMethod)method).ToString(), message, capacity);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Destroy(long id)
    {
        ManagedLayer layer = Layer(id);
        GCHandle.FromIntPtr((nint)id).Free();
        try
        {
            layer.Release();
        }
        catch (Exception error)
        {
            // Nobody waits for it: it may be the garbage collector that ends the net.
            LogBridge.Error($"Layer '{layer.Name}' was not disposed cleanly: {error}");
        }
    }

    private static ManagedLayer Layer(long id) => (ManagedLayer)GCHandle.FromIntPtr((nint)id).Target!;
}
#pragma warning restore CA1031
