namespace Mtcnn.Cascade.Profiles;

/// <summary>One size at which 12net looks at an image.</summary>
/// <param name="Scale">Pixels of the level per pixel of the image; above 0, above 1 if the image is enlarged.</param>
/// <param name="Width">The level's width in pixels, at least 12.</param>
/// <param name="Height">The level's height in pixels, at least 12.</param>
public readonly record struct PyramidLevel(double Scale, int Width, int Height)
{
    /// <summary>The side of 12net's window in pixels: a smaller level has no cell.</summary>
    public const int CellSide = 12;

    /// <summary>The side, in pixels of the image, of the window that one cell of 12net sees at this level.</summary>
    public double WindowSide => CellSide / Scale;
}
