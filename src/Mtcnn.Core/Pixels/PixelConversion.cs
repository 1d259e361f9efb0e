using OpenCvSharp;

namespace Mtcnn.Imaging;

/// <summary>Turns pixels in memory into the one form that the detector works on: 8-bit BGR, contiguous.</summary>
internal static class PixelConversion
{
    // OpenCV's conversion rounds to nearest; with this offset it keeps the high byte, as the PNG and TIFF decoders do.
    private const double HighByteScale = 1.0 / 256.0;
    private const double HighByteOffset = -255.0 / 512.0;

    public static Mat ToBgr(Mat image, ChannelOrder order)
    {
        ArgumentNullException.ThrowIfNull(image);
        image.ThrowIfDisposed();
        CheckIsImage(image);
        if (!Enum.IsDefined(order))
        {
            throw new ArgumentOutOfRangeException(nameof(order), order, "There is no such channel order.");
        }

        if (image.Depth() == MatType.CV_16U)
        {
            using var eightBit = new Mat();
            image.ConvertTo(eightBit, MatType.CV_8U, HighByteScale, HighByteOffset);
            return ToBgr(eightBit, order);
        }

        ColorConversionCodes? code = (image.Channels(), order) switch
        {
            (1, _) => ColorConversionCodes.GRAY2BGR,
            (3, ChannelOrder.Bgr) => null,
            (3, _) => ColorConversionCodes.RGB2BGR,
            (_, ChannelOrder.Bgr) => ColorConversionCodes.BGRA2BGR,
            _ => ColorConversionCodes.RGBA2BGR,
        };
        if (code is null)
        {
            return image.Clone();
        }

        var result = new Mat();
        Cv2.CvtColor(image, result, code.Value);
        return result;
    }

    public static unsafe Mat ToBgr(ReadOnlySpan<byte> pixels, int width, int height, int stride, PixelFormat format)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        (MatType type, ChannelOrder order) = format switch
        {
            PixelFormat.Gray8 => (MatType.CV_8UC1, ChannelOrder.Bgr),
            PixelFormat.Bgr24 => (MatType.CV_8UC3, ChannelOrder.Bgr),
            PixelFormat.Rgb24 => (MatType.CV_8UC3, ChannelOrder.Rgb),
            PixelFormat.Bgra32 => (MatType.CV_8UC4, ChannelOrder.Bgr),
            PixelFormat.Rgba32 => (MatType.CV_8UC4, ChannelOrder.Rgb),
            _ => throw new ArgumentOutOfRangeException(nameof(format), format, "There is no such pixel format."),
        };

        long row = (long)width * type.Channels;
        if (stride < row)
        {
            throw new ArgumentOutOfRangeException(nameof(stride), stride, $"A row of {width} pixels of {format} has {row} bytes; the stride must be at least that.");
        }

        long needed = ((height - 1L) * stride) + row;
        if (pixels.Length < needed)
        {
            throw new ArgumentException($"{width} x {height} pixels of {format} with a stride of {stride} are {needed} bytes; only {pixels.Length} were given.", nameof(pixels));
        }

        fixed (byte* start = pixels)
        {
            using Mat view = Mat.FromPixelData(height, width, type, (nint)start, stride);
            return ToBgr(view, order);
        }
    }

    private static void CheckIsImage(Mat image)
    {
        if (image.Dims != 2 || image.Empty())
        {
            throw new ArgumentException("The Mat holds no image: it is empty or has more than two dimensions.", nameof(image));
        }

        if (image.Depth() is not (MatType.CV_8U or MatType.CV_16U) || image.Channels() is not (1 or 3 or 4))
        {
            throw new ArgumentException(
                $"The Mat is of type {image.Type()}; supported are 1, 3 or 4 channels of 8 or 16 unsigned bits. Convert it with Mat.ConvertTo or Cv2.CvtColor first.",
                nameof(image));
        }
    }
}
