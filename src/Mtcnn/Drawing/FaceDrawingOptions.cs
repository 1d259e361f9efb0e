namespace Mtcnn.Drawing;

/// <summary>What <see cref="FaceDrawing"/> draws of a face.</summary>
public sealed record FaceDrawingOptions
{
    /// <summary>Whether to draw the box.</summary>
    public bool Boxes { get; init; } = true;

    /// <summary>Whether to write the score above the box.</summary>
    public bool Scores { get; init; } = true;

    /// <summary>Whether to draw the five landmarks.</summary>
    public bool Landmarks { get; init; } = true;
}
