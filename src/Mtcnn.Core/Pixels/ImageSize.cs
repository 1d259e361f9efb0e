namespace Mtcnn.Pixels;

/// <summary>The size of an image in pixels.</summary>
/// <param name="Width">At least 1.</param>
/// <param name="Height">At least 1.</param>
public readonly record struct ImageSize(int Width, int Height)
{
    /// <summary>The shorter side.</summary>
    public int Shorter => Math.Min(Width, Height);

    /// <summary>The longer side.</summary>
    public int Longer => Math.Max(Width, Height);
}
