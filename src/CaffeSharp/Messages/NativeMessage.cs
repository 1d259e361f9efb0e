using System.Text;
using CaffeSharp.Interop;
using Google.Protobuf;

namespace CaffeSharp;

/// <summary>A message in the native half, where text format and Caffe's upgrades are. Both halves have their classes from
/// one caffe.proto, so bytes of one are bytes of the other.</summary>
internal sealed unsafe class NativeMessage : IDisposable
{
    internal NativeMessage(MessageHandle handle) => Handle = handle;

    internal MessageHandle Handle { get; }

    /// <param name="type">The message's name in caffe.proto.</param>
    /// <param name="text">Text format, in UTF-8.</param>
    /// <param name="name">What messages call the text; null for "&lt;text&gt;".</param>
    internal static NativeMessage FromText(string type, ReadOnlySpan<byte> text, string? name)
    {
        MessageNative.caffe_message_parse_text(type, text, text.Length, name, out MessageHandle handle).ThrowIfFailed();
        return new(handle);
    }

    /// <param name="message">The message, with its required fields.</param>
    /// <param name="name">What messages call it; null for "&lt;bytes&gt;".</param>
    internal static NativeMessage Of(IMessage message, string? name)
    {
        byte[] bytes = BinaryProto.ToBytes(message);
        MessageNative.caffe_message_parse_bytes(
            message.Descriptor.FullName, bytes, bytes.Length, name, out MessageHandle handle).ThrowIfFailed();
        return new(handle);
    }

    internal static NativeMessage OfNet(NetHandle net, bool writeDiff)
    {
        MessageNative.caffe_message_from_net(net, writeDiff ? 1 : 0, out MessageHandle handle).ThrowIfFailed();
        return new(handle);
    }

    internal string Text()
    {
        MessageNative.caffe_message_text(Handle, out byte* text, out long length).ThrowIfFailed();
        return Encoding.UTF8.GetString(new ReadOnlySpan<byte>(text, checked((int)length)));
    }

    internal T Managed<T>(string name)
        where T : IMessage<T>, new()
    {
        MessageNative.caffe_message_bytes(Handle, out byte* bytes, out long length).ThrowIfFailed();
        return BinaryProto.Parse<T>(new ReadOnlySpan<byte>(bytes, checked((int)length)), name);
    }

    public void Dispose() => Handle.Dispose();
}
