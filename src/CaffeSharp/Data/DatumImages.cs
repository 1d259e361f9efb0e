using System.Runtime.InteropServices;
using CaffeSharp.Messages;

namespace CaffeSharp;

/// <summary>Datums that hold the bytes of an image file. All members may be called from any thread.</summary>
public static class DatumImages
{
    private const int FileChannels = -1;
    private const int Bytes = 0;

    /// <summary>Decodes an image as Caffe's DecodeDatumNative does, with the file's own channels: blue, green, red and, where
    /// there is one, alpha; or gray. The package CaffeSharp.Imaging decodes it.</summary>
    /// <param name="datum">The Datum, which stays as it is.</param>
    /// <returns>A Datum of bytes with the same label; the Datum itself where it is not encoded.</returns>
    /// <exception cref="InvalidDataException">It holds no image that can be decoded, or one of more than 8 bits a
    /// channel, which Caffe does not take.</exception>
    /// <exception cref="CaffeException">The program does not refer to CaffeSharp.Imaging
    /// (<see cref="CaffeErrorKind.Unsupported"/>).</exception>
    public static Datum Decoded(this Datum datum)
    {
        ArgumentNullException.ThrowIfNull(datum);
        if (!datum.Encoded)
        {
            return datum;
        }

        if (datum.Data.IsEmpty)
        {
            throw new InvalidDataException("The Datum is an encoded image without data.");
        }

        byte[] pixels = [];
        RawImage image = default;
        try
        {
            ImageCodecs.Current.Decode(datum.Data.Span, FileChannels, (height, width, channels, depth) =>
            {
                if (depth != Bytes)
                {
                    throw new InvalidDataException("it has more than the 8 bits a channel that Caffe takes");
                }

                long stride = (long)width * channels;
                pixels = GC.AllocateUninitializedArray<byte>(checked((int)(stride * height)), pinned: true);
                return image = new(Marshal.UnsafeAddrOfPinnedArrayElement(pixels, 0), stride, height, width, channels, depth);
            });
        }
        catch (InvalidDataException error)
        {
            throw new InvalidDataException($"The Datum's image cannot be decoded: {error.Message}.", error);
        }

        return DatumArrays.FromBytes(
            Planes(pixels, image.Channels), image.Channels, image.Height, image.Width, datum.HasLabel ? datum.Label : null);
    }

    /// <summary>The channels one after the other, where the image has them pixel by pixel.</summary>
    private static byte[] Planes(ReadOnlySpan<byte> pixels, int channels)
    {
        int area = pixels.Length / channels;
        byte[] planes = new byte[pixels.Length];
        for (int channel = 0; channel < channels; channel++)
        {
            for (int pixel = 0; pixel < area; pixel++)
            {
                planes[(channel * area) + pixel] = pixels[(pixel * channels) + channel];
            }
        }

        return planes;
    }
}
