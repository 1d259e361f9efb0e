using Mtcnn.Pixels;
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
        CheckIsImage(image, order);
        if (image.Depth() == MatType.CV_16U)
        {
            using Mat eightBit = ToEightBit(image);
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

    /// <summary>Copies raw pixels into a Mat of BGR.</summary>
    /// <exception cref="ArgumentException">The sizes do not fit each other or the buffer.</exception>
    public static Mat ToBgr(ReadOnlySpan<byte> pixels, int width, int height, int stride, PixelFormat format) =>
        ImageView.Use(pixels, width, height, stride, format, image =>
        {
            using BgrImage bgr = BgrImage.Of(image);
            using Mat view = Mat.FromPixelData(bgr.Height, bgr.Width, MatType.CV_8UC3, bgr.Origin, bgr.Stride);
            return view.Clone();
        });

    /// <summary>Copies an image of 16 bits per channel into one of 8: the high bytes.</summary>
    public static Mat ToEightBit(Mat image)
    {
        Mat eightBit = new();
        image.ConvertTo(eightBit, MatType.CV_8U, HighByteScale, HighByteOffset);
        return eightBit;
    }

    /// <summary>Checks that a Mat is an image that can be converted.</summary>
    /// <exception cref="ArgumentException">It is empty or of another type.</exception>
    /// <exception cref="ObjectDisposedException">It was disposed.</exception>
    public static void CheckIsImage(Mat image, ChannelOrder order)
    {
        ArgumentNullException.ThrowIfNull(image);
        image.ThrowIfDisposed();
        CheckIsImage(image);
        if (!Enum.IsDefined(order))
        {
            throw new ArgumentOutOfRangeException(nameof(order), order, "There is no such channel order.");
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
