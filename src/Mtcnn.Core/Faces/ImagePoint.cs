using System.Globalization;

namespace Mtcnn.Faces;

/// <summary>A place in an image, in pixels: <c>(0, 0)</c> is the centre of the top left pixel, x goes right, y goes down.</summary>
/// <param name="X">Distance from the left, in pixels. Negative left of the image.</param>
/// <param name="Y">Distance from the top, in pixels. Negative above the image.</param>
public readonly record struct ImagePoint(double X, double Y)
{
    /// <summary>The straight distance to another point, in pixels.</summary>
    public double DistanceTo(ImagePoint other) => Math.Sqrt(((X - other.X) * (X - other.X)) + ((Y - other.Y) * (Y - other.Y)));

    /// <summary>The place to a tenth of a pixel, such as <c>225.6,128.9</c>, the same in every culture.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{X:F1},{Y:F1}");
}
