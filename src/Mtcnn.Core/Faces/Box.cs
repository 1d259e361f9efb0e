using System.Globalization;

namespace Mtcnn.Faces;

/// <summary>
/// A rectangle along the axes of an image, in pixels from its top left corner. It may lie partly or wholly outside the
/// image: detectors give boxes unclipped, and <see cref="ClippedTo"/> gives the part inside.
/// </summary>
/// <param name="Left">The left edge.</param>
/// <param name="Top">The top edge.</param>
/// <param name="Right">The right edge; at least <paramref name="Left"/> unless the box is empty.</param>
/// <param name="Bottom">The bottom edge; at least <paramref name="Top"/> unless the box is empty.</param>
public readonly record struct Box(double Left, double Top, double Right, double Bottom)
{
    /// <summary><see cref="Right"/> minus <see cref="Left"/>.</summary>
    public double Width => Right - Left;

    /// <summary><see cref="Bottom"/> minus <see cref="Top"/>.</summary>
    public double Height => Bottom - Top;

    /// <summary>Width times height; 0 for an empty box.</summary>
    public double Area => IsEmpty ? 0 : Width * Height;

    /// <summary>The middle of the box.</summary>
    public ImagePoint Center => new((Left + Right) / 2, (Top + Bottom) / 2);

    /// <summary>Whether nothing is inside: no width, no height, or an edge that is not a number.</summary>
    public bool IsEmpty => !(Right > Left && Bottom > Top);

    /// <summary>Whether the point lies inside or on an edge.</summary>
    public bool Contains(ImagePoint point) => point.X >= Left && point.X <= Right && point.Y >= Top && point.Y <= Bottom;

    /// <summary>The intersection over union of two boxes as plane figures, from 0 to 1.</summary>
    public double OverlapWith(Box other)
    {
        Box common = new(Math.Max(Left, other.Left), Math.Max(Top, other.Top), Math.Min(Right, other.Right), Math.Min(Bottom, other.Bottom));
        return common.IsEmpty ? 0 : common.Area / (Area + other.Area - common.Area);
    }

    /// <summary>The part of the box inside an image; an empty box on the image's border where it lies wholly outside.</summary>
    /// <param name="width">The image's width in pixels.</param>
    /// <param name="height">The image's height in pixels.</param>
    public Box ClippedTo(int width, int height) => new(
        Math.Clamp(Left, 0, width), Math.Clamp(Top, 0, height), Math.Clamp(Right, 0, width), Math.Clamp(Bottom, 0, height));

    /// <summary>The same box, moved.</summary>
    public Box MovedBy(double x, double y) => new(Left + x, Top + y, Right + x, Bottom + y);

    /// <summary>The edges to a tenth of a pixel, such as <c>180.6, 52.7 - 267.4, 168.1</c>, the same in every culture.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Left:F1}, {Top:F1} - {Right:F1}, {Bottom:F1}");
}
