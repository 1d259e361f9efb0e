using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using System.Text;

namespace CaffeSharp.Interop;

/// <summary>Where Caffe calls the layers in C#. What a layer throws waits here, on the thread that runs the net, until the
/// native frames between are gone, and then goes on as itself.</summary>
#pragma warning disable CA1031 // Nothing managed may be thrown through native frames.
internal static unsafe class ManagedLayerBridge
{
    [ThreadStatic]
    private static ExceptionDispatchInfo? t_failure;

    /// <summary>Tells the library, which must be loaded, where to call.</summary>
    internal static void Install() =>
        ManagedLayerNative.caffe_managed_set_callbacks(&Create, &Run, &Destroy).ThrowIfFailed();

    /// <summary>Throws what the layer threw whose failure ended the thread's last native call.</summary>
    internal static void RethrowFailure()
    {
        ExceptionDispatchInfo? failure = t_failure;
        t_failure = null;
        failure?.Throw();
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Create(byte* module, byte* layer, long* id, byte* message, int capacity, int* status)
    {
        try
        {
            ManagedLayer made = ManagedLayers.Create(
                BorrowedStringMarshaller.ConvertToManaged(module), BorrowedStringMarshaller.ConvertToManaged(layer));
            // A strong handle: the layer lives until Caffe destroys its own half.
            *id = GCHandle.ToIntPtr(GCHandle.Alloc(made));
            *status = (int)CaffeStatus.Ok;
        }
        catch (UnregisteredLayerException error)
        {
            *status = (int)CaffeStatus.ErrorFormat;
            Write(error.Message, message, capacity);
        }
        catch (Exception error)
        {
            *status = Keep(error, "its constructor", message, capacity);
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
            if (!error.Data.IsReadOnly)
            {
                error.Data[ManagedLayer.FailedLayerKey] = layer.Name;
            }

            *status = Keep(error, ((ManagedMethod)method).ToString(), message, capacity);
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

    private static int Keep(Exception error, string where, byte* message, int capacity)
    {
        t_failure = ExceptionDispatchInfo.Capture(error);
        Write($"{where} threw {error.GetType()}: {error.Message}", message, capacity);
        return (int)CaffeStatus.ErrorLayer;
    }

    /// <summary>As much of the text as fits, in whole characters, with a zero at its end.</summary>
    private static void Write(string text, byte* message, int capacity)
    {
        Span<byte> room = new(message, capacity - 1);
        Encoding.UTF8.GetEncoder().Convert(text, room, flush: true, out _, out int written, out _);
        message[written] = 0;
    }
}
#pragma warning restore CA1031
