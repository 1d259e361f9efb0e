using Mtcnn.Pixels;
using OpenCvSharp;

namespace Mtcnn.Imaging;

/// <summary>OpenCV's images as Mtcnn.Core takes them.</summary>
public static class MatView
{
    /// <summary>Makes a view of a Mat. Nothing is copied: the Mat has to stay undisposed and as it is while the view is used.</summary>
    /// <param name="image">8 bits per channel; 1 channel (gray), 3, or 4 with alpha.</param>
    /// <param name="order">The order of the channels where there are 3 or 4.</param>
    /// <exception cref="ArgumentException">The Mat is empty or of another type; <see cref="ImageReader.FromMat"/> makes an 8-bit copy of one of 16 bits.</exception>
    /// <exception cref="ObjectDisposedException">The Mat was disposed.</exception>
    public static ImageView AsView(this Mat image, ChannelOrder order = ChannelOrder.Bgr)
    {
        PixelConversion.CheckIsImage(image, order);
        return image.Depth() == MatType.CV_8U
            ? Of(image, order)
            : throw new ArgumentException($"A view has 8 bits per channel, and the Mat is of type {image.Type()}. ImageReader.FromMat makes an 8-bit copy.", nameof(image));
    }

    /// <summary>Makes a Mat of a buffer's pixels.</summary>
    /// <param name="image">The image.</param>
    /// <returns>Its own Mat with the same channels in the same order; the caller disposes it.</returns>
    public static unsafe Mat ToMat(this PixelBuffer image)
    {
        ArgumentNullException.ThrowIfNull(image);
        MatType type = MatType.CV_8UC(image.Stride / image.Width);
        fixed (byte* start = image.Pixels.Span)
        {
            using Mat view = Mat.FromPixelData(image.Height, image.Width, type, (nint)start, image.Stride);
            return view.Clone();
        }
    }

    /// <summary>Makes a view of a Mat that is checked.</summary>
    internal static ImageView Of(Mat image, ChannelOrder order)
    {
        PixelFormat format = (image.Channels(), order) switch
        {
            (1, _) => PixelFormat.Gray8,
            (3, ChannelOrder.Bgr) => PixelFormat.Bgr24,
            (3, _) => PixelFormat.Rgb24,
            (_, ChannelOrder.Bgr) => PixelFormat.Bgra32,
            _ => PixelFormat.Rgba32,
        };
        return new ImageView(image.Data, image.Width, image.Height, checked((int)image.Step()), format, image);
    }
}
