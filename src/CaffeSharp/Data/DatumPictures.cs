using CaffeSharp.Messages;
using OpenCvSharp;

namespace CaffeSharp;

/// <summary>Datums that hold the bytes of a picture file. All members may be called from any thread.</summary>
public static class DatumPictures
{
    /// <summary>Decodes a picture as Caffe's DecodeDatumNative does, with the file's own channels: blue, green, red and, where
    /// there is one, alpha; or gray.</summary>
    /// <param name="datum">The Datum, which stays as it is.</param>
    /// <returns>A Datum of bytes with the same label; the Datum itself where it is not encoded.</returns>
    /// <exception cref="InvalidDataException">It holds no picture that OpenCV can decode, or one of more than 8 bits a
    /// channel, which Caffe does not take.</exception>
    public static Datum Decoded(this Datum datum)
    {
        ArgumentNullException.ThrowIfNull(datum);
        if (!datum.Encoded)
        {
            return datum;
        }

        int? label = datum.HasLabel ? datum.Label : null;
        try
        {
            using Mat picture = datum.Data.IsEmpty ? new Mat() : Cv2.ImDecode(datum.Data.Span, ImreadModes.Unchanged);
            return picture switch
            {
                _ when picture.Empty() => throw new InvalidDataException(
                    $"OpenCV finds no picture in the Datum's {datum.Data.Length} bytes."),
                _ when picture.Depth() != MatType.CV_8U => throw new InvalidDataException(
                    $"The Datum's picture has pixels of type {picture.Type()}; Caffe takes 8 bits a channel."),
                _ => DatumArrays.FromBytes(Planes(picture), picture.Channels(), picture.Rows, picture.Cols, label),
            };
        }
        catch (OpenCVException error)
        {
            throw new InvalidDataException($"OpenCV cannot decode the Datum's picture: {error.Message}", error);
        }
    }

    /// <summary>The channels one after the other, where the picture has them pixel by pixel.</summary>
    private static byte[] Planes(Mat picture)
    {
        int channels = picture.Channels();
        int area = picture.Rows * picture.Cols;
        ReadOnlySpan<byte> pixels = picture.AsSpan<byte>();
        byte[] planes = new byte[channels * area];
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
