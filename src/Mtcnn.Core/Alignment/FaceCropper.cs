using Mtcnn.Detection;
using Mtcnn.Imaging;
using OpenCvSharp;

namespace Mtcnn.Alignment;

/// <summary>Cuts boxes out of pictures, upright as they are, with a margin. Immutable and thread-safe.</summary>
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

    /// <summary>The part of the picture that a crop of a box shows: whole pixels, right and bottom exclusive; may leave the picture.</summary>
    /// <exception cref="ArgumentException">The box is empty, not finite, or larger than any picture.</exception>
    public Rect RegionOf(Box box)
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
        return new Rect(ToPixels(wide.Left, box), ToPixels(wide.Top, box), width, height);
    }

    /// <summary>Cuts a box out of a picture. What lies outside the picture is black.</summary>
    /// <param name="image">The picture. Not changed.</param>
    /// <param name="box">The box, in pixels of the picture; may leave it.</param>
    /// <returns>A Mat of its own, of the picture's type; the caller disposes it.</returns>
    /// <exception cref="ArgumentException">The picture is empty, or the box is empty, not finite, or larger than any picture.</exception>
    public Mat Crop(Mat image, Box box)
    {
        PictureGuard.ThrowIfNoPicture(image);
        Rect region = RegionOf(box);
        Mat crop = new(region.Height, region.Width, image.Type(), Scalar.All(0));
        Rect inside = region & new Rect(0, 0, image.Width, image.Height);
        if (inside.Width > 0 && inside.Height > 0)
        {
            using Mat from = image.SubMat(inside);
            using Mat to = crop.SubMat(new Rect(inside.X - region.X, inside.Y - region.Y, inside.Width, inside.Height));
            from.CopyTo(to);
        }

        return crop;
    }

    private static int ToPixels(double value, Box box)
    {
        double rounded = Math.Round(value, MidpointRounding.AwayFromZero);

        // Half of the range, so that a place plus a size is still an int.
        return Math.Abs(rounded) <= int.MaxValue / 2 ? (int)rounded : throw Unusable(box);
    }

    private static ArgumentException Unusable(Box box) =>
        new($"The box {box} cannot be cropped: it is less than a pixel, larger than any picture, or not finite.", nameof(box));
}
