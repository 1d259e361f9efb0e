namespace Mtcnn.Detection;

/// <summary>Which sizes of a picture 12net looks at. Pure and thread-safe.</summary>
public static class ImagePyramid
{
    /// <summary>The side of 12net's window in pixels: a smaller level has no cell.</summary>
    public const int CellSide = 12;

    /// <summary>The levels for a picture, from the largest (small faces) to the smallest (large faces).</summary>
    /// <param name="profile">Whose rule is asked.</param>
    /// <param name="image">The picture's size.</param>
    /// <param name="settings">The sizes of faces that are looked for.</param>
    /// <returns>The levels; none where the picture is smaller than the smallest face.</returns>
    public static IReadOnlyList<PyramidLevel> Levels(CascadeProfile profile, ImageSize image, PyramidSettings settings)
    {
        IEnumerable<PyramidLevel> levels = profile.Pyramid(image, settings)
            .TakeWhile(level => level.Width >= CellSide && level.Height >= CellSide);

        // One level beyond the largest face stays: the networks shrink a window by up to about one step.
        return settings.MaximumFace is { } largest
            ? [.. levels.TakeWhile(level => level.WindowSide * settings.Factor <= largest)]
            : [.. levels];
    }
}
