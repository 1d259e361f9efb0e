using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Mtcnn.Pixels;

/// <summary>Turns rows of any pixel format into 8-bit BGR. Gray becomes three equal channels; alpha is dropped, not blended. Pure and thread-safe.</summary>
internal static class BgrConversion
{
    private const int Channels = BgrImage.Channels;

    // Where the bytes of whole BGR pixels come from among 16 bytes of the source; what is beyond 15 is 0.
    private static readonly Vector128<byte> FromGray = Vector128.Create((byte)0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4, 255);
    private static readonly Vector128<byte> FromRgb = Vector128.Create((byte)2, 1, 0, 5, 4, 3, 8, 7, 6, 11, 10, 9, 14, 13, 12, 255);
    private static readonly Vector128<byte> FromBgra = Vector128.Create((byte)0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, 255, 255, 255, 255);
    private static readonly Vector128<byte> FromRgba = Vector128.Create((byte)2, 1, 0, 6, 5, 4, 10, 9, 8, 14, 13, 12, 255, 255, 255, 255);

    /// <summary>Converts one row.</summary>
    /// <param name="source">The pixels.</param>
    /// <param name="format">How they are laid out.</param>
    /// <param name="target">Room for as many pixels of three bytes.</param>
    public static void Convert(ReadOnlySpan<byte> source, PixelFormat format, Span<byte> target)
    {
        switch (format)
        {
            case PixelFormat.Gray8:
                Convert(source, 1, 0, 0, FromGray, 5, target);
                break;
            case PixelFormat.Rgb24:
                Convert(source, 3, 2, 0, FromRgb, 5, target);
                break;
            case PixelFormat.Bgra32:
                Convert(source, 4, 0, 2, FromBgra, 4, target);
                break;
            case PixelFormat.Rgba32:
                Convert(source, 4, 2, 0, FromRgba, 4, target);
                break;
            default:
                source.CopyTo(target);
                break;
        }
    }

    private static void Convert(
        ReadOnlySpan<byte> source, int bytes, int blue, int red, Vector128<byte> places, int pixelsTogether, Span<byte> target)
    {
        int pixels = source.Length / bytes;
        int green = bytes == 1 ? 0 : 1;
        ref byte from = ref MemoryMarshal.GetReference(source);
        ref byte to = ref MemoryMarshal.GetReference(target);
        int pixel = 0;

        // Both sides are whole vectors, of which the last bytes are written again with the pixels that follow.
        for (; (pixel * bytes) + Vector128<byte>.Count <= source.Length && (pixel * Channels) + Vector128<byte>.Count <= target.Length; pixel += pixelsTogether)
        {
            Vector128.Shuffle(Vector128.LoadUnsafe(ref from, (nuint)(pixel * bytes)), places).StoreUnsafe(ref to, (nuint)(pixel * Channels));
        }

        for (; pixel < pixels; pixel++)
        {
            target[pixel * Channels] = source[(pixel * bytes) + blue];
            target[(pixel * Channels) + 1] = source[(pixel * bytes) + green];
            target[(pixel * Channels) + 2] = source[(pixel * bytes) + red];
        }
    }
}
