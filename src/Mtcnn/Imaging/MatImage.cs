using Mtcnn.Pixels;
using OpenCvSharp;

namespace Mtcnn.Imaging;

/// <summary>A Mat as the detector takes it: without a copy where it has 8 bits per channel, else as an 8-bit its own copy.</summary>
internal sealed class MatImage : IImageOwner
{
    private readonly Mat? _owned;

    private MatImage(ImageView image, Mat? owned)
    {
        Image = image;
        _owned = owned;
    }

    /// <inheritdoc/>
    public ImageView Image { get; }

    /// <summary>Takes over a Mat: it is disposed with the result, or where this throws.</summary>
    /// <inheritdoc cref="Of"/>
    public static MatImage Own(Mat image)
    {
        ArgumentNullException.ThrowIfNull(image);
        if (image is { IsDisposed: false } && image.Depth() == MatType.CV_8U)
        {
            try
            {
                return new MatImage(MatView.Of(image, ChannelOrder.Bgr), image);
            }
            catch
            {
                image.Dispose();
                throw;
            }
        }

        using (image)
        {
            return Of(image, ChannelOrder.Bgr);
        }
    }

    /// <summary>Takes a Mat that stays the caller's.</summary>
    /// <param name="image">8 or 16 unsigned bits per channel (of 16 the high byte is kept); 1 channel (gray), 3, or 4 (alpha is dropped).</param>
    /// <param name="order">The order of the channels where there are 3 or 4.</param>
    /// <exception cref="ArgumentException">The Mat is empty or of another type.</exception>
    /// <exception cref="ObjectDisposedException">The Mat was disposed.</exception>
    public static MatImage Of(Mat image, ChannelOrder order)
    {
        PixelConversion.CheckIsImage(image, order);
        if (image.Depth() == MatType.CV_8U)
        {
            return new MatImage(MatView.Of(image, order), owned: null);
        }

        Mat eightBit = PixelConversion.ToEightBit(image);
        try
        {
            return new MatImage(MatView.Of(eightBit, order), eightBit);
        }
        catch
        {
            eightBit.Dispose();
            throw;
        }
    }

    /// <summary>Disposes the Mat that is its own.</summary>
    public void Dispose() => _owned?.Dispose();
}
