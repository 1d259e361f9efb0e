using System.Runtime.InteropServices;

namespace CaffeSharp.Interop;

/// <summary>message.h.</summary>
internal static unsafe partial class MessageNative
{
    [LibraryImport(NativeLibraryName.Import, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial CaffeStatus caffe_message_parse_text(
        string type, ReadOnlySpan<byte> text, long length, string? name, out MessageHandle message);

    [LibraryImport(NativeLibraryName.Import, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial CaffeStatus caffe_message_parse_bytes(
        string type, ReadOnlySpan<byte> bytes, long length, string? name, out MessageHandle message);

    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_message_from_net(NetHandle net, int writeDiff, out MessageHandle message);

    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_message_destroy(nint message);

    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_message_upgrade(MessageHandle message, out int complete);

    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_message_text(MessageHandle message, out byte* text, out long length);

    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_message_bytes(MessageHandle message, out byte* bytes, out long length);

    [LibraryImport(NativeLibraryName.Import, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial CaffeStatus caffe_message_create_net(
        MessageHandle message, string? name, in NativeNetOptions options, out NetHandle net);
}
