using Mtcnn.Cascade.Boxes;
using Mtcnn.Faces;
using Mtcnn.Pixels;

namespace Mtcnn.Alignment;

/// <summary>Cuts boxes out of images, upright as they are, with a margin. Immutable and thread-safe.</summary>
public sealed class FaceCropper
{
    // More than any image has.
    private const long MaximumPixels = 512L * 1024 * 1024;

    private readonly double _margin;
    private readonly bool _square;

    /// <summary>Prepares crops.</summary>
    /// <param name="margin">How much more to show on each side, in widths (left, right) and heights (top, bottom) of the box, from 0 to 10.</param>
    /// <param name="square">Whether to widen the shorter side, about the centre, until the crop is square.</param>
    /// <exception cref="ArgumentOutOfRangeException">The margin is out of its range.</exception>
    public FaceCropper(double margin = 0, bool square = false)
    {
        if (!(margin is >= 0 and <= 10))
        {
            throw new ArgumentOutOfRangeException(nameof(margin), margin, "The margin is from 0 to 10 sides of the box.");
        }

        _margin = margin;
        _square = square;
    }

    /// <summary>The part of the image that a crop of a box shows: whole pixels, right and bottom exclusive; may leave the image.</summary>
    /// <exception cref="ArgumentException">The box is empty, not finite, or larger than any image.</exception>
    public PixelRect RegionOf(Box box)
    {
        Box wide = new(
            box.Left - (_margin * box.Width), box.Top - (_margin * box.Height), box.Right + (_margin * box.Width), box.Bottom + (_margin * box.Height));
        if (_square)
        {
            wide = BoxRegression.Square(wide);
        }

        int width = ToPixels(wide.Width, box);
        int height = ToPixels(wide.Height, box);
        if (width <= 0 || height <= 0 || (long)width * height > MaximumPixels)
        {
            throw Unusable(box);
        }

        // Rounding the size once keeps a square square.
        return new PixelRect(ToPixels(wide.Left, box), ToPixels(wide.Top, box), width, height);
    }

    /// <summary>Cuts a box out of an image. What lies outside the image is black, in formats with alpha transparent.</summary>
    /// <param name="image">The image. Not changed.</param>
    /// <param name="box">The box, in pixels of the image; may leave it.</param>
    /// <returns>The crop in the image's pixel format, with its own memory.</returns>
    /// <exception cref="ArgumentException">The box is empty, not finite, or larger than any image.</exception>
    public PixelBuffer Crop(ImageView image, Box box)
    {
        ArgumentNullException.ThrowIfNull(image);
        PixelRect region = RegionOf(box);
        PixelBuffer crop = new(region.Width, region.Height, image.Format);
        PixelRect inside = region.Intersect(new PixelRect(0, 0, image.Width, image.Height));
        using PinnedPixels pixels = image.Pin();
        int indent = (inside.X - region.X) * PixelLayout.BytesPerPixel(image.Format);
        for (int y = inside.Y; y < inside.Bottom; y++)
        {
            pixels.Row(y, inside.X, inside.Width).CopyTo(crop.Row(y - region.Y)[indent..]);
        }

        return crop;
    }

    /// <summary>Cuts a box out of raw pixels.</summary>
    /// <param name="pixels">The rows of the image from top to bottom.</param>
    /// <param name="width">Pixels per row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="stride">Bytes from one row's start to the next one's. The last row needs no padding.</param>
    /// <param name="format">How a pixel is laid out.</param>
    /// <param name="box">The box, in pixels of the image; may leave it.</param>
    /// <returns>The crop in the same format, with its own memory.</returns>
    /// <exception cref="ArgumentException">The sizes do not fit each other or the buffer, or the box is empty, not finite, or larger than any image.</exception>
    public PixelBuffer Crop(ReadOnlySpan<byte> pixels, int width, int height, int stride, PixelFormat format, Box box) =>
        ImageView.Use(pixels, width, height, stride, format, image => Crop(image, box));

    private static int ToPixels(double value, Box box)
    {
        double rounded = Math.Round(value, MidpointRounding.AwayFromZero);

        // Half of the range, so that a place plus a size is still an int.
        return Math.Abs(rounded) <= int.MaxValue / 2 ? (int)rounded : throw Unusable(box);
    }

    private static ArgumentException Unusable(Box box) =>
        new($"The box {box} cannot be cropped: it is less than a pixel, larger than any image, or not finite.", nameof(box));
}
