using Mtcnn.Faces;

namespace Mtcnn.Cascade.Boxes;

/// <summary>
/// How the networks' offsets move a box, and how a box becomes a crop: the steps between two networks. All functions are
/// pure and thread-safe.
/// </summary>
internal static class BoxRegression
{
    /// <summary>Moves each edge by its offset.</summary>
    /// <param name="box">The box that the network saw.</param>
    /// <param name="offsets">What the network answered.</param>
    /// <param name="width">The unit of the horizontal offsets, in pixels: the box's width, as the profile counts it.</param>
    /// <param name="height">The unit of the vertical offsets, in pixels.</param>
    public static Box Apply(Box box, BoxOffsets offsets, double width, double height) => new(
        box.Left + (offsets.Left * width),
        box.Top + (offsets.Top * height),
        box.Right + (offsets.Right * width),
        box.Bottom + (offsets.Bottom * height));

    /// <summary>Makes a box square about its centre; the side is the longer of width and height.</summary>
    public static Box Square(Box box)
    {
        double side = Math.Max(box.Width, box.Height);
        double left = box.Left + (box.Width * 0.5) - (side * 0.5);
        double top = box.Top + (box.Height * 0.5) - (side * 0.5);
        return new Box(left, top, left + side, top + side);
    }

    /// <summary>Cuts the fraction of each edge off, towards zero.</summary>
    public static Box Truncate(Box box) => new(
        Math.Truncate(box.Left), Math.Truncate(box.Top), Math.Truncate(box.Right), Math.Truncate(box.Bottom));
}
