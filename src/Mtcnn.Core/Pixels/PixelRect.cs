namespace Mtcnn.Pixels;

/// <summary>A rectangle of whole pixels. It may leave its image.</summary>
/// <param name="X">The first column. Negative left of the image.</param>
/// <param name="Y">The first row. Negative above the image.</param>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
public readonly record struct PixelRect(int X, int Y, int Width, int Height)
{
    /// <summary>The first column beyond the rectangle.</summary>
    public int Right => X + Width;

    /// <summary>The first row beyond the rectangle.</summary>
    public int Bottom => Y + Height;

    /// <summary>Whether it holds no pixel.</summary>
    public bool IsEmpty => Width < 1 || Height < 1;

    /// <summary>The part that is inside another rectangle too; empty if there is none.</summary>
    public PixelRect Intersect(PixelRect other)
    {
        int left = Math.Max(X, other.X);
        int top = Math.Max(Y, other.Y);
        int width = Math.Min(Right, other.Right) - left;
        int height = Math.Min(Bottom, other.Bottom) - top;
        return width < 1 || height < 1 ? default : new PixelRect(left, top, width, height);
    }
}
