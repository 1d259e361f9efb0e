using OpenCvSharp;

namespace CaffeSharp.Imaging;

/// <summary>Turns image files into floats, as skimage's imread, img_as_float and rgb2gray do.</summary>
internal static class FloatImageDecoding
{
    private static ReadOnlySpan<byte> JpegStart => [0xFF, 0xD8, 0xFF];

    private static ReadOnlySpan<byte> JpegScan => [0xFF, 0xDA];

    private static ReadOnlySpan<byte> JpegEnd => [0xFF, 0xD9];

    /// <param name="encoded">The whole file.</param>
    /// <param name="color">RGB, or luminance.</param>
    /// <param name="name">What messages call the image.</param>
    internal static FloatImage Decode(ReadOnlySpan<byte> encoded, bool color, string name)
    {
        if (encoded.IsEmpty)
        {
            throw new InvalidDataException($"{name} is empty.");
        }

        // OpenCV fills up with gray what is missing; the end of a thumbnail within the header is not the image's.
        if (encoded.StartsWith(JpegStart) && encoded.LastIndexOf(JpegEnd) < encoded.LastIndexOf(JpegScan))
        {
            throw new InvalidDataException($"{name} is truncated: the JPEG image has no end.");
        }

        try
        {
            OpenCvLibrary.EnsureLoaded();
            using Mat decoded = Cv2.ImDecode(encoded, ImreadModes.Unchanged);
            return decoded.Empty()
                ? throw new InvalidDataException(
                    $"{name} is not an image that OpenCV can decode: it is damaged, truncated or of another kind.")
                : ToFloats(decoded, color, name);
        }
        catch (OpenCVException exception)
        {
            throw new InvalidDataException($"OpenCV cannot decode {name}: {exception.Message}", exception);
        }
    }

    private static FloatImage ToFloats(Mat decoded, bool color, string name)
    {
        double scale = decoded.Depth() switch
        {
            MatType.CV_8U => 1.0 / byte.MaxValue,
            MatType.CV_16U => 1.0 / ushort.MaxValue,
            MatType.CV_32F or MatType.CV_64F => 1,
            _ => throw new InvalidDataException($"{name} has pixels of type {decoded.Type()}, which no image has."),
        };
        using Mat values = new();
        decoded.ConvertTo(values, MatType.CV_64F, scale);
        int channels = values.Channels();
        int resultChannels = color ? 3 : 1;
        float[] pixels = new float[values.Rows * values.Cols * resultChannels];
        ReadOnlySpan<double> source = values.AsSpan<double>();
        for (int at = 0, target = 0; at < source.Length; at += channels)
        {
            // OpenCV's order is blue, green, red, and alpha where there is one; gray has one channel, or two with alpha.
            bool isGray = channels < 3;
            double blue = source[at];
            double green = isGray ? blue : source[at + 1];
            double red = isGray ? blue : source[at + 2];
            if (color)
            {
                pixels[target++] = (float)red;
                pixels[target++] = (float)green;
                pixels[target++] = (float)blue;
            }
            else
            {
                pixels[target++] = (float)(isGray ? blue : (0.2125 * red) + (0.7154 * green) + (0.0721 * blue));
            }
        }

        return new(values.Rows, values.Cols, resultChannels, pixels);
    }
}
