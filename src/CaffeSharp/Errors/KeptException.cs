using System.Runtime.ExceptionServices;
using System.Text;
using CaffeSharp.Interop;

namespace CaffeSharp;

/// <summary>Nothing managed may be thrown through native frames: what a callback threw waits here, on the thread that made
/// the native call, until the frames between are gone, and then continues as itself.</summary>
internal static unsafe class KeptException
{
    [ThreadStatic]
    private static ExceptionDispatchInfo? t_kept;

    /// <summary>Keeps the exception and tells Caffe of it.</summary>
    /// <param name="error">What was thrown.</param>
    /// <param name="where">Where, for Caffe's message.</param>
    /// <param name="message">Room for the message.</param>
    /// <param name="capacity">Its bytes.</param>
    /// <returns>The status of the callback.</returns>
    internal static int Keep(Exception error, string where, byte* message, int capacity)
    {
        t_kept = ExceptionDispatchInfo.Capture(error);
        Write($"{where} threw {error.GetType()}: {error.Message}", message, capacity);
        return (int)CaffeStatus.ErrorLayer;
    }

    /// <summary>As <see cref="Keep(Exception, string, byte*, int)"/>, with the layer's name noted in the exception.</summary>
    internal static int Keep(Exception error, string layer, string where, byte* message, int capacity)
    {
        if (!error.Data.IsReadOnly)
        {
            error.Data[ManagedLayer.FailedLayerKey] = layer;
        }

        return Keep(error, where, message, capacity);
    }

    /// <summary>Throws what the callback threw whose failure ended the thread's last native call.</summary>
    internal static void Rethrow()
    {
        ExceptionDispatchInfo? kept = t_kept;
        t_kept = null;
        kept?.Throw();
    }

    /// <summary>As much of the text as fits, in whole characters, with a zero at its end.</summary>
    internal static void Write(string text, byte* message, int capacity)
    {
        Span<byte> room = new(message, capacity - 1);
        Encoding.UTF8.GetEncoder().Convert(text, room, flush: true, out _, out int written, out _);
        message[written] = 0;
    }
}
