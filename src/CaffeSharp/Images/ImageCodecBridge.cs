using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using CaffeSharp.Interop;

namespace CaffeSharp;

/// <summary>Where Caffe's layers have images decoded, encoded and resized, on any thread: by the <see cref="IImageCodec"/> of the
/// process. What it throws is returned as a status and a reason; the thread that reads ahead has no caller to throw to.</summary>
internal static unsafe class ImageCodecBridge
{
    private const int Bytes = 0;

    /// <summary>Tells the library, which must be loaded, where to call. The codec is looked for at the first image.</summary>
    internal static void Install() =>
        ImageNative.caffe_image_set_codec(ImageCodecs.Package, &Decode, &Encode, &Resize).ThrowIfFailed();

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Decode(byte* bytes, long length, int flags, nint result, byte* message, int capacity, int* status) =>
        *status = Guard(() => Decode(bytes, length, flags, result), message, capacity);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Encode(NativeImage* image, byte* extension, nint result, byte* message, int capacity, int* status) =>
        *status = Guard(() => Encode(*image, UnownedStringMarshaller.ConvertToManaged(extension), result), message, capacity);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Resize(NativeImage* from, NativeImage* to, int interpolation, byte* message, int capacity, int* status) =>
        *status = Guard(() => ImageCodecs.Current.Resize(Raw(*from), Raw(*to), interpolation), message, capacity);

    private static void Decode(byte* bytes, long length, int flags, nint result)
    {
        if (length is < 1 or > int.MaxValue)
        {
            throw new InvalidDataException($"an image cannot have {length} bytes");
        }

        ImageCodecs.Current.Decode(
            new ReadOnlySpan<byte>(bytes, (int)length), flags,
            (height, width, channels, depth) => Raw(Allocate(result, height, width, channels, depth)));
    }

    private static void Encode(NativeImage image, string extension, nint result)
    {
        byte[] bytes = ImageCodecs.Current.Encode(Raw(image), extension);
        NativeImage row = Allocate(result, 1, bytes.Length, 1, Bytes);
        bytes.CopyTo(new Span<byte>((void*)row.Pixels, bytes.Length));
    }

    private static NativeImage Allocate(nint result, int height, int width, int channels, int depth)
    {
        ImageNative.caffe_image_allocate(result, height, width, channels, depth, out NativeImage image).ThrowIfFailed();
        return image;
    }

    private static RawImage Raw(NativeImage image) =>
        new(image.Pixels, image.Step, image.Height, image.Width, image.Channels, image.Depth);

    private static int Guard(Action work, byte* message, int capacity)
    {
#pragma warning disable CA1031 // Nothing managed may be thrown through native frames.
        try
        {
            work();
            return (int)CaffeStatus.Ok;
        }
        catch (Exception error)
        {
            (CaffeStatus status, string text) = Explain(error);
            KeptException.Write(text, message, capacity);
            return (int)status;
        }
#pragma warning restore CA1031
    }

    /// <summary>What the layer's exception says of an image that failed with this.</summary>
    internal static (CaffeStatus Status, string Text) Explain(Exception error) => error switch
    {
        InvalidDataException => (CaffeStatus.ErrorFormat, error.Message),
        OutOfMemoryException => (CaffeStatus.ErrorOutOfMemory, "memory ran out"),
        CaffeException { Kind: CaffeErrorKind.Unsupported } or DllNotFoundException => (CaffeStatus.ErrorUnsupported, error.Message),
        TypeInitializationException or FileNotFoundException => (CaffeStatus.ErrorUnsupported, error.GetBaseException().Message),
        _ => (CaffeStatus.ErrorInternal, $"{error.GetType()}: {error.Message}"),
    };
}
