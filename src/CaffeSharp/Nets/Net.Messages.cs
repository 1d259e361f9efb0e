using System.Diagnostics.CodeAnalysis;
using CaffeSharp.Interop;
using CaffeSharp.Messages;

namespace CaffeSharp;

/// <content>Nets from messages, and back.</content>
public sealed partial class Net
{
    /// <summary>Makes a net from a message of any age. Layers that hold weights give them to the net, the others have what
    /// their fillers give.</summary>
    /// <param name="parameter">The net, which stays as it is.</param>
    /// <param name="options">How; null for inference on the CPU.</param>
    /// <param name="name">What messages call it; null for "&lt;message&gt;".</param>
    /// <exception cref="ArgumentException">A required field is not set.</exception>
    /// <exception cref="CaffeException">Caffe cannot make this net, or weights have another shape than their layer requires
    /// (with the layer).</exception>
    /// <exception cref="NativeLibraryException">The native half cannot be loaded.</exception>
    [SuppressMessage("Reliability", "CA2000", Justification = "The net that is made of a handle owns it.")]
    public static Net FromParameter(NetParameter parameter, NetOptions? options = null, string? name = null)
    {
        string? checkedName = name is null ? null : NativeText.Checked(name);
        NetOptions used = options ?? new();
        using NativeMessage message = NativeMessage.Of(parameter, checkedName);
        using NetOptionsMemory memory = new(used);
        NativeNetOptions native = memory.Value;
        MessageNative.caffe_message_create_net(message.Handle, checkedName, in native, out NetHandle handle).ThrowIfFailed();
        return new(handle, used);
    }

    /// <summary>The net as a message: what <see cref="Save"/> writes into a caffemodel. Splits that Caffe inserted are
    /// among its layers.</summary>
    /// <param name="writeDiff">Whether the diffs are in it too.</param>
    /// <exception cref="CaffeException">The net is larger than protobuf's limit of 2.1 GB, or another thread is inside
    /// it.</exception>
    /// <exception cref="ObjectDisposedException">The net is disposed.</exception>
    public NetParameter ToParameter(bool writeDiff = false)
    {
        ThrowIfDisposed();
        using NativeMessage message = NativeMessage.OfNet(Handle, writeDiff);
        return message.Managed<NetParameter>($"net '{Name}'");
    }
}
